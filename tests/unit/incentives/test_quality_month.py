"""A month of data quality, worked out by hand: March 2026 in Amsterdam, where the clocks change on the 29th."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import pytest

from incentives.quality.enums import LineState
from incentives.quality.month import Charge, Span, Terms, count, mend_until

ZONE = ZoneInfo("Europe/Amsterdam")
MARCH = Span.of(dt.date(2026, 3, 17))
TERMS = Terms({"missing": 2, "invalid": 3, "stale": 1, "duplicate": 3}, daily_cap=10, mend_hours=48)
CLOSED = {dt.date(2026, 3, 20), *(dt.date(2026, 3, day) for day in (23, 24, 25))}  # a holiday, then three days of leave


@dataclass(frozen=True)
class Days:
    """Monday to Friday, without some days."""

    zone: ZoneInfo = ZONE
    closed: frozenset[dt.date] = field(default_factory=frozenset)

    def works_on(self, day: dt.date) -> bool:
        return day.weekday() < 5 and day not in self.closed


class EveryDay(Days):
    """Works on all of them."""

    def works_on(self, day: dt.date) -> bool:
        return True


OWN = Days(closed=frozenset(CLOSED))


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def march(*charges: Charge, marks=(), as_of=None, terms=TERMS, **options):
    moment = as_of or at(4, 6, 12)
    return count(charges, marks, span=MARCH, days=OWN, terms=terms, as_of=moment, **options)


@pytest.mark.parametrize(
    ("starts", "until"),
    [
        (at(3, 2, 9), at(3, 4, 9)),  # Monday: two days later
        (at(3, 5, 17), at(3, 9, 17)),  # Thursday: 7 hours, all of Friday, 17 hours of Monday
        (at(3, 7, 12), at(3, 11)),  # Saturday: begins on Monday, ends when Tuesday is over
        (at(3, 19, 18), at(3, 27, 18)),  # 6 hours; holiday, weekend, leave; 24 hours of Thursday, 18 of Friday
    ],
)
def test_the_hours_run_on_working_days(starts, until):
    assert mend_until(OWN, starts, 48) == until


def test_hours_are_hours_where_the_clocks_change():
    # 29 March has 23 hours: 48 hours after Saturday noon is Monday 13:00 by the clock.
    assert mend_until(EveryDay(), at(3, 28, 12), 48) == at(3, 30, 13)


def test_a_month_by_hand():
    """100 - 10 (day one, capped) - 3 (invalid) - 1 (stale, after leave) = 86; two were given back, one is excused."""
    begun = [Charge(f"a{n}", "missing", at(2, 10)) for n in range(7)]  # still there from February: 14, capped to 10
    result = march(
        *begun,
        Charge("b", "invalid", at(3, 4, 10)),  # never mended: 3
        Charge("c", "missing", at(3, 5, 17), mended_at=at(3, 9, 16, 59)),  # a minute before its time: given back
        Charge("d", "duplicate", at(3, 10, 9), proposed_at=at(3, 11), mended_at=at(4, 2)),  # the clock stopped
        Charge("e", "duplicate", at(3, 11, 9), excused=True),
        Charge("f", "stale", at(3, 21, 9)),  # a Saturday before leave: charged on Thursday 26
        Charge("g", "missing", at(3, 21, 9), mended_at=at(3, 22)),  # gone before they were back: no line at all
    )
    assert (result.score, result.demerits, result.refunded) == (86, 14, 5)
    assert result.days == {dt.date(2026, 3, 2): 10, dt.date(2026, 3, 4): 3, dt.date(2026, 3, 26): 1}
    states = {line.key: line.state for line in result.lines}
    assert "g" not in states
    assert states["c"] == states["d"] == LineState.REFUNDED
    assert states["e"] == LineState.EXCUSED


def test_a_minute_too_late_counts():
    assert march(Charge("c", "missing", at(3, 5, 17), mended_at=at(3, 9, 17, 1))).score == 98


def test_while_the_hours_run_it_counts_and_at_the_close_it_does_not():
    late = Charge("z", "invalid", at(3, 31, 15))
    running = march(late, as_of=at(4, 1))
    assert (running.score, running.lines[0].state) == (97, LineState.RUNNING)
    assert march(late, as_of=at(4, 1), closing=True).score == 100
    assert march(late, as_of=at(4, 6), closing=True).score == 97


def test_what_is_mended_later_changes_nothing_that_was_closed():
    closed = march(Charge("z", "invalid", at(3, 31, 15)), as_of=at(4, 1), closing=True)
    again = march(Charge("z", "invalid", at(3, 31, 15), mended_at=at(4, 9)), as_of=at(4, 1), closing=True)
    assert closed.score == again.score == 100


def test_marks_of_the_board_count_beside_the_cap_and_nothing_goes_below_zero():
    full = [Charge(f"a{n}", "invalid", at(3, 2, 9)) for n in range(9)]
    assert march(*full, marks=[(dt.date(2026, 3, 2), 20), (dt.date(2026, 4, 1), 50)]).score == 70
    assert march(marks=[(dt.date(2026, 3, 2), 120)]).score == 0


def test_newcomers_are_spared():
    new = Terms(TERMS.demerits, 10, 48, spared_until=dt.date(2026, 3, 16))
    result = march(Charge("a", "missing", at(3, 4, 9)), Charge("b", "missing", at(3, 16, 9)), terms=new)
    assert [line.key for line in result.lines] == ["b"]


def test_nothing_is_charged_before_its_day():
    assert march(Charge("f", "stale", at(3, 21, 9)), as_of=at(3, 23)).lines == ()
