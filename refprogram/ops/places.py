"""Where everything lies. Settings import this module: no Django, no side effects, only the environment and `stat`.

Three things decide: the checkout, the user, and the variables DATABASE_URL, REDIS_URL and REFPROGRAM_STATE.
"""

import hashlib
import os
import pwd
import secrets
import stat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

BASE_DIR = Path(__file__).resolve().parents[2]
POSTGRES_USER = "app"
POSTGRES_DB = "app"

# A fixed folder rather than TMPDIR: `manage.py` from another shell must find the sockets of the running program.
SOCKETS = Path("/tmp")  # noqa: S108 - private 0700 folders are made in it, never files


def is_embedded() -> bool:
    """Whether the program brings its own Postgres."""
    return not os.environ.get("DATABASE_URL")


def is_redis_embedded() -> bool:
    """Whether the program brings its own Redis-compatible server."""
    return not os.environ.get("REDIS_URL")


def server_account() -> pwd.struct_passwd | None:
    """Under whose name Postgres runs: our own (None) or, because it refuses root, that of an account that exists."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit(
        "refprogram: Postgres does not run as root, and there is no user 'postgres' or 'nobody' to run it as."
    )


def can_enter(folder: Path, account: pwd.struct_passwd) -> bool:
    """Whether the account may pass through the folder and all folders above it."""
    return all(_may_pass(each, account) for each in (folder, *folder.parents))


def _may_pass(folder: Path, account: pwd.struct_passwd) -> bool:
    found = folder.stat()
    if found.st_uid == account.pw_uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.pw_gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def state_dir() -> Path:
    """The folder of all local state: embedded database, uploads, logs, the generated SECRET_KEY.

    It is `var/` in the checkout, unless root runs a checkout (say, below /root) that Postgres' user cannot enter.
    """
    if chosen := os.environ.get("REFPROGRAM_STATE"):
        return Path(chosen).resolve()
    account = server_account()
    if account is None or can_enter(BASE_DIR, account):
        return BASE_DIR / "var"
    return Path("/var/lib") / f"refprogram-{_digest(BASE_DIR)}"


def log_dir() -> Path:
    """The folder of the logs of all processes."""
    return state_dir() / "logs"


def socket_dir(server: str, state: Path) -> Path:
    """The private folder of one server's socket: the name of a unix socket must be short, a checkout may lie deep."""
    return SOCKETS / f"refprogram-{server}-{os.geteuid()}-{_digest(state)}"


def postgres_socket_dir() -> Path:
    """The folder of the embedded Postgres' socket: what Django takes as HOST."""
    return socket_dir("postgres", state_dir())


def valkey_socket() -> Path:
    """The socket of the embedded Valkey."""
    return socket_dir("valkey", state_dir()) / "socket"


def database_url() -> str:
    """DATABASE_URL, or the embedded cluster in the spelling that psql, pg_dump and Django understand."""
    embedded = f"postgresql://{POSTGRES_USER}@/{POSTGRES_DB}?host={postgres_socket_dir()}"
    return os.environ.get("DATABASE_URL") or embedded


def redis_url(db: int = 0) -> str:
    """The server's database of that number in the spelling of redis-py and Django's cache.

    REDIS_URL names the first database and the others count on from it, so that two programs can share a server.
    """
    parts = urlsplit(os.environ.get("REDIS_URL") or f"unix://{valkey_socket()}")
    is_socket = parts.scheme == "unix"
    first = parse_qs(parts.query).get("db", ["0"])[0] if is_socket else parts.path.strip("/") or "0"
    if not first.isdecimal():
        raise ValueError(f"REDIS_URL: {first!r} is not the number of a database, as in redis://host:6379/0")
    number = int(first) + db
    return f"unix://{parts.netloc}{parts.path}?db={number}" if is_socket else parts._replace(path=f"/{number}").geturl()


def broker_url(db: int = 0) -> str:
    """The same in the spelling of Celery, which names a unix socket otherwise."""
    return redis_url(db).replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:8]


def own_secret() -> str:
    """Return the embedded program's own secret, made at its first start and kept in its state folder."""
    file = Path(state_dir()) / "secret_key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return file.read_text(encoding="utf-8")
