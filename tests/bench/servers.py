"""One web worker each for the floor and the program, and a Celery worker, all ended with the bench."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from refprogram.celery import app
from refprogram.ops.places import BASE_DIR
from refprogram.ops.processes import die_with_parent

TERM = 15
READY_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """Where one of them listens."""

    port: int

    def connection(self) -> http.client.HTTPConnection:
        """Return a fresh connection; the sync worker closes each after its answer."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)


@contextmanager
def process(*command: str, **env: str) -> Iterator[None]:
    """Run a command for as long as the block lasts."""
    child = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=BASE_DIR,
        env={**os.environ, **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=die_with_parent(TERM),  # noqa: PLW1509 - no threads here
    )
    try:
        yield
    finally:
        child.terminate()
        child.wait(20)


@contextmanager
def worker() -> Iterator[None]:
    """Run a Celery worker; go on once it answers: how long it takes to start is no part of what it does.

    What the pages of before left in the queue is dropped: nobody waits behind it where a worker runs all day.
    """
    app.control.purge()
    with process("celery", "-A", "refprogram", "worker", "-Q", "default,mail,bulk", "-c", "2"):
        end = time.monotonic() + READY_SECONDS
        while not app.control.ping(timeout=0.5):
            if time.monotonic() > end:
                message = "no worker answers"
                raise RuntimeError(message)
        yield


@contextmanager
def web(application: str, path: str) -> Iterator[Server]:
    """Serve a WSGI application with one sync worker; yield once it answers `path`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(port)
    with ExitStack() as stack:
        stack.enter_context(
            process("gunicorn", application, "-b", f"127.0.0.1:{port}", "-w", "1", PORT=str(port), DEBUG="0")
        )
        _wait(server, path)
        yield server


def _wait(server: Server, path: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while True:
        try:
            connection = server.connection()
            connection.request("GET", path)
            if connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR:
                return
        except OSError:
            pass
        if time.monotonic() > end:
            message = f"nothing answers {path} on port {server.port}"
            raise RuntimeError(message)
        time.sleep(0.2)
