"""How many hours the program's own people have in a month: working days of their places, less their days away."""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from refprogram.governance.capacity import policy
from refprogram.people.calendars.selectors import default_calendar, working_time
from refprogram.people.calendars.working_time import WorkingTime
from refprogram.people.models import BusinessCalendar, Leave, User

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Staff:
    """The working days that the program's people have in each month, and those of somebody who would join them."""

    days: Mapping[dt.date, int]
    newcomer: Mapping[dt.date, int]

    def hours(self, month: dt.date, *, weekly: Decimal | None = None, more: int = 0) -> Decimal:
        """Return the hours of a month: as it is, or with another week, or with so many people more (less: fewer)."""
        a_day = (policy.now().weekly_hours if weekly is None else weekly) / policy.WORKDAYS
        days = self.days[month] + more * self.newcomer.get(month, 0)
        return (max(days, 0) * a_day).quantize(CENT)


def staff_in(months: Sequence[dt.date], *, newcomer: bool = False) -> Staff:
    """Return the program's days in each month (its first day), holidays and leave taken off.

    Five queries, however many people and months. `newcomer`: also the days of somebody new, by the usual calendar.
    """
    people = list(
        User.objects.filter(is_active=True, role__in=policy.STAFF).values_list("pk", "team__region__calendar_id")
    )
    places = _places({place for _pk, place in people} | ({None} if newcomer else set()))
    away = _away([pk for pk, _place in people], months)
    days = {month: sum(_days(month, places[place], away[pk]) for pk, place in people) for month in months}
    return Staff(days, {month: _days(month, places[None], set()) for month in months} if newcomer else {})


def hours_available(months: Sequence[dt.date]) -> dict[dt.date, Decimal]:
    """Return the hours that the program's people have in each month."""
    staff = staff_in(months)
    return {month: staff.hours(month) for month in months}


def _days(month: dt.date, place: WorkingTime, away: set[dt.date]) -> int:
    last = calendar.monthrange(month.year, month.month)[1]
    days = [month.replace(day=day) for day in range(1, last + 1)]
    return sum(1 for day in days if place.works_on(day) and day not in away)


def _places(keys: set[int | None]) -> Mapping[int | None, WorkingTime]:
    rows = BusinessCalendar.objects.filter(pk__in=[key for key in keys if key]).prefetch_related("days")
    found: dict[int | None, WorkingTime] = {row.pk: working_time(row) for row in rows}
    if keys - found.keys():
        default = working_time(default_calendar())
        found |= dict.fromkeys(keys - found.keys(), default)
    return found


def _away(people: Sequence[int], months: Sequence[dt.date]) -> Mapping[int, set[dt.date]]:
    """Return the days on which each of these people is away, from the first of the months to the end of the last."""
    first = min(months)
    last = max(months).replace(day=calendar.monthrange(max(months).year, max(months).month)[1])
    away: defaultdict[int, set[dt.date]] = defaultdict(set)
    for leave in Leave.objects.filter(user__in=people, starts_on__lte=last, ends_on__gte=first):
        day = max(leave.starts_on, first)
        while day <= min(leave.ends_on, last):
            away[leave.user_id].add(day)
            day += dt.timedelta(days=1)
    return away
