"""What somebody owes who was not there all the time: the target in proportion to their working days. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from refprogram.people.calendars.working_time import WorkingTime

A_DAY = dt.timedelta(days=1)
Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Attendance:
    """The working days of a period, and those that do not count: on leave, or before somebody owed anything."""

    working_days: int
    days_off: int

    def of(self, target: Decimal, round_to: Decimal) -> Decimal:
        """Return the target in proportion, rounded down: nobody owes a part of a day they were away."""
        if not self.days_off:
            return target
        if not self.working_days:
            return Decimal(0)
        share = target * (self.working_days - self.days_off) / self.working_days
        return (share / round_to).to_integral_value(ROUND_DOWN) * round_to


def attendance(time: WorkingTime, period: Days, leaves: Iterable[Days], owes_from: dt.date | None) -> Attendance:
    """Count a colleague's working days in a period, by the calendar of their place."""
    first, last = period
    working = {day for day in _each(first, last) if time.works_on(day)}
    off = {day for start, end in leaves for day in _each(max(start, first), min(end, last))} & working
    if owes_from is not None:
        off |= {day for day in working if day < owes_from}
    return Attendance(len(working), len(off))


def _each(first: dt.date, last: dt.date) -> list[dt.date]:
    return [first + A_DAY * n for n in range((last - first).days + 1)]
