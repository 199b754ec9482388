"""Child processes that cannot outlive us, and files to read what they say.

Each child gets a session of its own: the terminal's Ctrl-C then reaches only the parent, which stops them in order.
"""

import ctypes
import os
import pwd
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1
KEPT_LOGS = 3
WORTH_SHOWING = re.compile(r"\b(warning|error|critical|fatal|panic)\b|^Traceback|Exception", re.IGNORECASE)
TRACEBACK = "Traceback (most recent call last)"


def say(text: str) -> None:
    """Tell the person at the terminal; a terminal that has gone away is no reason to fall over."""
    with suppress(OSError, ValueError):
        print(text, flush=True)


def end_with_make() -> None:
    """Ask Linux for a SIGTERM when the `make` that started us dies. (A shell may leave, as with nohup.)"""
    if "MAKELEVEL" in os.environ and sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def die_with_parent(death_signal: signal.Signals) -> Callable[[], None] | None:
    """Let Linux signal the child when its parent dies, be it by SIGKILL; other systems cannot."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def in_child() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return in_child


def start(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | str | None = None,
    account: pwd.struct_passwd | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child that dies with us, its output appended to the log (or, without one, going where ours goes).

    A file and not a pipe: it needs no thread to empty it, and a child never hangs because nobody does.
    """
    output = None if log is None else log.open("ab")
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=env,
            cwd=cwd,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,
            preexec_fn=die_with_parent(death_signal),  # noqa: PLW1509 - two system calls, and we run no threads
        )
    finally:
        if output is not None:
            output.close()


def stop(
    children: Iterable[subprocess.Popen[bytes]],
    *,
    polite: signal.Signals = signal.SIGTERM,
    grace: float = 10,
) -> None:
    """Ask all children to end, wait, then kill what is left together with everything it started."""
    running = [child for child in children if child.poll() is None]
    for child in running:
        child.send_signal(polite)
    deadline = time.monotonic() + grace
    for child in running:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            kill_group(child)


def kill_group(child: subprocess.Popen[bytes]) -> None:
    """Kill a child and all of its session's first process group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()


def rotate(log: Path) -> None:
    """Make room for a new log; the last few stay as `name.log.1` (newest) and so on."""
    for number in range(KEPT_LOGS, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        newer = log.with_name(f"{log.name}.{number - 1}") if number > 1 else log
        if newer.exists():
            newer.replace(older)


def last_lines(log: Path, count: int = 12) -> str:
    """The end of a log, indented, to be shown under the sentence that says what failed."""
    with suppress(OSError):
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
        return "".join(f"\n    {line}" for line in lines)
    return ""


class Tail:
    """Follows a log and picks the lines a person should see: warnings, errors, whole tracebacks."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.offset = log.stat().st_size if log.exists() else 0
        self.rest = b""
        self.in_traceback = False

    def fresh(self) -> list[str]:
        """What has come since the last call and is worth showing."""
        try:
            with self.log.open("rb") as file:
                file.seek(self.offset)
                data = file.read()
        except OSError:
            return []
        self.offset += len(data)
        *lines, self.rest = (self.rest + data).split(b"\n")
        return [line for line in (raw.decode(errors="replace") for raw in lines) if self._is_worth_showing(line)]

    def _is_worth_showing(self, line: str) -> bool:
        if self.in_traceback:
            self.in_traceback = line.startswith((" ", "\t")) or not line
            return True
        self.in_traceback = line.startswith(TRACEBACK)
        return bool(WORTH_SHOWING.search(line))
