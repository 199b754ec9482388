"""Reading calendars: which one holds for whom, and what it says."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from refprogram.people.calendars import hours
from refprogram.people.calendars.working_time import WorkingTime
from refprogram.people.models import BusinessCalendar, CalendarDay, Region, User
from refprogram.people.zones import known

OFFICE_HOURS = {str(day): [["09:00", "17:00"]] for day in range(5)}


def calendars() -> QuerySet[BusinessCalendar]:
    """Return every calendar, with how many regions follow it."""
    return BusinessCalendar.objects.annotate(followers=Count("regions")).order_by("name")


def default_calendar() -> BusinessCalendar:
    """Return the calendar for whoever has none of their own; made when first needed: Monday to Friday, nine to five."""
    return BusinessCalendar.objects.prefetch_related("days").get_or_create(
        is_default=True,
        defaults={"name": _("Office hours"), "time_zone": settings.TIME_ZONE, "hours": OFFICE_HOURS},
    )[0]


def calendar_of(whose: User | Region | None) -> BusinessCalendar:
    """Return the calendar of a region, or of a colleague's team's region, with its days; else the default."""
    if whose is None:
        return default_calendar()
    follower = {"regions__teams__members": whose} if isinstance(whose, User) else {"regions": whose}
    return BusinessCalendar.objects.prefetch_related("days").filter(**follower).first() or default_calendar()


def zone_of_region(region_id: int) -> str:
    """Return the time zone of a region's own calendar; empty where it has none."""
    return BusinessCalendar.objects.filter(regions=region_id).values_list("time_zone", flat=True).first() or ""


def working_time(calendar: BusinessCalendar) -> WorkingTime:
    """Return the calendar as something to count with (one query: its days)."""
    return WorkingTime(
        zone=ZoneInfo(calendar.time_zone),
        week=tuple(hours.spans(calendar.hours.get(str(day), ())) for day in range(7)),
        days={day.on: hours.spans(day.hours) for day in calendar.days.all()},
    )


def hours_of(user: User) -> WorkingTime:
    """Return when a colleague works: the hours of their place, read by their own clock where they chose a time zone."""
    works = working_time(calendar_of(user))
    own = user.person.time_zone
    return replace(works, zone=ZoneInfo(own)) if own in known() else works


def days_from(calendar: BusinessCalendar, first: dt.date) -> QuerySet[CalendarDay]:
    """Return the days that differ, from a day on."""
    return calendar.days.filter(on__gte=first)
