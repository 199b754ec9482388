"""The rungs: a friendly reminder, the manager, the privilege to ask for references, a note for the review.

Each is taken once for a share and can be off in its quota. Nothing binds here: the third rung only proposes cases to
the review board, with notice, appeal and waiver as for every consequence (governance.consequences).
"""

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.quotas import letters, policy
from nominations.quotas.enums import QuotaState, Rung
from nominations.quotas.models import QuotaPlan, QuotaShare
from nominations.quotas.selectors import behind, reached
from nominations.quotas.services.rows import lock_plan, tell_plan
from refprogram.governance.consequences import services as consequences
from refprogram.governance.consequences.models import ConsequencePolicy
from refprogram.kernel.templatetags import rp

METRIC = "quota_reached"


@transaction.atomic
def remind(*, plan: QuotaPlan) -> int:
    """The first rung: remind who is behind and has so many days left. Beat calls it every day."""
    row = lock_plan(plan)
    if row.state != QuotaState.OPEN or Rung.NUDGE not in row.rungs:
        return 0
    soon = timezone.localdate() + dt.timedelta(days=policy.now().nudge_before)
    shares = list(behind(row).filter(rung="", ends_on__lte=soon, starts_on__lte=timezone.localdate()))
    return _take(row, Rung.NUDGE, shares) and letters.remind(shares)


@transaction.atomic
def tell_managers(*, plan: QuotaPlan) -> int:
    """The second rung: each manager hears who of the team is behind, while there is time to help. Beat, every day."""
    row = lock_plan(plan)
    if row.state != QuotaState.OPEN or Rung.MANAGER not in row.rungs:
        return 0
    soon = timezone.localdate() + dt.timedelta(days=policy.now().manager_before)
    due = behind(row).filter(rung__in=("", Rung.NUDGE), ends_on__lte=soon, starts_on__lte=timezone.localdate())
    shares = list(due)
    return _take(row, Rung.MANAGER, shares) and letters.tell_managers(row, shares)


@transaction.atomic
def propose_restrictions(*, plan: QuotaPlan) -> int:
    """The third rung: a case for each who is behind, by the policy that is switched on for quotas; none without one."""
    row = lock_plan(plan)
    rule = ConsequencePolicy.objects.filter(metric=METRIC, live=True).order_by("pk").first()
    if Rung.RESTRICTED not in row.rungs or rule is None:
        return 0
    shares = list(behind(row))
    found = {share.user_id: reached(share.counted, share.target) for share in shares}
    everybody = row.shares.filter(target__gt=0).values_list("user", "counted", "target")
    compared = {user: reached(counted, target) for user, counted, target in everybody}
    cases = consequences.propose(
        policy=rule, starts_on=row.starts_on, ends_on=row.ends_on, figures=compared, about=found.keys()
    )
    named = [share for share in shares if share.user_id in cases]
    for share in named:
        share.case = cases[share.user_id]
    QuotaShare.objects.bulk_update(named, ["case"], batch_size=1_000)
    return _take(row, Rung.RESTRICTED, named)


@transaction.atomic
def note_for_review(*, plan: QuotaPlan) -> int:
    """The last rung: a task for each manager, to talk it through in the next review."""
    row = lock_plan(plan)
    if Rung.REVIEW not in row.rungs:
        return 0
    shares = list(behind(row))
    for share in shares:
        team = share.user.team
        manager = team.manager if team is not None and team.manager_id != share.user_id else None
        consequences.give_task(
            assignee=manager if manager is not None and manager.is_active else row.owner,
            title=_("For the review of %(name)s: %(counted)s of %(target)s in %(plan)s")
            % {
                "name": share.user.name,
                "counted": rp.plain(share.counted),
                "target": rp.plain(share.target),
                "plan": row.name,
            },
            label=row.name,
            url=row.get_absolute_url(),
        )
    return _take(row, Rung.REVIEW, shares)


def _take(plan: QuotaPlan, rung: Rung, shares: list[QuotaShare]) -> int:
    """Note the step on each share, and tell the stream once."""
    if not shares:
        return 0
    keys = [share.pk for share in shares]
    plan.shares.filter(pk__in=keys).update(rung=rung, rung_at=timezone.now())
    tell_plan("quota.rung_taken", plan, None, rung=rung.value, behind=len(shares))
    return len(shares)


def open_ones() -> list[QuotaPlan]:
    """Return the quotas that run."""
    return list(QuotaPlan.objects.filter(state=QuotaState.OPEN).order_by(F("ends_on"), "pk"))
