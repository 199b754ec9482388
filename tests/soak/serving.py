"""A real web server for the long runs, with a database, a broker and a log of its own."""

import http.client
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from refprogram.ops import places
from refprogram.ops.processes import start, stop

PATIENCE = 30


@contextmanager
def served(outside: Any, *workers: str) -> Iterator[int]:
    """Serve the program by gunicorn with these options; yield its port once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = outside.state / "logs" / "web.log"
    command = [*("-m", "gunicorn", "refprogram.wsgi", "-b", f"127.0.0.1:{port}"), *workers]
    secret = {"SECRET_KEY": settings.SECRET_KEY, "ALLOWED_HOSTS": "127.0.0.1", "BASE_URL": f"http://127.0.0.1:{port}"}
    child = start([sys.executable, *command], log=log, cwd=places.BASE_DIR, env=outside.environment() | secret)
    try:
        outside.eventually(lambda: _answers(port))
        yield port
    finally:
        stop([child])


def _answers(port: int) -> bool:
    """Whether the program is there: gunicorn listens before its workers have read it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/health/live/")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()
