"""What every test may ask for: the cast, its clients, budgets, the stream carried out. See docs/testing.md."""

import gc
import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.core.cache import caches
from django.test import Client

from refprogram.celery import app as celery_app
from refprogram.governance.pilots import features
from refprogram.kernel import stream
from refprogram.kernel.models import Delivery
from refprogram.kernel.program_settings import current as program_settings
from refprogram.notices import sending
from refprogram.people.models import User
from tests import clearing
from tests.budgets import Budget
from tests.cast import PARTS, ApiClients, Cast, Clients

# Playwright keeps an event loop in the thread in which a browser test asks the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

pytest_plugins = ["tests.moment", "tests.browsing", "tests.everybody", "tests.working", "tests.outside"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browsers and workers see only what is committed."""
    for item in items:
        if any(item.get_closest_marker(name) for name in ("browser", "worker")):
            commits = pytest.mark.django_db(transaction=True)
            item.add_marker(commits, append=False)  # before the test's own, which would be asked first
        database = item.get_closest_marker("django_db")
        if database is not None and database.kwargs.get("transaction"):
            # A shared machine stops a browser, a worker or a thread for seconds now and then: such a test, when it
            # fails, is run once more, and the summary counts it as rerun. `make soak` does not run anything twice.
            item.add_marker(pytest.mark.flaky(reruns=1))


gc.disable()  # while tests are collected nothing becomes garbage, and the search for it takes a quarter of the time


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """What is loaded by now stays to the end: to search it for garbage again and again took a sixth of the run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)  # as in refprogram/wsgi.py
    gc.enable()


# A machine that is busy is no fault of the code: no test has a time limit, and none is slow to draw its examples.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After tests that commit, the database is cleared in our own way; at the end it is ours alone to drop."""
    with django_db_blocker.unblock():
        clearing.take_over()
    yield
    with django_db_blocker.unblock():
        clearing.send_away()


@pytest.fixture(autouse=True)
def _own_cache(settings: object) -> None:
    """Each test has keys of its own: the cache is not rolled back, and test processes share one server."""
    prefix = f"test-{uuid.uuid4().hex[:8]}"
    settings.CACHES["default"]["KEY_PREFIX"] = prefix  # type: ignore[attr-defined]
    caches["default"].key_prefix = prefix
    program_settings.start_from_defaults()
    features.start_from_none()


@pytest.fixture(autouse=True, scope="session")
def _patient_cache() -> None:
    """A machine that stands still for two seconds is no cache that sleeps: pages would send other statements."""
    patience = {"socket_connect_timeout": 60, "socket_timeout": 60}
    django_settings.CACHES["default"]["OPTIONS"].update(patience)


@pytest.fixture(autouse=True, scope="session")
def _static_files_when_asked_for(django_test_environment: None) -> None:
    """Each new client starts the program’s middleware anew, which would look at all static files beforehand."""
    django_settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True, scope="session")
def _no_broker() -> None:
    """What is queued goes nowhere: a test that wants it done asks for `drain`, or for a real `worker`."""
    celery_app.conf.broker_url = "memory://localhost/"
    assert current_app.conf.broker_url == "memory://localhost/"


@pytest.fixture(scope="session")
def base_url() -> None:
    """Playwright's own notion of an address, which lives too long: each test has a server of its own, `site`."""


@pytest.fixture
def cast(db: None) -> Cast:
    """One colleague per role; each is created when first named."""
    return Cast()


@pytest.fixture
def clients(cast: Cast) -> Clients:
    """`clients["rep"]` is signed in; `clients["anonymous"]` is not."""
    return Clients(cast)


@pytest.fixture
def api(cast: Cast) -> ApiClients:
    """`api["rep"]` has a token that may write."""
    return ApiClients(cast)


@pytest.fixture
def anonymous(clients: Clients) -> Client:
    """Nobody."""
    return clients["anonymous"]


def _part(name: str) -> Callable[[Cast], User]:
    @pytest.fixture(name=name)
    def colleague(cast: Cast) -> User:
        return cast[name]

    return colleague


# A fixture per part, by its name: `rep`, `marketer`, `other_team_rep` …
globals().update({f"part_{name}": _part(name) for name in PARTS})


@pytest.fixture
def budget(request: pytest.FixtureRequest, db: None) -> Budget:
    """Query budgets of the app whose tests these are."""
    return Budget(request.path.parent)


@pytest.fixture
def drain(db: None) -> Callable[[], int]:
    """Carry the stream to its handlers until nothing is left, then send the mail that waits."""

    def carry() -> int:
        done = 0
        while now := stream.sweep():
            done += now
        left = Delivery.objects.filter(done_at__isnull=True).values_list("handler", "error")
        assert not left, f"not delivered: {list(left)}"
        sending.send_waiting()
        return done

    return carry


@pytest.fixture
def drain_quietly() -> Callable[[], int]:
    """Carry what can be carried; what fails stays owed (for tests of failing handlers)."""
    return stream.sweep
