"""`manage.py` without `make run`: the embedded servers come up for one command and go down after it."""

import contextlib
import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from refprogram.ops import places
from refprogram.ops.servers import START_SECONDS
from refprogram.ops.stack import AlreadyRunning, only_copy, plain_words, prepare_state, running

NEED_NO_DATABASE = frozenset(
    {
        "check",
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "startapp",
        "version",
    }
)
ONLY_TELL = frozenset({"--help", "-h", "--version"})


def needs_servers(arguments: list[str]) -> bool:
    """Whether the command, given as in `sys.argv[1:]`, speaks to an embedded server."""
    if not (places.is_embedded() or places.is_redis_embedded()):
        return False
    if not arguments or arguments[0] in NEED_NO_DATABASE or ONLY_TELL.intersection(arguments):
        return False
    return not (arguments[0] == "makemigrations" and "--check" in arguments)


@contextlib.contextmanager
def servers_for(arguments: list[str]) -> Iterator[None]:
    """See to it that the servers run while the command does: whoever comes first starts them, the last one out waits.

    Where `make run` or another command holds the lock, its servers are used. A command that started them does not stop
    them under the feet of one that came later.
    """
    if not needs_servers(arguments):
        yield
        return
    with contextlib.ExitStack() as exits:
        with plain_words():
            _host_or_join(exits, what=f"manage.py {arguments[0]}")
        yield


def _host_or_join(exits: contextlib.ExitStack, *, what: str) -> None:
    """Become the host of the servers or a guest of whoever is; the other one may be starting, or stopping, just now."""
    state = prepare_state()
    guests = exits.enter_context((state / "guests.lock").open("a"))
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            exits.enter_context(only_copy(state, what))
        except AlreadyRunning:
            fcntl.flock(guests, fcntl.LOCK_SH)  # waits for a host that is leaving
            if _servers_listen():
                return
            fcntl.flock(guests, fcntl.LOCK_UN)
            time.sleep(0.1)
        else:
            signal.signal(signal.SIGTERM, _leave)
            exits.enter_context(running())
            exits.callback(fcntl.flock, guests, fcntl.LOCK_EX)  # the first to happen at the end: wait for the guests
            return
    raise SystemExit("refprogram: the program is starting or stopping, and its database does not answer; try again.")


def _servers_listen() -> bool:
    sockets = []
    if places.is_embedded():
        sockets.append(places.postgres_socket_dir() / ".s.PGSQL.5432")
    if places.is_redis_embedded():
        sockets.append(places.valkey_socket())
    return all(_listens(path) for path in sockets)


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(os.fspath(path))
        except OSError:
            return False
    return True


def _leave(number: int, _frame: FrameType | None) -> None:
    """SIGTERM ends the command like any error does: through every `finally`, so that the servers stop too."""
    sys.exit(128 + number)
