"""Pacing: what waits is let in as room frees; cohorts wait while the screeners cannot follow."""

from django.db import transaction

from nominations import services as nominations
from nominations.enums import NominationState
from nominations.models import Nomination, Wave
from nominations.waves.enums import WaveState
from nominations.waves.selectors import UNDER_WAY, Load, expected_day, load
from nominations.waves.services.running import pause_wave, resume_wave
from refprogram.people.calendars.selectors import default_calendar, working_time

# Let in so many in one step: without a wave, a long queue empties over a few ticks of the clock.
MOST_AT_ONCE = 200


@transaction.atomic
def admit() -> int:
    """Let in whom there is room for, who waits longest first; without a wave under way, everybody. Return how many.

    Safe side by side: the wave's row is held meanwhile, as by whoever nominates.
    """
    wave = Wave.objects.select_for_update().filter(state__in=UNDER_WAY).order_by("pk").first()
    now = load()
    if not now.queued:
        return 0
    room = MOST_AT_ONCE if wave is None else wave.in_work - now.in_work
    if room <= 0:
        return 0
    waiting = Nomination.objects.select_for_update(skip_locked=True).filter(state=NominationState.QUEUED)
    first = list(waiting.order_by("submitted_at", "pk")[: min(room, MOST_AT_ONCE)])
    for nomination in first:
        nominations.admit(nomination=nomination)
    return len(first)


@transaction.atomic
def keep_pace() -> Wave | None:
    """Pause the wave when the backlog is more than it may be, go on below half of that; return the wave if it moved.

    Who paused it by hand lets it go on by hand.
    """
    wave = Wave.objects.select_for_update(of=("self",)).filter(state__in=UNDER_WAY).order_by("pk").first()
    if wave is None:
        return None
    now = load()
    days = now.days(wave)
    if wave.state == WaveState.RUNNING and days > wave.pause_after_days:
        return pause_wave(wave=wave, reason="", actor=None, now=now)
    by_itself = wave.state == WaveState.PAUSED and not wave.pause_reason
    if by_itself and days < wave.pause_after_days / 2:
        return resume_wave(wave=wave, actor=None, now=now)
    return None


@transaction.atomic
def expect_anew() -> int:
    """Work out anew when the turn of each in the queue is expected; return how many dates changed."""
    wave = Wave.objects.filter(state__in=UNDER_WAY).order_by("pk").first()
    if wave is None:
        return 0
    waiting = Nomination.objects.select_for_update(skip_locked=True).filter(state=NominationState.QUEUED)
    rows = list(waiting.order_by("submitted_at", "pk").only("pk", "expected_on"))
    if not rows:
        return 0
    works, now = working_time(default_calendar()), load()
    changed = []
    for place, row in enumerate(rows, 1):
        day = expected_day(wave, Load(now.in_work, 0), place=place, works=works)
        if row.expected_on != day:
            row.expected_on = day
            changed.append(row)
    Nomination.objects.bulk_update(changed, ["expected_on"], batch_size=500)
    return len(changed)
