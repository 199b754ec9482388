"""`MOMENT=2027-01-31T23:58:00+00:00 make test`: the tests begin at another moment, and the clock goes on from there.

That is how code and tests are found that hang on the day of the week, the end of a month or midnight. Postgres,
browsers and workers keep the true time: what compares theirs with ours fails then, and says nothing about the code.
"""

import datetime as dt
import os
from collections.abc import Iterator

import pytest
import time_machine

MOMENT = os.environ.get("MOMENT", "")
# Who asks for one of these meets a process that cannot be sent to another time.
TRUE_TIME = {"broker", "live_server", "outside", "page", "site", "worker"}

travel = time_machine.travel(dt.datetime.fromisoformat(MOMENT), tick=True) if MOMENT else None


def pytest_configure() -> None:
    """Nothing of the tests is made at another time: not what a module says as it is read, either."""
    if travel is not None:
        travel.start()


def pytest_unconfigure() -> None:
    """What is left to do is done in the true time."""
    if travel is not None:
        travel.stop()


@pytest.fixture(autouse=True)
def _true_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """Beside other processes it is as late as it is for them."""
    marked = any(request.node.get_closest_marker(name) for name in ("browser", "worker"))
    if travel is None or not (marked or TRUE_TIME & set(request.fixturenames)):
        yield
        return
    now = dt.datetime.fromtimestamp(time_machine.escape_hatch.time.time(), tz=dt.UTC)
    with time_machine.travel(now, tick=True):
        yield
