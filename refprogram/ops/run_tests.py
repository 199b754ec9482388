"""`make test`, `make bench`, `make soak`: throw-away servers, then a suite against them.

Runs beside `make run`, and reads nothing from the environment that could point a test at a real database or mailbox.
Arguments go to pytest, before them the words of ARGS.
"""

import os
import shlex
import signal
import subprocess
import sys
from dataclasses import dataclass
from types import FrameType

from refprogram.ops import migrated, places
from refprogram.ops.places import BASE_DIR
from refprogram.ops.processes import die_with_parent, end_with_make
from refprogram.ops.stack import stack

STOP_SECONDS = 20
NOT_FOR_TESTS = (
    *("DATABASE_URL", "DATABASE_REPLICA_URL", "REDIS_URL", "SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "EMAIL_URL"),
    *(
        "DEFAULT_FROM_EMAIL",
        "STORAGE_URL",
        "SENTRY_DSN",
        "TIME_ZONE",
        "LANGUAGE_CODE",
        "CURRENCY",
        "DEMO",
        "DEBUG",
        "LOG_FORMAT",
    ),
)
NOT_FOR_TESTS_PREFIXES = ("OIDC_", "SAML_", "SALESFORCE_")


@dataclass(frozen=True)
class Suite:
    """What one `make` target runs, below which folder of tests/."""

    folder: str
    command: tuple[str, ...]
    durable: bool = False
    migrated: bool = False


SUITES = {
    "test": Suite("", ("pytest",), migrated=True),
    # Timed one after the other, against servers that write to disk as in production.
    "bench": Suite("bench", ("tests.bench",), durable=True),
    # It crashes its Postgres: one that does not write first would forget what it had answered.
    "soak": Suite(
        "soak", ("pytest", "tests/soak", "-o", "norecursedirs=.*", "-p", "no:randomly"), durable=True, migrated=True
    ),
}


def main() -> int:
    """Run one suite and return its exit code; the last line is the suite's own."""
    suite = SUITES[sys.argv[1]]
    if not (BASE_DIR / "tests" / suite.folder).is_dir():
        raise SystemExit(f"refprogram: there is no tests/{suite.folder} yet.")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    end_with_make()
    clean_environment()
    with stack(ephemeral=True, what=f"make {sys.argv[1]}", durable=suite.durable):
        if suite.migrated:
            migrated.prepare()
            os.environ[migrated.VARIABLE] = places.POSTGRES_DB
        return run([sys.executable, "-m", *suite.command, *extra_arguments(suite)])


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Whatever asks us to end is taken for Ctrl-C, which pytest knows how to end by."""
    raise KeyboardInterrupt


def clean_environment() -> None:
    """Leave only what a test may know."""
    for name in list(os.environ):
        if name in NOT_FOR_TESTS or name.startswith(NOT_FOR_TESTS_PREFIXES):
            del os.environ[name]


def extra_arguments(suite: Suite) -> list[str]:
    """ARGS and our own arguments; the suite proper runs on all cores unless they say otherwise."""
    given = [*shlex.split(os.environ.get("ARGS", "")), *sys.argv[2:]]
    says_how_many = any(each.startswith(("-n", "--numprocesses", "--pdb")) for each in given)
    if suite.command == ("pytest",) and not says_how_many:
        # Each process begins with its own part of the list: what a module makes once is made by one of them.
        return ["-n", str(cores()), "--dist=worksteal", *given]
    return given


def cores() -> int:
    """How many processors we may use, which in a container is fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(command: list[str]) -> int:
    """Run the suite in our own terminal (`--pdb` works), and see that it ends when we do."""
    child = subprocess.Popen(command, cwd=BASE_DIR, preexec_fn=die_with_parent(signal.SIGTERM))  # noqa: PLW1509 - no threads
    try:
        return child.wait()
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    finally:
        end(child)


def end(child: subprocess.Popen[bytes]) -> None:
    """Let a suite that is still running clean up, as after Ctrl-C; kill it if it does not."""
    if child.poll() is not None:
        return
    if not sys.stdin.isatty():  # a terminal's Ctrl-C has reached it already, and a second one would cut it short
        child.send_signal(signal.SIGINT)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


if __name__ == "__main__":
    sys.exit(main())
