"""What time alone brings about: planned, open, grace, closed, final.

Each share ends at midnight of its own person's place; the quota goes on once the last of these days is over on earth.
"""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from nominations.quotas import letters, policy
from nominations.quotas.enums import QuotaState
from nominations.quotas.models import QuotaPlan, QuotaShare
from nominations.quotas.proration import A_DAY
from nominations.quotas.selectors import behind
from nominations.quotas.services import ladder
from nominations.quotas.services.rows import lock_plan, move, tell_plan
from nominations.quotas.services.shares import draw_up
from nominations.waves.enums import WaveState

Q = QuotaState
EASTERNMOST, WESTERNMOST = dt.timedelta(hours=14), dt.timedelta(hours=-12)


def first_day_anywhere() -> dt.date:
    """Return the date where the day begins first."""
    return (timezone.now().astimezone(dt.UTC) + EASTERNMOST).date()


def last_day_anywhere() -> dt.date:
    """Return the date where the day ends last."""
    return (timezone.now().astimezone(dt.UTC) + WESTERNMOST).date()


def go_on() -> int:
    """Take every step that is due; return how many. Beat calls it every hour; twice is once."""
    moving = QuotaPlan.objects.exclude(state=Q.FINAL).order_by("pk")
    return sum(step(plan=plan) for plan in moving)


def daily() -> None:
    """Follow leave, newcomers and cohorts, and remind who is behind. Beat calls it in the morning."""
    for plan in ladder.open_ones():
        draw_up(plan=plan)
        tell_new(plan)
        ladder.remind(plan=plan)
        ladder.tell_managers(plan=plan)


def step(*, plan: QuotaPlan) -> bool:
    """Take the step of one quota that is due, if any."""
    steps = {Q.PLANNED: open_plan, Q.OPEN: end, Q.GRACE: close, Q.CLOSED: finish, Q.APPEALED: finish}
    return steps[Q(plan.state)](plan=plan)


@transaction.atomic
def open_plan(*, plan: QuotaPlan) -> bool:
    """Open a quota on its first day: everybody gets their share."""
    row = lock_plan(plan)
    if row.state != Q.PLANNED or row.starts_on > first_day_anywhere():
        return False
    row.opened_at = timezone.now()
    move(row, Q.OPEN, "opened_at")
    people = draw_up(plan=row)
    tell_plan("quota.opened", row, None, people=people)
    tell_new(row)
    return True


def tell_new(plan: QuotaPlan) -> int:
    """Tell everybody who has a share and has not been told."""
    rows = plan.shares.filter(target__gt=0).select_related("plan", "user__person").order_by("pk")
    return letters.tell_begun(rows.iterator(chunk_size=500))


def last_day(plan: QuotaPlan) -> dt.date:
    """Return the last day of the last share."""
    found = plan.shares.aggregate(last=Max("ends_on"))["last"]
    return max(found, plan.ends_on) if found else plan.ends_on


@transaction.atomic
def end(*, plan: QuotaPlan) -> bool:
    """End the period: nobody's last day is still going on, and no cohort is still to be asked."""
    row = lock_plan(plan)
    if row.state != Q.OPEN or last_day(row) >= last_day_anywhere() or _waits_for_cohorts(row):
        return False
    move(row, Q.GRACE)
    tell_plan("quota.ended", row, None, behind=behind(row).count())
    return True


def _waits_for_cohorts(plan: QuotaPlan) -> bool:
    wave = plan.wave
    if wave is None or wave.state == WaveState.ENDED:
        return False
    return wave.cohorts.filter(opened_at__isnull=True).exists()


@transaction.atomic
def close(*, plan: QuotaPlan) -> bool:
    """Close the count once the grace is over; the third rung follows."""
    row = lock_plan(plan)
    if row.state != Q.GRACE or last_day(row) + A_DAY * row.grace_days >= last_day_anywhere():
        return False
    row.closed_at = timezone.now()
    move(row, Q.CLOSED, "closed_at")
    tell_plan("quota.closed", row, None, behind=behind(row).count())
    ladder.propose_restrictions(plan=row)
    return True


@transaction.atomic
def finish(*, plan: QuotaPlan) -> bool:
    """Make it final when the time to object is over and every objection is answered; the last rung follows."""
    row = lock_plan(plan)
    if row.state not in {Q.CLOSED, Q.APPEALED} or row.closed_at is None or objections(row):
        return False
    if timezone.now() < row.closed_at + A_DAY * policy.now().final_after:
        return False
    move(row, Q.FINAL)
    tell_plan("quota.final", row, None, behind=behind(row).count())
    ladder.note_for_review(plan=row)
    return True


def objections(plan: QuotaPlan) -> int:
    """Return how many objections wait for an answer."""
    return QuotaShare.objects.filter(plan=plan, appealed_at__isnull=False, appeal_answer="").count()
