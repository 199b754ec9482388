"""When a contest opens, closes and announces: counted backwards from its event, and what may still be moved."""

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import zones
from awards.contests.enums import ContestState
from awards.contests.models import Contest
from awards.contests.policy import Figures
from awards.contests.services.rows import refusal
from refprogram.kernel.errors import InvalidInput

S = ContestState
LEAST_DAYS: Final = 14
BEFORE_ANNOUNCING: Final = dt.timedelta(days=1)  # votes are confirmed, looked at, counted by two
OPENING: Final = dt.time(9)
BEFORE_OPEN = (S.DRAFT, S.ANNOUNCED)
BEFORE_CLOSE = (*BEFORE_OPEN, S.OPEN)
BEFORE_PUBLICATION = (*BEFORE_CLOSE, S.CLOSED, S.SCREENING, S.JUDGING, S.DELIBERATION, S.DECIDED)


@dataclass(frozen=True)
class Windows:
    """When entries open and close."""

    opens_at: dt.datetime
    closes_at: dt.datetime


def squeeze(event_day: dt.date, today: dt.date, figures: Figures) -> float:
    """Return by how much every step is shortened: 1 where there is time enough."""
    left = (event_day - today).days
    return max(0.0, min(1.0, left / figures.team_ahead))


def ahead(days: float, share: float) -> dt.timedelta:
    """Return so many days ahead of the event, shortened."""
    return dt.timedelta(days=round(days * share))


def windows(event_at: dt.datetime, zone: zoneinfo.ZoneInfo, figures: Figures, *, today: dt.date) -> Windows:
    """Return when entries open and close for an event. Raises InvalidInput where it is too near for any contest."""
    event_day = event_at.astimezone(zone).date()
    if (event_day - today).days < LEAST_DAYS:
        sentence = _("The event is in less than %(n)d days: no contest fits in.") % {"n": LEAST_DAYS}
        raise refusal("event_at", sentence)
    share = squeeze(event_day, today, figures)
    closing = min(figures.closes_ahead, figures.opens_ahead - 1)
    closes_on = event_day - max(dt.timedelta(days=1), ahead(closing, share))
    opens_on = min(event_day - ahead(figures.opens_ahead, share), closes_on - dt.timedelta(days=1))
    opens_at = dt.datetime.combine(opens_on, OPENING, tzinfo=zone).astimezone(dt.UTC)
    return Windows(opens_at, zones.end_of_day(closes_on, zone))


def check(contest: Contest, new: Mapping[str, Any]) -> None:
    """Raise InvalidInput with the fields whose new moments do not follow each other, or break a promise."""
    errors = _order(new)
    for name, still in (("opens_at", BEFORE_OPEN), ("closes_at", BEFORE_CLOSE), ("announce_at", BEFORE_PUBLICATION)):
        if new[name] != getattr(contest, name) and contest.state not in still:
            errors[name] = _("That is over: it stays as it was.")
    if contest.state != S.DRAFT and not errors.get("closes_at"):
        errors |= _promise(contest, new)
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


def _order(new: Mapping[str, Any]) -> dict[str, str]:
    errors: dict[str, str] = {}
    if new["closes_at"] <= new["opens_at"]:
        errors["closes_at"] = _("Entries close before they open.")
    if new["announce_at"] <= new["closes_at"]:
        errors["announce_at"] = _("Winners are announced after entries have closed.")
    begin, end = new["votes_open_at"], new["votes_close_at"]
    if (begin is None) != (end is None):
        errors["votes_close_at" if end is None else "votes_open_at"] = _("Give both ends of the public vote, or none.")
    elif begin is not None and end <= begin:
        errors["votes_close_at"] = _("The public vote ends before it begins.")
    elif begin is not None and end > new["announce_at"] - BEFORE_ANNOUNCING:
        errors["votes_close_at"] = _("The public vote ends at least a day before the winners are announced.")
    return errors


def _promise(contest: Contest, new: Mapping[str, Any]) -> dict[str, str]:
    """Return what would take back a deadline that was announced. A later one may be given to everybody."""
    if contest.state not in BEFORE_CLOSE:
        return {}
    if new["closes_at"] < contest.closes_at:
        return {"closes_at": _("This deadline was announced: it may become later, not earlier.")}
    if new["grace_minutes"] < contest.grace_minutes:
        return {"grace_minutes": _("This grace was announced: it may become longer, not shorter.")}
    if new["closes_at"] != contest.closes_at and new["closes_at"] <= timezone.now():
        return {"closes_at": _("This moment is over.")}
    return {}
