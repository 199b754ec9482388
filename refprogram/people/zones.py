"""The time zones that a person can choose: those most people live in first, then all others by continent."""

import zoneinfo
from functools import cache
from typing import Final

from django.utils.translation import gettext_lazy as _

COMMON: Final = (
    "UTC",
    "Europe/London",
    "Europe/Amsterdam",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/Madrid",
    "Europe/Athens",
    "Africa/Johannesburg",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)
CONTINENTS: Final = (
    ("Africa", _("Africa")),
    ("America", _("America")),
    ("Asia", _("Asia")),
    ("Atlantic", _("Atlantic")),
    ("Australia", _("Australia")),
    ("Europe", _("Europe")),
    ("Indian", _("Indian Ocean")),
    ("Pacific", _("Pacific")),
)


def words(zone: str) -> str:
    """Return a zone as one reads it: "New York (America)", so that a city is found by its first letter."""
    continent, _slash, place = zone.partition("/")
    return f"{place.replace('_', ' ').replace('/', ', ')} ({continent})" if place else zone


@cache
def known() -> frozenset[str]:
    """Return every zone that a clock knows."""
    return frozenset(zoneinfo.available_timezones())


@cache
def choices() -> tuple[tuple[object, tuple[tuple[str, str], ...]], ...]:
    """Return the groups of a select; zones named above all are not named twice."""
    rest = sorted(known() - set(COMMON))
    groups: list[tuple[object, tuple[tuple[str, str], ...]]] = [
        (_("Most used"), tuple((zone, words(zone)) for zone in COMMON if zone in known()))
    ]
    for key, name in CONTINENTS:
        groups.append((name, tuple((zone, words(zone)) for zone in rest if zone.startswith(f"{key}/"))))
    return tuple(groups)
