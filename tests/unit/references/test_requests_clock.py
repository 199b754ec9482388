"""Working days by hand: Monday to Friday, weekends skipped, the clock's three faces."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from references.requests import clock
from references.requests.enums import RequestState
from references.requests.models import ReferenceRequest
from refprogram.people.calendars.working_time import WorkingTime

MONDAY = dt.date(2026, 11, 2)
NOON = dt.datetime(2026, 11, 4, 12, 0, tzinfo=dt.UTC)  # a Wednesday


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (MONDAY, 0, MONDAY),
        (MONDAY, 4, dt.date(2026, 11, 6)),
        (MONDAY, 5, dt.date(2026, 11, 9)),
        (dt.date(2026, 11, 6), 1, dt.date(2026, 11, 9)),
        (dt.date(2026, 11, 7), 0, dt.date(2026, 11, 9)),
        (dt.date(2026, 11, 8), 1, dt.date(2026, 11, 9)),
        (dt.date(2026, 11, 7), 15, dt.date(2026, 11, 27)),
    ],
)
def test_working_days_after(start, days, end):
    assert clock.working_days_after(start, days) == end


def test_a_limit_keeps_the_time_of_day():
    assert clock.due(NOON, 3) == dt.datetime(2026, 11, 9, 12, 0, tzinfo=dt.UTC)


def test_on_a_weekend_the_clock_starts_on_monday_morning():
    saturday = dt.datetime(2026, 11, 7, 22, 0, tzinfo=dt.UTC)
    assert clock.due(saturday, 1) == dt.datetime(2026, 11, 10, 9, 0, tzinfo=dt.UTC)


NEW_YORK = WorkingTime(ZoneInfo("America/New_York"), [[(dt.time(9), dt.time(17))]] * 5 + [[]] * 2)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-04 15:00+00:00", "2026-11-05 15:00+00:00"),  # 10:00 there
        ("2026-11-04 09:00+00:00", "2026-11-05 22:00+00:00"),  # 04:00 there: until 17:00
        ("2026-11-07 15:00+00:00", "2026-11-10 15:00+00:00"),  # a Saturday counts as the Monday
    ],
)
def test_a_colleagues_limit_lies_within_their_hours(start, end):
    assert clock.due_at_work(dt.datetime.fromisoformat(start), 1, NEW_YORK) == dt.datetime.fromisoformat(end)


@pytest.mark.parametrize(
    ("hours", "state", "share"),
    [(0, "ok", 0), (12, "ok", 0.25), (24, "risk", 0.5), (36, "risk", 0.75), (50, "late", 1)],
)
def test_the_clock_runs_warns_and_is_late(hours, state, share):
    request = ReferenceRequest(submitted_at=NOON, due_at=NOON + dt.timedelta(hours=48))
    face = clock.clock_of(request, now=NOON + dt.timedelta(hours=hours))
    assert (face.state, face.share, face.running) == (state, share, True)


@pytest.mark.parametrize(
    ("state", "confirmed", "face"),
    [
        (RequestState.NEEDS_INFO, None, ("ok", False)),
        (RequestState.CONFIRMED, NOON, ("ok", False)),
        (RequestState.CLOSED, NOON + dt.timedelta(days=9), ("late", False)),
    ],
)
def test_the_clock_stands_still(state, confirmed, face):
    request = ReferenceRequest(
        state=state, submitted_at=NOON, due_at=NOON + dt.timedelta(hours=48), confirmed_at=confirmed
    )
    shown = clock.clock_of(request, now=NOON)
    assert (shown.state, shown.running) == face


def test_nothing_runs_for_what_was_refused():
    assert clock.clock_of(ReferenceRequest(state=RequestState.REJECTED, submitted_at=NOON, due_at=NOON)) is None


FRIDAY = dt.date(2026, 11, 6)


def hours(*days):
    return [dt.datetime(2026, 11, day, hour) for day in days for hour in (10, 15)]


@pytest.mark.parametrize(
    ("needed_by", "offered"),
    [
        (dt.date(2026, 11, 30), hours(10, 11, 12)),  # the working day after tomorrow is the first
        (dt.date(2026, 11, 11), hours(10, 11)),
        (dt.date(2026, 11, 9), hours(9)),  # nearer: from tomorrow on
        (dt.date(2026, 11, 8), []),
        (dt.date(2026, 11, 5), []),
    ],
)
def test_proposed_times_lie_on_working_days_before_it_is_needed(needed_by, offered):
    assert clock.slots(FRIDAY, needed_by) == offered
