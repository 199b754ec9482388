"""The service-level clock: working days (Monday to Friday) and how a request stands against its limit."""

import datetime as dt
from typing import Literal, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from references.requests import policy
from references.requests.enums import MATCHABLE, RequestState
from references.requests.models import ReferenceRequest
from refprogram.kernel.templatetags.rp import relative_words
from refprogram.people.calendars.working_time import WorkingTime

SATURDAY = 5


class Clock(NamedTuple):
    """How a request stands: words, share of the time that is gone, tone of the clock (ok, risk, late)."""

    words: str
    share: float
    state: Literal["ok", "risk", "late"]
    running: bool = True


def working_days_after(day: dt.date, days: int) -> dt.date:
    """Return the day that lies `days` working days after `day`; with 0, the first working day from `day` on."""
    left = days
    while left > 0 or day.weekday() >= SATURDAY:
        day += dt.timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def due(start: dt.datetime, days: int) -> dt.datetime:
    """Return the same time of day, `days` working days after `start` (which counts from Monday 9:00 on a weekend)."""
    local = timezone.localtime(start)
    if local.weekday() >= SATURDAY:
        monday = working_days_after(local.date(), 0)
        local = dt.datetime.combine(monday, dt.time(9, 0), tzinfo=local.tzinfo)
    return dt.datetime.combine(working_days_after(local.date(), days), local.timetz())


def due_at_work(start: dt.datetime, days: int, works: WorkingTime) -> dt.datetime:
    """Return the same time of day, `days` of somebody's working days after `start`; outside their hours, the day's end.

    On a day off it counts from the next working day.
    """
    local = start.astimezone(works.zone)
    day = works.add_days(works.add_days(local.date(), 0), days)
    at = dt.datetime.combine(day, local.time(), tzinfo=works.zone)
    return at if works.open_at(at) else works.stretches(day)[-1][1]


def end_of(day: dt.date, works: WorkingTime) -> dt.datetime:
    """Return when somebody's working day ends; on a day off, when the next one does."""
    return works.stretches(works.add_days(day, 0))[-1][1]


def slots(today: dt.date, needed_by: dt.date) -> list[dt.datetime]:
    """Return the times that a customer may tick, without a zone: they mean the customer's own clock.

    They lie after tomorrow, or begin tomorrow where that would be too late; none lies after the day it is needed.
    """
    day = working_days_after(today, 1)
    if working_days_after(day, 1) > needed_by:
        day = today
    found: list[dt.datetime] = []
    for _round in range(policy.now().slot_days):
        day = working_days_after(day, 1)
        found += [dt.datetime.combine(day, dt.time(hour)) for hour in policy.now().slot_hours if day <= needed_by]
    return found


def clock_of(request: ReferenceRequest, *, now: dt.datetime | None = None) -> Clock | None:
    """Return the clock to show; None where no limit runs or ran (refused, withdrawn)."""
    now = now or timezone.now()
    if request.state == RequestState.NEEDS_INFO:
        return Clock(_("Paused"), 0, "ok", running=False)
    if request.confirmed_at is not None:
        in_time = request.confirmed_at <= request.due_at
        return Clock(_("In time") if in_time else _("Late"), 1, "ok" if in_time else "late", running=False)
    if request.state not in MATCHABLE:
        return None
    return _running(request, now)


def until_due(request: ReferenceRequest, *, now: dt.datetime | None = None) -> str:
    """Return how far away the limit is, in words: in 2 days, yesterday."""
    return relative_words((request.due_at - (now or timezone.now())).total_seconds())


def _running(request: ReferenceRequest, now: dt.datetime) -> Clock:
    left = request.due_at - now
    total = (request.due_at - request.submitted_at).total_seconds() or 1
    share = 1 - left.total_seconds() / total
    words = _("Due %(when)s") % {"when": until_due(request, now=now)}
    if left <= dt.timedelta(0):
        return Clock(words, 1, "late")
    return Clock(words, share, "risk" if left <= policy.now().at_risk else "ok")
