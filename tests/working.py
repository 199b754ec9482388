"""A real Celery worker on the real broker, for tests marked `worker`."""

import time
import uuid
from collections.abc import Callable, Iterator

import pytest
from celery.contrib.testing.worker import start_worker
from django.conf import settings
from kombu import pools

from refprogram.celery import app


def connect(url: str, prefix: str) -> None:
    """Queue to another broker from now on, under keys that begin with `prefix`."""
    app.conf.broker_url = url
    app.conf.broker_transport_options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, "global_keyprefix": prefix}
    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None


@pytest.fixture
def broker(transactional_db: None) -> Iterator[None]:
    """Queue to the real broker, under keys of this test alone; without a worker things wait there."""
    connect(settings.CELERY_BROKER_URL, f"test-{uuid.uuid4().hex[:8]}-")
    yield
    connect("memory://localhost/", "")


@pytest.fixture
def worker(broker: None) -> Iterator[None]:
    """A worker in a thread of this process, on all queues."""
    app.loader.import_default_modules()
    app.amqp.queues.select(None)
    with start_worker(app, perform_ping_check=False, queues=["default", "mail", "bulk"], concurrency=1, pool="solo"):
        yield


@pytest.fixture
def eventually() -> Callable[[Callable[[], bool]], None]:
    """`eventually(lambda: …)`: wait until it is so, as long as a slow machine may need."""

    def wait(so: Callable[[], bool]) -> None:
        patience = 3000
        while not so():
            patience -= 1
            assert patience, "it never came about"
            time.sleep(0.1)

    return wait
