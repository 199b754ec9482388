"""Who owes how much: shares are drawn up for a plan's people, and follow leave, calendars and cohorts while it runs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from nominations.quotas import policy
from nominations.quotas.models import QuotaPlan, QuotaShare
from nominations.quotas.proration import A_DAY, Attendance, Days, attendance
from nominations.quotas.selectors import RUNNING, Places, population
from nominations.quotas.services.rows import lock_plan
from nominations.waves.models import CohortMember
from refprogram.people.models import Leave, User

FIELDS = ("starts_on", "ends_on", "working_days", "days_off", "target", "reached_at")


@transaction.atomic
def draw_up(*, plan: QuotaPlan, places: Places | None = None) -> int:
    """Bring a plan's shares up to date: newcomers get one, leave and cohorts change dates and targets.

    A few queries, whatever the number of people. Returns how many shares are new.
    """
    row = lock_plan(plan)
    if row.state not in RUNNING:
        return 0
    people = list(population(row))
    periods = _periods(row, people)
    leaves = _leaves(periods)
    places, round_to = places or Places(), policy.now().round_to
    known = {share.user_id: share for share in row.shares.select_for_update().order_by("pk")}
    new, changed = [], []
    for user in people:
        if user.pk not in periods:
            continue
        found = _attended(row, user, periods[user.pk], leaves.get(user.pk, ()), places)
        share = known.get(user.pk) or QuotaShare(plan=row, user=user)
        before = [getattr(share, name) for name in FIELDS]
        share.starts_on, share.ends_on = periods[user.pk]
        share.working_days, share.days_off = found.working_days, found.days_off
        share.target = found.of(row.target, round_to)
        note_reached(share)
        if user.pk not in known:
            new.append(share)
        elif before != [getattr(share, name) for name in FIELDS]:
            changed.append(share)
    QuotaShare.objects.bulk_create(new, batch_size=1_000)
    QuotaShare.objects.bulk_update(changed, FIELDS, batch_size=1_000)
    return len(new)


def note_reached(share: QuotaShare) -> None:
    """Note when a share was reached, or that it no longer is."""
    if share.target > 0 and share.counted >= share.target:
        share.reached_at = share.reached_at or timezone.now()
    else:
        share.reached_at = None


def _periods(plan: QuotaPlan, people: Iterable[User]) -> dict[int, Days]:
    """Return each one's dates: the plan's, or as long a time from the day on which their cohort was asked."""
    if plan.wave_id is None:
        return {user.pk: (plan.starts_on, plan.ends_on) for user in people}
    members = CohortMember.objects.filter(wave=plan.wave_id, cohort__opened_at__isnull=False)
    opened = dict(members.values_list("user_id", "cohort__opens_on"))
    found = {}
    for user in people:
        if user.pk in opened:
            later = max(dt.timedelta(), opened[user.pk] - plan.starts_on)
            found[user.pk] = (plan.starts_on + later, plan.ends_on + later)
    return found


def _leaves(periods: Mapping[int, Days]) -> dict[int, list[Days]]:
    if not periods:
        return {}
    first, last = min(days[0] for days in periods.values()), max(days[1] for days in periods.values())
    found: dict[int, list[Days]] = defaultdict(list)
    rows = Leave.objects.filter(starts_on__lte=last, ends_on__gte=first, user__in=list(periods))
    for user, starts_on, ends_on in rows.values_list("user_id", "starts_on", "ends_on"):
        found[user].append((starts_on, ends_on))
    return found


def _attended(plan: QuotaPlan, user: User, period: Days, leaves: Iterable[Days], places: Places) -> Attendance:
    owes_from = None if user.hired_on is None else user.hired_on + A_DAY * plan.new_hire_days
    return attendance(places.time_of(user), period, leaves, owes_from)
