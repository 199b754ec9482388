"""On which days colleagues work: their place's calendar, its holidays, their own leave. For many at once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from refprogram.kernel.models import Event
from refprogram.people.calendars.selectors import default_calendar, working_time
from refprogram.people.calendars.working_time import WorkingTime
from refprogram.people.models import BusinessCalendar, Leave, User
from refprogram.people.zones import known

A_DAY = dt.timedelta(days=1)
LEFT = "user.deactivated"


@dataclass(frozen=True)
class Workdays:
    """One colleague's working days, by their own clock."""

    zone: ZoneInfo
    time: WorkingTime
    away: tuple[tuple[dt.date, dt.date], ...] = ()

    def works_on(self, day: dt.date) -> bool:
        """Whether they work on it."""
        return self.time.works_on(day) and not any(first <= day <= last for first, last in self.away)

    def between(self, first: dt.date, last: dt.date) -> list[dt.date]:
        """Return their working days, both ends included."""
        return [day for n in range((last - first).days + 1) if self.works_on(day := first + A_DAY * n)]


def workdays_of(users: Iterable[User], first: dt.date) -> dict[int, Workdays]:
    """Return the working days of colleagues by their key, with all leave that ends on `first` or later.

    Who left works on no day after that one. The users come with person and team. A few queries, however many they are.
    """
    everybody = list(users)
    regions = {user.team.region_id for user in everybody if user.team is not None and user.team.region_id}
    rows = BusinessCalendar.objects.filter(regions__in=regions).prefetch_related("days", "regions").distinct()
    places = {region.pk: working_time(calendar) for calendar in rows for region in calendar.regions.all()}
    away: dict[int, list[tuple[dt.date, dt.date]]] = {}
    leaves = Leave.objects.filter(user__in=[user.pk for user in everybody], ends_on__gte=first)
    for key, starts_on, ends_on in leaves.values_list("user", "starts_on", "ends_on"):
        away.setdefault(key, []).append((starts_on, ends_on))
    left = left_at(user.pk for user in everybody if not user.is_active)
    office: WorkingTime | None = None
    found: dict[int, Workdays] = {}
    for user in everybody:
        time = places.get(user.team.region_id or 0) if user.team is not None else None
        if time is None:
            time = office = office or working_time(default_calendar())
        own = user.person.time_zone
        zone = ZoneInfo(own) if own in known() else time.zone
        if user.pk in left:
            away.setdefault(user.pk, []).append((left[user.pk].astimezone(zone).date() + A_DAY, dt.date.max))
        found[user.pk] = Workdays(zone, time, tuple(sorted(away.get(user.pk, ()))))
    return found


def left_at(user_ids: Iterable[int]) -> dict[int, dt.datetime]:
    """Return when colleagues left who are not here any more, by their key, as the stream tells it."""
    wanted = list(user_ids)
    if not wanted:
        return {}
    rows = Event.objects.filter(topic=LEFT, subject_type="user", subject_id__in=wanted).order_by("pk")
    return dict(rows.values_list("subject_id", "occurred_at"))
