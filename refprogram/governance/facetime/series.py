"""Many slots at once: the same weekday and hour for some weeks, without days on which nobody works. Pure."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from refprogram.people.calendars.working_time import WorkingTime

A_WEEK = dt.timedelta(days=7)


@dataclass(frozen=True)
class Planned:
    """The slots of a series, and the days that were left out."""

    starts: list[dt.datetime]
    closed: list[dt.date]
    away: list[dt.date]


def weekly(
    first: dt.date,
    at: dt.time,
    weeks: int,
    *,
    zone: ZoneInfo,
    works: WorkingTime,
    away: Iterable[tuple[dt.date, dt.date]],
) -> Planned:
    """Return one slot a week from `first` on, by the executive's own clock: it stays 16:00 when the clocks change.

    Days on which their place does not work, and days on which they are away, are left out, not moved.
    """
    absent = _days(away)
    planned = Planned([], [], [])
    for week in range(weeks):
        day = first + week * A_WEEK
        if not works.works_on(day):
            planned.closed.append(day)
        elif day in absent:
            planned.away.append(day)
        else:
            planned.starts.append(dt.datetime.combine(day, at, tzinfo=zone).astimezone(dt.UTC))
    return planned


def _days(spans: Iterable[tuple[dt.date, dt.date]]) -> Collection[dt.date]:
    return {first + dt.timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)}
