"""The embedded servers together: whose turn it is to run them, on which state, and for how long."""

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from refprogram.ops import places
from refprogram.ops.servers import START_SECONDS, Postgres, Server, Valkey

FIRST_START_BYTES = 300 * 1024 * 1024
LATER_START_BYTES = 50 * 1024 * 1024


class AlreadyRunning(SystemExit):
    """Another process holds the lock of the state folder."""


def prepare_state() -> Path:
    """Create the state folder; as root so that the server's user can pass through, without seeing what is there."""
    state = places.state_dir()
    (state / "logs").mkdir(mode=0o700, parents=True, exist_ok=True)
    state.chmod(0o711 if places.server_account() else 0o700)
    return state


def refuse_full_disk(state: Path) -> None:
    """A database that runs out of disk half-way through its birth explains itself badly."""
    needed = LATER_START_BYTES if any(state.glob("postgres-*")) else FIRST_START_BYTES
    free = shutil.disk_usage(state).free
    if free < needed:
        raise SystemExit(f"refprogram: the disk is full: {state} has {free >> 20} MB left and needs {needed >> 20} MB.")


@contextlib.contextmanager
def plain_words() -> Iterator[None]:
    """Say what the system refused in one sentence instead of a traceback."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise SystemExit(f"refprogram: the disk is full ({error.filename or places.state_dir()}).") from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
            raise SystemExit(
                f"refprogram: may not write {error.filename or places.state_dir()}; run it as the user who owns it, "
                "or name another folder in REFPROGRAM_STATE."
            ) from error
        raise


@contextlib.contextmanager
def only_copy(state: Path, what: str) -> Iterator[None]:
    """Hold the lock of the state folder; the kernel lets go of it however we end."""
    with (state / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning(f"refprogram: already running here ({_holder(lock)}).") from None
        lock.truncate(0)
        lock.write(f"{what}, process {os.getpid()}")
        lock.flush()
        try:
            yield
        finally:
            lock.truncate(0)


def _holder(lock: TextIO) -> str:
    lock.seek(0)
    return lock.read().strip() or "another process is starting or stopping it"


@contextlib.contextmanager
def running(*, durable: bool = True) -> Iterator[list[Server]]:
    """Run the servers that no variable replaces; the caller holds the lock."""
    state = places.state_dir()
    servers: list[Server] = []
    try:
        if places.is_embedded():
            refuse_full_disk(state)
            servers.append(Postgres(state, durable=durable))
        if places.is_redis_embedded():
            servers.append(Valkey(state, durable=durable))
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in reversed(servers):
            server.stop()


@contextlib.contextmanager
def throw_away_state() -> Iterator[None]:
    """Point REFPROGRAM_STATE, for us and our children, to a folder that is gone afterwards.

    A run that was killed leaves its folder behind; the next one removes it.
    """
    for old in places.SOCKETS.glob("refprogram-state-*"):
        _remove_if_abandoned(old)
    before = os.environ.get("REFPROGRAM_STATE")
    with tempfile.TemporaryDirectory(
        prefix="refprogram-state-", dir=places.SOCKETS, ignore_cleanup_errors=True
    ) as name:
        os.environ["REFPROGRAM_STATE"] = name
        try:
            yield
        finally:
            os.environ.pop("REFPROGRAM_STATE")
            if before is not None:
                os.environ["REFPROGRAM_STATE"] = before


def _remove_if_abandoned(state: Path) -> None:
    """Remove what a killed run left; never what a run of this minute is about to lock, nor another user's."""
    with contextlib.suppress(OSError, SystemExit):
        if time.time() - state.stat().st_mtime < START_SECONDS:
            return
        with only_copy(state, "cleaning up"):
            for server in (Postgres.name, Valkey.name):
                shutil.rmtree(places.socket_dir(server, state), ignore_errors=True)
            shutil.rmtree(state)


@contextlib.contextmanager
def stack(*, ephemeral: bool, what: str, durable: bool = True) -> Iterator[list[Server]]:
    """The servers for as long as the block lasts: the checkout's own, or (ephemeral) fresh ones beside them."""
    with contextlib.ExitStack() as exits:
        with plain_words():
            if ephemeral:
                exits.enter_context(throw_away_state())
            exits.enter_context(only_copy(prepare_state(), what))
            servers = exits.enter_context(running(durable=durable))
        yield servers
