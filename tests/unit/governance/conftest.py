"""The time in which consequences are looked at."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

MONDAY = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def november() -> Iterator[Any]:
    """A Monday morning that stands still: the last closed month is October."""
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def clock(november: Any) -> Any:
    """The clock of that morning, to be moved."""
    return november
