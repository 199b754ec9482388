"""Clocks of service levels: so much working time for one thing; they stand still while somebody else is waited for.

A clock belongs to (kind, subject) and keeps the calendar it was started with. Each verb locks its clock's row and is
called inside the transaction of what causes it. `due_at` is stored, so that lists sort and sweeps find by it.
"""

import datetime as dt

from django.db import models, transaction
from django.utils import timezone

from refprogram.kernel.stream import Subject, subject_of
from refprogram.people.calendars.selectors import working_time
from refprogram.people.models import BusinessCalendar, ClockPause, SlaClock, User

MINUTE = dt.timedelta(minutes=1)


@transaction.atomic
def start_clock(
    *,
    kind: str,
    subject: models.Model | Subject,
    calendar: BusinessCalendar,
    minutes: int | None = None,
    days: int | None = None,
    at: dt.datetime | None = None,
) -> SlaClock:
    """Start the clock of one thing: `minutes` of working time, or `days` of the calendar's longest day."""
    about = subject if isinstance(subject, Subject) else subject_of(subject)
    start = at or timezone.now()
    time = working_time(calendar)
    allowed = MINUTE * minutes if minutes is not None else time.day_length() * (days or 0)
    clock = SlaClock(
        kind=kind,
        subject_type=about.type,
        subject_id=about.id,
        calendar=calendar,
        minutes=allowed // MINUTE,
        started_at=start,
        due_at=time.add(start, allowed),
    )
    clock.save(force_insert=True)
    return clock


@transaction.atomic
def pause_clock(
    *, kind: str, subject: models.Model | Subject, reason: str, by: User | None, at: dt.datetime | None = None
) -> SlaClock | None:
    """Let the clock stand still, for a reason; a clock that stands, was stopped, or never ran is left alone."""
    clock = _locked(kind, subject)
    if clock is None or clock.stopped_at is not None or clock.paused_at is not None:
        return clock
    clock.paused_at, clock.pause_reason = at or timezone.now(), reason
    clock.save(update_fields=["paused_at", "pause_reason"])
    ClockPause.objects.create(clock=clock, starts_at=clock.paused_at, reason=reason, by=by)
    return clock


@transaction.atomic
def resume_clock(*, kind: str, subject: models.Model | Subject, at: dt.datetime | None = None) -> SlaClock | None:
    """Let it run on: what was left at the pause is left now. A clock that was late already keeps its due time."""
    clock = _locked(kind, subject)
    if clock is None or clock.stopped_at is not None or clock.paused_at is None:
        return clock
    now, time = at or timezone.now(), working_time(clock.calendar)
    left = MINUTE * clock.minutes - _used(clock, clock.paused_at)
    clock.paused_minutes += time.between(clock.paused_at, now) // MINUTE
    if left > dt.timedelta():
        clock.due_at = time.add(now, left)
    _end_pause(clock, now)
    clock.save(update_fields=["paused_at", "pause_reason", "paused_minutes", "due_at"])
    return clock


@transaction.atomic
def stop_clock(*, kind: str, subject: models.Model | Subject, at: dt.datetime | None = None) -> SlaClock | None:
    """Stop it for good and keep how much working time was used; a second stop changes nothing."""
    clock = _locked(kind, subject)
    if clock is None or clock.stopped_at is not None:
        return clock
    now = at or timezone.now()
    if clock.paused_at is not None:
        clock.paused_minutes += working_time(clock.calendar).between(clock.paused_at, now) // MINUTE
        _end_pause(clock, now)
    clock.stopped_at, clock.used_minutes = now, max(0, _used(clock, now) // MINUTE)
    clock.save(update_fields=["paused_at", "pause_reason", "paused_minutes", "stopped_at", "used_minutes"])
    return clock


def _locked(kind: str, subject: models.Model | Subject) -> SlaClock | None:
    about = subject if isinstance(subject, Subject) else subject_of(subject)
    clocks = SlaClock.objects.select_for_update(of=("self",)).select_related("calendar")
    return clocks.filter(kind=kind, subject_type=about.type, subject_id=about.id).first()


def _used(clock: SlaClock, until: dt.datetime) -> dt.timedelta:
    passed = working_time(clock.calendar).between(clock.started_at, until)
    return passed - MINUTE * clock.paused_minutes


def _end_pause(clock: SlaClock, now: dt.datetime) -> None:
    clock.pauses.filter(ends_at__isnull=True).update(ends_at=now)
    clock.paused_at, clock.pause_reason = None, ""
