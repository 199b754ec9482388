"""A wave's life: start, pause, go on, end; and what time brings, cohort by cohort."""

import datetime as dt
from collections import Counter
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.models import Cohort, CohortMember, Wave
from nominations.waves.enums import WAVE_MOVES, WaveState
from nominations.waves.selectors import UNDER_WAY, Load
from nominations.waves.selectors.people import placed, unplaced
from nominations.waves.services.planning import lock, problems_of
from references.accounts import clock
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.moves import move
from refprogram.kernel.queueing import enqueue
from refprogram.kernel.stream import emit
from refprogram.people.calendars.selectors import default_calendar, working_time
from refprogram.people.models import User

W = WaveState
BATCH = 1_000


@transaction.atomic
def start_wave(*, wave: Wave, actor: User) -> Wave:
    """Begin: cohorts open on their days from now on. Refused while another wave runs or somebody is left out."""
    every = list(Wave.objects.select_for_update().order_by("pk"))  # all, in one order: two may be started at once
    running = next((row for row in every if row.state in UNDER_WAY and row.pk != wave.pk), None)
    wave = lock(wave)
    if running is not None:
        message = _("%(name)s is under way, and there is one room for screening: end it first.")
        raise DomainError(message % {"name": running.name})
    wrong = problems_of(wave)
    if wrong:
        raise DomainError(_("Cohort %(n)d: %(words)s") % {"n": wrong[0].number, "words": wrong[0].words})
    _postpone(wave)
    _move(wave, W.RUNNING)
    _tell("wave.started", wave, actor, cohorts=Cohort.objects.filter(wave=wave).count())
    enqueue("nominations.run_waves")
    return wave


@transaction.atomic
def pause_wave(*, wave: Wave, reason: str, actor: User | None, now: Load | None = None) -> Wave:
    """Open no further cohort, and queue what comes in. Without an actor the backlog paused it (`reason` is empty)."""
    wave = lock(wave)
    if actor is not None and not reason.strip():
        message = _("Say why: colleagues ask when their turn is.")
        raise InvalidInput(message, errors={"reason": message})
    wave.paused_at, wave.pause_reason = timezone.now(), reason.strip()[:200]
    _move(wave, W.PAUSED, "paused_at", "pause_reason")
    _tell("wave.paused", wave, actor, by_itself=actor is None, **_figures(wave, now))
    return wave


@transaction.atomic
def resume_wave(*, wave: Wave, actor: User | None, now: Load | None = None) -> Wave:
    """Go on. Cohorts whose day passed meanwhile, and all behind them, open so many days later."""
    wave = lock(wave)
    later = _postpone(wave)
    wave.paused_at, wave.pause_reason = None, ""
    _move(wave, W.RUNNING, "paused_at", "pause_reason")
    _tell("wave.resumed", wave, actor, by_itself=actor is None, later=later, **_figures(wave, now))
    enqueue("nominations.run_waves")
    return wave


@transaction.atomic
def end_wave(*, wave: Wave, actor: User | None) -> Wave:
    """End it for good: open cohorts close, and what waits in the queue is let in."""
    wave = lock(wave)
    _move(wave, W.ENDED)
    for cohort in _held(wave).filter(opened_at__isnull=False, closed_at__isnull=True):
        _close(cohort, wave)
    _tell("wave.ended", wave, actor)
    enqueue("nominations.run_waves")
    return wave


def _figures(wave: Wave, now: Load | None) -> dict[str, Any]:
    return {} if now is None else {"backlog": now.backlog, "days": round(now.days(wave), 1)}


def _move(wave: Wave, to: WaveState, *also: str) -> None:
    move(wave, to, moves=WAVE_MOVES, noun=_("wave"), also=also)


def _tell(topic: str, wave: Wave, actor: User | None, **payload: Any) -> None:
    emit(topic, subject=wave, actor_id=actor.person_id if actor else None, payload=payload)


def _held(wave: Wave) -> Any:
    return Cohort.objects.select_for_update().filter(wave=wave).order_by("number")


def _postpone(wave: Wave) -> int:
    """Move what is to come by as many days as the first of it is late; return how many."""
    to_come = list(_held(wave).filter(opened_at__isnull=True))
    if not to_come:
        return 0
    late = (clock.today() - to_come[0].opens_on).days
    if late <= 0:
        return 0
    for cohort in to_come:
        cohort.opens_on += dt.timedelta(days=late)
        cohort.closes_on += dt.timedelta(days=late)
        cohort.save(update_fields=["opens_on", "closes_on"])
    return late


# ---------------------------------------------------------------- what time brings


@transaction.atomic
def go_by_the_calendar(*, wave_id: int) -> int:
    """Close what is over, open what is due, and place newcomers; return how many colleagues were placed.

    A cohort opens on the first working day from its day on, in the program's calendar and zone; while the wave is
    paused none opens. A wave whose last cohort is over ends by itself. Safe to call twice and side by side.
    """
    wave = Wave.objects.select_for_update(of=("self",)).select_related("campaign").filter(pk=wave_id).first()
    if wave is None or wave.state not in UNDER_WAY:
        return 0
    today, cohorts = clock.today(), list(_held(wave))
    for cohort in cohorts:
        if cohort.opened_at is not None and cohort.closed_at is None and cohort.closes_on < today:
            _close(cohort, wave)
    opened = _open_due(cohorts, today) if wave.state == W.RUNNING else []
    placed_in = _place(wave, cohorts)
    for cohort in opened:
        emit("cohort.opened", subject=cohort, payload={"wave": wave.pk, "members": placed_in.get(cohort.pk, 0)})
    if all(cohort.closed_at is not None for cohort in cohorts):
        end_wave(wave=wave, actor=None)
    return sum(placed_in.values())


def _open_due(cohorts: list[Cohort], today: dt.date) -> list[Cohort]:
    due = [cohort for cohort in cohorts if cohort.opened_at is None and cohort.opens_on <= today]
    if not due or not working_time(default_calendar()).works_on(today):
        return []
    for cohort in due:
        cohort.opened_at = timezone.now()
        cohort.save(update_fields=["opened_at"])
    return due


def _place(wave: Wave, cohorts: list[Cohort]) -> dict[int, int]:
    """Write down who is in the cohorts that are open, newcomers too; return how many came into each."""
    open_now = {row.pk for row in cohorts if row.opened_at is not None and row.closed_at is None}
    people = unplaced(wave) if open_now else []
    where = {user: row.pk for user, row in placed(wave, cohorts, people).items() if row.pk in open_now}
    CohortMember.objects.bulk_create(
        [CohortMember(wave=wave, cohort_id=row, user_id=user) for user, row in where.items()], batch_size=BATCH
    )
    return dict(Counter(where.values()))


def _close(cohort: Cohort, wave: Wave) -> None:
    cohort.closed_at = timezone.now()
    cohort.save(update_fields=["closed_at"])
    emit("cohort.closed", subject=cohort, payload={"wave": wave.pk})
