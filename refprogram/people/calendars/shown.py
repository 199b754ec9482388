"""Calendars in words: the week in short, the country, how a day differs."""

from itertools import groupby
from typing import NamedTuple

from babel import Locale
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from refprogram.people.calendars import hours
from refprogram.people.models import BusinessCalendar, CalendarDay


class WeekDay(NamedTuple):
    """One line of the week."""

    name: str
    hours: str


def week(calendar: BusinessCalendar) -> list[WeekDay]:
    """Return the seven days, each with its hours in words."""
    return [WeekDay(str(WEEKDAYS[day]), _hours(calendar, day)) for day in range(7)]


def typed_week(calendar: BusinessCalendar) -> list[str]:
    """Return the seven days' hours as somebody would type them; closed days are empty."""
    return [hours.words(calendar.hours.get(str(day), [])) for day in range(7)]


def week_words(calendar: BusinessCalendar) -> str:
    """Return the week in one line: Mon–Fri 09:00–17:30."""
    parts = []
    for said, days in groupby(range(7), key=lambda day: _hours(calendar, day)):
        run = list(days)
        if calendar.hours.get(str(run[0])):
            first, last = str(WEEKDAYS_ABBR[run[0]]), str(WEEKDAYS_ABBR[run[-1]])
            parts.append(f"{first if first == last else f'{first}–{last}'} {said}")
    return " · ".join(parts)


def _hours(calendar: BusinessCalendar, day: int) -> str:
    return hours.words(calendar.hours.get(str(day), [])) or _("closed")


def countries() -> dict[str, str]:
    """Return the names of countries in the reader's language, by ISO 3166 code."""
    locale = Locale.parse(to_locale(get_language() or "en"))
    return {code: name for code, name in locale.territories.items() if len(code) == 2 and code.isalpha()}


def place(calendar: BusinessCalendar) -> str:
    """Return the country (and its part) whose holidays it keeps."""
    if not calendar.country:
        return ""
    name = countries().get(calendar.country, calendar.country)
    return f"{name} ({calendar.subdivision})" if calendar.subdivision else name


def day_words(day: CalendarDay) -> str:
    """Return how a day differs."""
    return hours.words(day.hours) or _("closed")
