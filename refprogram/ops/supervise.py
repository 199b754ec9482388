"""`make run`: the whole program in the foreground, until Ctrl-C.

Servers, migrations, demo data, then web, worker and beat. Whatever ends us, SIGKILL included, nothing stays behind.
"""

import contextlib
import errno
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from refprogram.ops import places
from refprogram.ops.processes import Tail, last_lines, rotate, say, start, stop
from refprogram.ops.servers import Server
from refprogram.ops.stack import only_copy, plain_words, prepare_state, running

HOST = "127.0.0.1"
SIGN_INS = "marketer rep support manager sales-head executive finance legal judge admin"
FALSE_WORDS = frozenset({"0", "false", "off", "no", "n"})
TICK_SECONDS = 0.3
POLL_SECONDS = 0.05
WEB_START_SECONDS = 120
STOP_SECONDS = 10
RESTARTS = 5
CLEAN_SLATE_SECONDS = 600


class Stopped(Exception):
    """It is time to stop."""


class StopRequest:
    """Remembers that we were asked to stop: by a signal, or by what became of the `make` that started us."""

    def __init__(self) -> None:
        self.received = False
        self.parent = os.getppid()
        self.below_make = "MAKELEVEL" in os.environ
        self.sightings = 0
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._remember)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wants us to outlive the terminal
            signal.signal(signal.SIGHUP, self._remember)

    def check(self) -> None:
        """Raise `Stopped` if it is time to; the loops call this, handlers do nothing but remember."""
        if self.received or (self.below_make and self._make_has_gone()):
            raise Stopped

    def _make_has_gone(self) -> bool:
        """Whether `make` is dead, or interrupted and waiting for us; seen twice, as it also blocks signals to fork."""
        if os.getppid() != self.parent:
            return True
        self.sightings = self.sightings + 1 if blocks_interrupt(self.parent) else 0
        return self.sightings > 1

    def _remember(self, _number: int, _frame: FrameType | None) -> None:
        self.received = True


def blocks_interrupt(pid: int) -> bool:
    """Whether a process has SIGINT blocked: how a `make` looks that was sent one.

    It does not pass it on (it trusts that the terminal sent us the same) and sits in its handler until we end.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return False
    blocked = next((line.split()[1] for line in status.splitlines() if line.startswith("SigBlk:")), "0")
    return bool(int(blocked, 16) >> (signal.SIGINT - 1) & 1)


@dataclass
class Program:
    """One of our own long-running processes, its log, and how often it had to be started again."""

    name: str
    module: str
    arguments: list[str]
    is_vital: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    retry_at: float | None = None
    log: Path = field(init=False)
    tail: Tail = field(init=False)

    def __post_init__(self) -> None:
        self.log = places.log_dir() / f"{self.name}.log"
        self.tail = Tail(self.log)

    def start(self) -> None:
        """Start it, or start it again. By `python -m`: scripts of a virtual environment that was moved do not run."""
        self.started, self.retry_at = time.monotonic(), None
        self.process = start([sys.executable, "-m", self.module, *self.arguments], log=self.log, cwd=places.BASE_DIR)

    def echo(self) -> None:
        """Show what a person should see of its log."""
        for line in self.tail.fresh():
            say(f"{self.name:7}| {line}")

    def look_after(self) -> None:
        """Start it again if it died, each time a little later; give up on a vital one, or on one that keeps dying."""
        if self.retry_at is not None:
            if time.monotonic() >= self.retry_at:
                self.start()
            return
        if self.process is None or self.process.poll() is None:
            return
        if time.monotonic() - self.started > CLEAN_SLATE_SECONDS:
            self.failures = 0
        if self.is_vital or self.failures == RESTARTS:
            raise SystemExit(
                f"refprogram: {self.name} ended by itself (code {self.process.returncode}), so everything was stopped; "
                f"its log is {self.log}{last_lines(self.log)}"
            )
        self.failures += 1
        delay = 2**self.failures
        self.retry_at = time.monotonic() + delay
        say(f"refprogram: {self.name} ended; starting it again in {delay} s. Its log is {self.log}")


def main() -> int:
    """Run until told to stop."""
    request = StopRequest()
    port = chosen_port()
    os.environ.update(PORT=str(port), PYTHONUNBUFFERED="1")
    try:
        with contextlib.ExitStack() as exits:
            run(port, request, exits)
    except Stopped:
        say("refprogram: stopped. The data is kept.")
    return 0


def run(port: int, request: StopRequest, exits: contextlib.ExitStack) -> None:
    """Bring everything up in order and watch over it; what was begun is undone in the opposite order by `exits`."""
    begun = time.monotonic()
    with plain_words():
        exits.enter_context(only_copy(prepare_state(), f"make run at {address(port)}"))
        refuse_taken_port(port)
        say(f"refprogram: starting{'' if has_started_before() else '; the first time, it makes its database'}")
        for log in places.log_dir().glob("*.log"):
            rotate(log)
        servers = exits.enter_context(running())
    prepare_database(request)
    programs = [web(port), worker(), beat()]
    exits.callback(stop_programs, programs)
    for program in programs:
        program.start()

    def tick() -> None:
        time.sleep(TICK_SECONDS)
        request.check()
        look_after(servers, programs)

    wait_for_web(port, tick)
    welcome(port, time.monotonic() - begun)
    while True:
        tick()


def chosen_port() -> int:
    """The port from the environment."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 2**16:
        raise SystemExit(f"refprogram: PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def address(port: int) -> str:
    """The one URL."""
    return f"http://{HOST}:{port}/"


def refuse_taken_port(port: int) -> None:
    """Find out before anything is started; gunicorn would, too, but late and in many lines."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            why = "is taken by another program" if error.errno == errno.EADDRINUSE else "may not be used"
            raise SystemExit(
                f"refprogram: port {port} {why}; choose one, as in: make run PORT={port % 60000 + 1001}"
            ) from error


def has_demo_data() -> bool:
    """The same rule as in the settings: DEMO says so, else whether the database is the embedded one."""
    chosen = os.environ.get("DEMO", "").strip().lower()
    return chosen not in FALSE_WORDS if chosen else places.is_embedded()


def has_started_before() -> bool:
    """Whether a start will be quick."""
    return not places.is_embedded() or any(places.state_dir().glob("postgres-*"))


def prepare_database(request: StopRequest) -> None:
    """Bring the schema up to date and, the first time, fill it; to its end, or until we are asked to stop."""
    log = places.log_dir() / "prepare.log"
    process = start([sys.executable, "-m", "refprogram.ops.prepare"], log=log, cwd=places.BASE_DIR)
    try:
        while process.poll() is None:
            time.sleep(POLL_SECONDS)
            request.check()
    finally:
        stop([process])
    if process.returncode:
        raise SystemExit(f"refprogram: the database could not be prepared; the log is {log}{last_lines(log)}")


def web(port: int) -> Program:
    """The web server. Threads: a browser opens connections in advance, each of which would occupy a whole worker."""
    heartbeat = "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"  # noqa: S108 - gunicorn opens unnamed files there
    arguments = [
        *("refprogram.wsgi", "--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4", "--preload"),
        *("--worker-tmp-dir", heartbeat, "--graceful-timeout", "5", "--no-control-socket"),
    ]
    return Program("web", "gunicorn", arguments, is_vital=True)


def worker() -> Program:
    """The Celery worker of all queues."""
    arguments = ["-A", "refprogram", "worker", "-Q", "default,mail,bulk", "-c", "2", "-l", "INFO"]
    return Program("worker", "celery", [*arguments, "--without-gossip", "--without-mingle"])


def beat() -> Program:
    """Celery's clock; its timetable is in the database."""
    scheduler = "django_celery_beat.schedulers:DatabaseScheduler"
    return Program("beat", "celery", ["-A", "refprogram", "beat", "-l", "INFO", "--scheduler", scheduler, "--pidfile="])


def look_after(servers: list[Server], programs: list[Program]) -> None:
    """One round of the watch. A dead server ends it: what would be started again finds no database anyway."""
    for server in servers:
        if not server.is_running():
            raise SystemExit(
                f"refprogram: {server.name} ended by itself, so everything was stopped; "
                f"its log is {server.log}{last_lines(server.log)}"
            )
    for program in programs:
        program.echo()
        program.look_after()


def stop_programs(programs: list[Program]) -> None:
    """Stop our own processes, before the servers they talk to."""
    stop([program.process for program in programs if program.process is not None], grace=STOP_SECONDS)


def wait_for_web(port: int, tick: Callable[[], None]) -> None:
    """Announce the address only when it answers."""
    deadline = time.monotonic() + WEB_START_SECONDS
    while not answers(port):
        if time.monotonic() > deadline:
            log = places.log_dir() / "web.log"
            raise SystemExit(f"refprogram: the web server does not answer; its log is {log}{last_lines(log)}")
        tick()


def answers(port: int) -> bool:
    """Whether the web server answers at all: production settings may redirect us or refuse our host name."""
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    with contextlib.closing(connection):
        try:
            connection.request("GET", "/health/live/")
            return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False


def welcome(port: int, seconds: float) -> None:
    """What a person needs to know, once."""
    say(f"\nrefprogram runs at  {address(port)}  (after {seconds:.0f} s)")
    if has_demo_data():
        say(f"sign in as          {SIGN_INS.replace(' ', ', ')}\n                    @demo.example, password: demo")
    say(f"data and logs       {places.state_dir()}\nCtrl-C stops it.\n")


if __name__ == "__main__":
    sys.exit(main())
