"""Processes of their own, which a test may kill: a broker of this test alone, and real Celery workers on it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection

from refprogram.kernel import queueing
from refprogram.ops import places
from refprogram.ops.processes import kill_group, last_lines, start, stop
from refprogram.ops.servers import Valkey
from tests.working import connect

Wait = Callable[[Callable[[], bool]], None]

WORKER = ("celery", "-A", "refprogram", "worker", "-Q", "default,mail,bulk", "-l", "INFO", "--without-mingle")


@dataclass
class Outside:
    """What runs beside the test: stopped, started again and killed by it, and gone when it ends."""

    state: Path
    eventually: Wait
    valkey: Valkey
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    started: int = 0

    def start_worker(self, *, concurrency: int = 2) -> subprocess.Popen[bytes]:
        """Start a worker on this test's database and broker; return when it takes work."""
        self.started += 1
        log = self.state / "logs" / f"worker-{self.started}.log"
        command = [sys.executable, "-m", *WORKER, "-c", str(concurrency), "-n", f"w{self.started}@test"]
        worker = start(command, log=log, cwd=places.BASE_DIR, env=self.environment())
        self.workers.append(worker)
        self.eventually(lambda: "ready." in self.said(worker, log))
        return worker

    @staticmethod
    def said(worker: subprocess.Popen[bytes], log: Path) -> str:
        """Return what a worker has written; it must be alive."""
        assert worker.poll() is None, last_lines(log, 40)
        return log.read_text(encoding="utf-8")

    def kill(self, worker: subprocess.Popen[bytes]) -> None:
        """SIGKILL for a worker and its pool: nobody is asked, nothing is put in order."""
        kill_group(worker)
        self.workers.remove(worker)

    def environment(self) -> dict[str, str]:
        """Return what a deployment would set, naming this test's database and broker."""
        mine = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
        return mine | {
            "REFPROGRAM_STATE": str(self.state),
            "DATABASE_URL": database_url(),
            "REDIS_URL": f"unix://{self.valkey.socket}",
            "SECRET_KEY": "only-for-this-test",
            "ALLOWED_HOSTS": "localhost",
            "BASE_URL": "http://localhost",
            "EMAIL_URL": "catcher://",
        }

    def stop(self) -> None:
        """End everything that is left."""
        stop(self.workers)
        self.valkey.stop()


def database_url() -> str:
    """Return the address of the database that this test process writes to."""
    of = connection.settings_dict
    return f"postgresql://{of['USER']}@/{of['NAME']}?host={of['HOST']}"


def blocked_sessions() -> int:
    """Return how many sessions of this database wait for a row that another one holds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursor.fetchone()[0])


@pytest.fixture
def outside(
    transactional_db: None, tmp_path: Path, eventually: Wait, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Iterator[Outside]:
    """A broker and cache of this test alone, on a socket of its own; workers are started by the test."""
    (tmp_path / "logs").mkdir()
    monkeypatch.setenv("REFPROGRAM_STATE", str(tmp_path))
    found = Outside(tmp_path, eventually, Valkey(tmp_path))
    try:
        found.valkey.start()
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": places.redis_url(0)}}
        connect(places.broker_url(1), "")
        wake()
        yield found
    finally:
        connect("memory://localhost/", "")
        found.stop()
        wake()


def wake() -> None:
    """Forget that broker or cache were found asleep: the pause after that is longer than a test."""
    queueing._asleep_until = 0.0
    client = getattr(caches["default"], "_cache", None)
    if client is not None:
        client.asleep_until = 0.0


@pytest.fixture
def held() -> Iterator[Callable[[str], Callable[[], None]]]:
    """`let_go = held("SELECT … FOR UPDATE")`: another session that holds these rows until it is told to let go."""
    sessions: list[Any] = []

    def hold(sql: str) -> Callable[[], None]:
        session = connection.copy()
        sessions.append(session)
        session.set_autocommit(False)
        with session.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.rowcount, f"holds nothing: {sql}"
        return session.close

    yield hold
    for session in sessions:
        session.close()
