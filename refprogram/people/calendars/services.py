"""Changing calendars: their hours, their days, and the public holidays of their country."""

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import holidays
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.calendars import hours, staleness
from refprogram.people.models import BusinessCalendar, CalendarDay, Region, User

YEARS_AHEAD = 2  # holidays are kept for this year and the next


@transaction.atomic
def open_calendar(*, actor: User, **facts: object) -> BusinessCalendar:
    """Make a calendar; see `change_calendar` for its facts."""
    return _keep(BusinessCalendar(), actor=actor, **facts)  # type: ignore[arg-type]


@transaction.atomic
def change_calendar(
    *, calendar: BusinessCalendar, actor: User, revision: int | None = None, **facts: object
) -> BusinessCalendar:
    """Change a calendar. Clocks that run keep the due time they have; what starts from now on counts by the new hours.

    Facts: name, time_zone, country, subdivision, week (weekday 0-6 -> hours as typed), regions, is_default. With the
    `revision` that was read, nothing is changed that somebody else changed since. Raises StaleCalendar.
    """
    locked = BusinessCalendar.objects.select_for_update().get(pk=calendar.pk)
    staleness.check_calendar(locked, revision, facts)
    return _keep(locked, actor=actor, **facts)  # type: ignore[arg-type]


def _keep(
    calendar: BusinessCalendar,
    *,
    actor: User,
    name: str,
    time_zone: str,
    week: Mapping[int, str],
    country: str = "",
    subdivision: str = "",
    regions: Sequence[Region] = (),
    is_default: bool = False,
) -> BusinessCalendar:
    moved = (calendar.country, calendar.subdivision) != (country, subdivision)
    was_default = calendar.is_default
    calendar.name, calendar.time_zone = name.strip(), time_zone
    calendar.country, calendar.subdivision = country, subdivision
    calendar.hours = _check(calendar, week)
    if is_default and not was_default:
        BusinessCalendar.objects.filter(is_default=True).update(is_default=False)
    calendar.is_default = is_default or was_default  # there is always one: another takes its place, nobody removes it
    calendar.revision += 1
    calendar.save()
    calendar.regions.exclude(pk__in=[r.pk for r in regions]).update(calendar=None)
    Region.objects.filter(pk__in=[r.pk for r in regions]).update(calendar=calendar)
    if moved:
        calendar.days.filter(from_country=True).delete()
        take_holidays(calendar=calendar)
    emit("calendar.changed", subject=calendar, actor_id=actor.person_id)
    return calendar


def _check(calendar: BusinessCalendar, week: Mapping[int, str]) -> dict[str, hours.Kept]:
    """Return the week as it is kept; refuse, field by field, what cannot be."""
    problems = _place_problems(calendar)
    kept = {}
    for day in range(7):
        try:
            kept[str(day)] = hours.parse(week.get(day, ""))
        except InvalidInput as error:
            problems[f"day_{day}"] = error.message
    if not problems and not any(kept.values()):
        problems["day_0"] = _("Somebody has to work on some day, or no clock would ever run.")
    if problems:
        raise InvalidInput(" ".join(problems.values()), errors=problems)
    return kept


def _place_problems(calendar: BusinessCalendar) -> dict[str, str]:
    problems = {}
    if not calendar.name:
        problems["name"] = _("Give it a name.")
    elif BusinessCalendar.objects.filter(name__iexact=calendar.name).exclude(pk=calendar.pk).exists():
        problems["name"] = _("There is a calendar of this name.")
    try:
        ZoneInfo(calendar.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        problems["time_zone"] = _("There is no such time zone.")
    if calendar.country and not knows(calendar.country):
        problems["country"] = _("We do not know the public holidays of this country.")
    elif calendar.subdivision and not knows(calendar.country, calendar.subdivision):
        problems["subdivision"] = _("There is no such part of this country.")
    return problems


def knows(country: str, subdivision: str = "") -> bool:
    """Whether public holidays of a country (ISO 3166 code), and of a part of it, are known."""
    known = holidays.list_supported_countries()
    return country in known and (not subdivision or subdivision in known[country])


@transaction.atomic
def take_holidays(*, calendar: BusinessCalendar) -> int:
    """Write down the public holidays of this year and the next; days set by hand stay as they are. Returns how many."""
    if not calendar.country:
        return 0
    this_year = timezone.localdate().year
    found = holidays.country_holidays(
        calendar.country, subdiv=calendar.subdivision or None, years=range(this_year, this_year + YEARS_AHEAD)
    )
    known = set(calendar.days.values_list("on", flat=True))
    new = [
        CalendarDay(calendar=calendar, on=day, name=name[:120], from_country=True, revision=calendar.revision)
        for day, name in sorted(found.items())
        if day not in known
    ]
    CalendarDay.objects.bulk_create(new)
    return len(new)


def take_all_holidays() -> int:
    """Write down the holidays of the year to come for every calendar. Beat calls it."""
    return sum(take_holidays(calendar=calendar) for calendar in BusinessCalendar.objects.exclude(country=""))


@transaction.atomic
def set_day(
    *,
    calendar: BusinessCalendar,
    on: dt.date,
    name: str,
    typed: str = "",
    actor: User,
    revision: int | None = None,
) -> CalendarDay:
    """Say how one day differs: closed, or open at other hours. A day that was said before is said anew.

    With the `revision` that was read, a day that somebody else said since stays. Raises StaleCalendar.
    """
    locked = BusinessCalendar.objects.select_for_update().get(pk=calendar.pk)
    if not name.strip():
        raise InvalidInput(_("Say what day it is."), errors={"name": _("Say what day it is.")})
    try:
        kept = hours.parse(typed)
    except InvalidInput as error:
        raise InvalidInput(error.message, errors={"hours": error.message}) from None
    staleness.check_day(locked, on, revision, said=(name.strip(), kept))
    facts = {"name": name.strip(), "hours": kept, "from_country": False, "revision": _count(locked)}
    day, _new = CalendarDay.objects.update_or_create(calendar=locked, on=on, defaults=facts)
    emit("calendar.changed", subject=calendar, actor_id=actor.person_id, payload={"day": on.isoformat()})
    return day


@transaction.atomic
def clear_day(*, calendar: BusinessCalendar, on: dt.date, actor: User, revision: int | None = None) -> None:
    """Let a day be a day like any other of its week; not one that somebody else said since `revision` was read."""
    locked = BusinessCalendar.objects.select_for_update().get(pk=calendar.pk)
    staleness.check_day(locked, on, revision, said=None)
    gone, _rows = locked.days.filter(on=on).delete()
    if not gone:
        raise DomainError(_("Nothing was said about this day."))
    _count(locked)
    emit("calendar.changed", subject=calendar, actor_id=actor.person_id, payload={"day": on.isoformat()})


def _count(calendar: BusinessCalendar) -> int:
    calendar.revision += 1
    calendar.save(update_fields=["revision", "updated_at"])
    return calendar.revision
