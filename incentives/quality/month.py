"""A month of data quality, counted: 100 minus the demerits that were not given back. Pure.

- A fault is charged once in a month: on the working day on which it was found (or the next one), or on the first
  working day of a later month in which it is still there.
- From then on the hours to mend it run, on one's own working days only. Mended or proposed to the CRM in time, it is
  given back; excused, it never counts.
- One day costs at most so much, after what was given back. Marks of the review board count beside that.
"""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from incentives.quality.enums import LineState

FULL: Final = 100
A_DAY: Final = dt.timedelta(days=1)
# Longer than anybody is away: past it, a fault is not charged in this month at all.
LONGEST_AWAY: Final = 400


class OwnDays(Protocol):
    """On which days somebody works, and by which clock."""

    @property
    def zone(self) -> dt.tzinfo:
        """By whose clock days begin."""

    def works_on(self, day: dt.date) -> bool:
        """Whether it is a working day of theirs: no weekend, holiday or leave."""


@dataclass(frozen=True)
class Terms:
    """What a fault of each kind costs, what a day costs at most, in how many hours it may be mended."""

    demerits: Mapping[str, int]
    daily_cap: int
    mend_hours: int
    spared_until: dt.date | None = None  # newcomers are charged from then on


@dataclass(frozen=True)
class Charge:
    """A fault, as far as a month has to know it."""

    key: str
    kind: str
    clock_from: dt.datetime
    proposed_at: dt.datetime | None = None
    mended_at: dt.datetime | None = None
    excused: bool = False


@dataclass(frozen=True)
class Line:
    """What one fault costs in the month: on which day, and until when it may be mended for nothing."""

    key: str
    on: dt.date
    due: dt.datetime
    points: int
    state: LineState


@dataclass(frozen=True)
class Count:
    """A month as it comes out. `days`: what each day costs after refunds and the cap."""

    score: int
    demerits: int
    refunded: int
    lines: tuple[Line, ...]
    days: Mapping[dt.date, int]


@dataclass(frozen=True)
class Span:
    """A month, both days included."""

    first: dt.date
    last: dt.date

    @classmethod
    def of(cls, day: dt.date) -> "Span":
        """Return the month of a day."""
        return cls(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))

    @property
    def next(self) -> "Span":
        """The month after."""
        return Span.of(self.last + A_DAY)


def over(first: dt.date, today: dt.date, wait: dt.timedelta) -> Iterator[Span]:
    """Yield the months from that of `first` on which are over, and `wait` too, the oldest first."""
    span = Span.of(first)
    while today > span.last + wait:
        yield span
        span = span.next


def count(
    charges: Iterable[Charge],
    marks: Sequence[tuple[dt.date, int]],
    *,
    span: Span,
    days: OwnDays,
    terms: Terms,
    as_of: dt.datetime,
    closing: bool = False,
) -> Count:
    """Count a month as it stands at a moment. `closing`: what could still be mended in time is not charged."""
    lines = [line for charge in charges for line in _line(charge, span, days, terms, as_of, closing=closing)]
    lines.sort(key=lambda line: (line.on, line.key))
    by_day: dict[dt.date, int] = defaultdict(int)
    for line in lines:
        if line.state in {LineState.COUNTS, LineState.RUNNING}:
            by_day[line.on] += line.points
    capped = {day: min(points, terms.daily_cap) for day, points in by_day.items()}
    for day, points in marks:
        if span.first <= day <= span.last:
            capped[day] = capped.get(day, 0) + points
    demerits = sum(capped.values())
    refunded = sum(line.points for line in lines if line.state == LineState.REFUNDED)
    return Count(max(0, FULL - demerits), demerits, refunded, tuple(lines), capped)


def _line(
    charge: Charge, span: Span, days: OwnDays, terms: Terms, as_of: dt.datetime, *, closing: bool
) -> Iterator[Line]:
    """Yield what a fault costs in this month, if it is charged in it at all."""
    began = charge.clock_from.astimezone(days.zone)
    on = first_working(days, max(began.date(), span.first))
    if on is None or not span.first <= on <= span.last or on > as_of.astimezone(days.zone).date():
        return
    if terms.spared_until is not None and on < terms.spared_until:
        return
    starts = max(began, dt.datetime.combine(on, dt.time(), tzinfo=days.zone))
    if charge.mended_at is not None and charge.mended_at < starts and charge.clock_from < starts:
        return  # gone before the month, or before they were back
    points = terms.demerits.get(charge.kind, 0)
    if points:
        due = mend_until(days, starts, terms.mend_hours)
        state = _state(charge, due, as_of, closing=closing)
        yield Line(charge.key, on, due, points, state)


def _state(charge: Charge, due: dt.datetime, as_of: dt.datetime, *, closing: bool) -> LineState:
    if charge.excused:
        return LineState.EXCUSED
    if any(at is not None and at <= min(due, as_of) for at in (charge.mended_at, charge.proposed_at)):
        return LineState.REFUNDED
    if as_of < due:
        return LineState.REFUNDED if closing else LineState.RUNNING
    return LineState.COUNTS


def first_working(days: OwnDays, day: dt.date) -> dt.date | None:
    """Return the first working day from `day` on; None where there is none for more than a year."""
    return next((day + A_DAY * n for n in range(LONGEST_AWAY) if days.works_on(day + A_DAY * n)), None)


def mend_until(days: OwnDays, starts: dt.datetime, hours: int) -> dt.datetime:
    """Return the moment at which so many hours of working days have passed since `starts` (in UTC)."""
    left, at = dt.timedelta(hours=hours), starts.astimezone(days.zone)
    for _n in range(LONGEST_AWAY):
        midnight = dt.datetime.combine(at.date() + A_DAY, dt.time(), tzinfo=days.zone)
        if days.works_on(at.date()):
            # In UTC: two times of one zone are compared by their wall clocks, which jump twice a year.
            here = midnight.astimezone(dt.UTC) - at.astimezone(dt.UTC)
            if left <= here:
                return at.astimezone(dt.UTC) + left
            left -= here
        at = midnight
    return at.astimezone(dt.UTC)
