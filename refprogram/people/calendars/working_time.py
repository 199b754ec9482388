"""Counting working time. Pure: no database, no settings, no "now".

A place's hours are wall-clock times ("09:00"), so a working day keeps its length in minutes when the clocks change at
night; a span that lies across the change is as long as it really was. An instant is always an aware datetime.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

Span = tuple[dt.time, dt.time]  # midnight as an end means the end of the day
Stretch = tuple[dt.datetime, dt.datetime]  # two instants in UTC

MIDNIGHT = dt.time(0)
A_DAY = dt.timedelta(days=1)
# Past so many closed days in a row there is no next working moment worth waiting for.
LONGEST_GAP_DAYS = 400


class NeverOpen(ValueError):
    """No working moment lies within the next `LONGEST_GAP_DAYS` days."""


@dataclass(frozen=True)
class WorkingTime:
    """When a place works: spans for each weekday (Monday first), and days that differ (no spans: closed)."""

    zone: ZoneInfo
    week: Sequence[Sequence[Span]]
    days: Mapping[dt.date, Sequence[Span]] = field(default_factory=dict)

    def spans(self, day: dt.date) -> Sequence[Span]:
        """Return the spans of one day, in the place's own wall-clock time."""
        return self.days.get(day, self.week[day.weekday()])

    def stretches(self, day: dt.date) -> list[Stretch]:
        """Return the working stretches of one day as instants in UTC.

        Where a wall-clock time occurs twice, a start means the first and an end the second; where it does not occur
        (the clocks go forward), either means as much later.
        """
        return [
            (self._instants(day, start)[0], max(self._instants(day + A_DAY if end == MIDNIGHT else day, end)))
            for start, end in self.spans(day)
        ]

    def _instants(self, day: dt.date, time: dt.time) -> tuple[dt.datetime, dt.datetime]:
        """Return both readings of a wall-clock time: they differ only where the clocks change."""
        local = dt.datetime.combine(day, time, tzinfo=self.zone)
        return local.astimezone(dt.UTC), local.replace(fold=1).astimezone(dt.UTC)

    def open_at(self, at: dt.datetime) -> bool:
        """Whether people work at this instant (the end of a span is no longer one)."""
        return any(a <= at < b for a, b in self._around(at))

    def works_on(self, day: dt.date) -> bool:
        """Whether it is a working day at all."""
        return bool(self.spans(day))

    def between(self, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
        """Return how much working time lies between two instants; negative if the second is the earlier."""
        # Two times of one zone are compared and subtracted by their wall clocks: only in UTC is that their distance.
        start, end = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
        if end < start:
            return -self.between(end, start)
        total = dt.timedelta()
        day, last = self._local_day(start), self._local_day(end)
        while day <= last:
            for a, b in self.stretches(day):
                total += max(dt.timedelta(), min(b, end) - max(a, start))
            day += A_DAY
        return total

    def add(self, start: dt.datetime, time: dt.timedelta) -> dt.datetime:
        """Return the first instant at which `time` of work has passed since `start` (in UTC).

        No time at all leads to `start` itself while people work, else to the next moment when they do.
        Raises NeverOpen, and ValueError for a negative time.
        """
        if time < dt.timedelta():
            message = "working time is not counted backwards"
            raise ValueError(message)
        left, start = time, start.astimezone(dt.UTC)
        for a, b in self._from(start):
            begin = max(a, start)
            if left <= b - begin and (left or begin < b):
                return begin + left
            left -= b - begin
        raise NeverOpen  # pragma: no cover - _from raises before it ends

    def add_days(self, day: dt.date, days: int) -> dt.date:
        """Return the day `days` working days after `day`; with 0, the first working day from `day` on."""
        left, closed = days, 0
        while left > 0 or not self.works_on(day):
            day += A_DAY
            works = self.works_on(day)
            left -= works
            closed = 0 if works else closed + 1
            if closed > LONGEST_GAP_DAYS:
                raise NeverOpen
        return day

    def days_between(self, first: dt.date, last: dt.date) -> int:
        """Return how many working days lie from `first` to `last`, both included."""
        return sum(self.works_on(first + A_DAY * n) for n in range((last - first).days + 1))

    def day_length(self) -> dt.timedelta:
        """Return what "one working day" is worth: the longest day of the week."""
        return max((_length(spans) for spans in self.week), default=dt.timedelta())

    def _local_day(self, at: dt.datetime) -> dt.date:
        return at.astimezone(self.zone).date()

    def _around(self, at: dt.datetime) -> list[Stretch]:
        day = self._local_day(at)
        return [*self.stretches(day - A_DAY), *self.stretches(day)]

    def _from(self, start: dt.datetime) -> Iterator[Stretch]:
        """Yield the stretches that end after `start`, forever. Raises NeverOpen."""
        day, closed = self._local_day(start), 0
        while closed <= LONGEST_GAP_DAYS:
            stretches = [s for s in self.stretches(day) if s[1] > start]
            closed = 0 if stretches else closed + 1
            yield from stretches
            day += A_DAY
        raise NeverOpen


def _length(spans: Sequence[Span]) -> dt.timedelta:
    any_day = dt.date(2000, 1, 1)
    return sum(
        (
            dt.datetime.combine(any_day + A_DAY if end == MIDNIGHT else any_day, end)
            - dt.datetime.combine(any_day, start)
            for start, end in spans
        ),
        dt.timedelta(),
    )
