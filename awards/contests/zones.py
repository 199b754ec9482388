"""Moments of a contest in its own zone: read from what somebody typed, and said in words. Pure.

A wall clock shows some times twice and leaves some out when clocks change. A time that is left out is refused; of a
time that comes twice the later one is meant, for what is typed is mostly a deadline.
"""

import datetime as dt
import functools
import zoneinfo
from typing import Final

from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.templatetags import rp

# Beyond these the arithmetic of zones runs over the ends of what a clock can say.
EARLIEST: Final = 2000
LATEST: Final = 2200


@functools.cache
def names() -> tuple[str, ...]:
    """Return the zones that may be chosen, by name."""
    return tuple(sorted(zone for zone in zoneinfo.available_timezones() if "/" in zone or zone == "UTC"))


def zone_of(name: str) -> zoneinfo.ZoneInfo:
    """Return a zone by its name. Raises InvalidInput for one that there is not."""
    if name not in names():
        sentence = _("There is no time zone of this name.")
        raise InvalidInput(sentence, errors={"zone": sentence})
    return zoneinfo.ZoneInfo(name)


def instant(wall: dt.datetime, zone: zoneinfo.ZoneInfo, *, field: str = "") -> dt.datetime:
    """Return the moment at which a clock in the zone shows `wall`, in UTC."""
    if not EARLIEST <= wall.year <= LATEST:
        raise _refusal(_("Choose a date between 2000 and 2200."), field)
    if wall.tzinfo is not None:
        moment = wall.astimezone(dt.UTC)
    else:
        moment = wall.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)
        if moment.astimezone(zone).replace(tzinfo=None) != wall:
            sentence = _("Clocks in %(zone)s are put forward over this time: it does not exist on that day.")
            raise _refusal(sentence % {"zone": zone.key}, field)
    return moment


def _refusal(sentence: str, field: str) -> InvalidInput:
    return InvalidInput(sentence, errors={field: sentence} if field else {})


def own_or(name: str, zone: zoneinfo.ZoneInfo) -> zoneinfo.ZoneInfo:
    """Return the zone somebody chose for themselves; where they chose none, this one."""
    return zoneinfo.ZoneInfo(name) if name in names() else zone


def moved(moment: dt.datetime, old: zoneinfo.ZoneInfo, new: zoneinfo.ZoneInfo, *, field: str = "") -> dt.datetime:
    """Return the moment at which a clock in the new zone shows what a clock in the old one showed."""
    return instant(moment.astimezone(old).replace(tzinfo=None), new, field=field)


def end_of_day(day: dt.date, zone: zoneinfo.ZoneInfo, at: dt.time = dt.time(18)) -> dt.datetime:
    """Return the moment on a day at which a working day is over; a time that clocks jump over is the one after."""
    return dt.datetime.combine(day, at, tzinfo=zone).astimezone(dt.UTC)


def said(moment: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """Return a moment in words, with its zone: 5 February 2027, 18:00 CET."""
    local = moment.astimezone(zone)
    return _("%(day)s, %(time)s %(zone)s") % {
        "day": rp.day(local.date()),
        "time": f"{local:%H:%M}",
        "zone": short(moment, zone),
    }


def said_for(moment: dt.datetime, zone: zoneinfo.ZoneInfo, own: zoneinfo.ZoneInfo | None) -> str:
    """Return a moment in words and, for a reader whose clock is known to show another time, that time too."""
    here = said(moment, zone)
    if own is None or moment.astimezone(own).utcoffset() == moment.astimezone(zone).utcoffset():
        return here
    return _("%(here)s (with you: %(there)s)") % {"here": here, "there": said(moment, own)}


def short(moment: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    """Return what the zone is called at a moment: CET, or UTC+05:30 where it has no letters of its own."""
    name = moment.astimezone(zone).tzname() or ""
    return name if name[:1].isalpha() else f"UTC{name[:3]}:{name[3:] or '00'}"
