"""Looking at a closed period: who is compared, who missed the goal, and what is proposed to the board."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.consequences import cohort as guards
from refprogram.governance.consequences import metrics, terms
from refprogram.governance.consequences.enums import GoalDirection
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Evaluation
from refprogram.governance.consequences.services.rows import facts_of, lock_policy, tell_policy
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit_many, subject_of


def evaluate_due() -> int:
    """Look at the last closed period of every live policy that began after it was switched on. Beat calls it."""
    today, done = timezone.localdate(), 0
    for policy in (
        ConsequencePolicy.objects.filter(live=True).exclude(metric__in=metrics.proposed_by_rooms()).order_by("pk")
    ):
        span = guards.closed_before(policy, today)
        began_later = policy.live_since is not None and policy.live_since <= span.starts_on
        if began_later and not policy.evaluations.filter(starts_on=span.starts_on).exists():
            evaluate(policy=policy, starts_on=span.starts_on, ends_on=span.ends_on)
            done += 1
    return done


@transaction.atomic
def evaluate(*, policy: ConsequencePolicy, starts_on: dt.date, ends_on: dt.date) -> Evaluation:
    """Compare everybody the guards leave in, and propose a case for each who missed the goal. Twice is once."""
    row = lock_policy(policy)
    known = row.evaluations.filter(starts_on=starts_on).first()
    if known is not None:
        return known
    if not row.live:
        raise DomainError(_("This policy is switched off."))
    if ends_on >= timezone.localdate():
        raise DomainError(_("This period is not over yet."))
    found = guards.cohort_of(row, guards.Span(starts_on, ends_on))
    evaluation = Evaluation(
        policy=row,
        starts_on=starts_on,
        ends_on=ends_on,
        threshold=row.threshold,
        min_cohort=row.min_cohort,
        cohort=len(found.people),
        left_out=dict(found.left_out),
    )
    if not evaluation.too_small:
        cases = _propose(evaluation, found)
        evaluation.named = len(cases)
    evaluation.save(force_insert=True)
    tell_policy(
        "policy.evaluated",
        row,
        None,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
        cohort=evaluation.cohort,
        named=evaluation.named,
        left_out=evaluation.left_out,
        too_small=evaluation.too_small,
    )
    return evaluation


def _propose(evaluation: Evaluation, found: guards.Cohort) -> list[ConsequenceCase]:
    policy = evaluation.policy
    figures = metrics.count(policy.metric, evaluation.starts_on, evaluation.ends_on, found.people)
    cases = ConsequenceCase.objects.bulk_create(
        ConsequenceCase(
            policy=policy,
            user=user,
            period_starts_on=evaluation.starts_on,
            period_ends_on=evaluation.ends_on,
            value=figures[user.pk],
            threshold=policy.threshold,
            cohort=evaluation.cohort,
            terms=terms.kept(policy),
        )
        for user in found.people
        if missed(policy.direction, figures[user.pk], policy.threshold)
    )
    emit_many("case.proposed", [(subject_of(case), None, facts_of(case)) for case in cases])
    return cases


@transaction.atomic
def propose(
    *,
    policy: ConsequencePolicy,
    starts_on: dt.date,
    ends_on: dt.date,
    figures: Mapping[int, Decimal],
    about: Collection[int],
) -> dict[int, ConsequenceCase]:
    """Propose cases for people whom a room of its own found behind (their users' keys); return them by user.

    `figures` are those of everybody who was compared. The policy's guards hold as ever: nobody is named among too
    few, where it is off, or who is new or was away. Twice is once.
    """
    row = lock_policy(policy)
    if not row.live:
        return {}
    found = guards.cohort_of(row, guards.Span(starts_on, ends_on))
    found.people = [user for user in found.people if user.pk in figures]
    if len(found.people) < row.min_cohort:
        return {}
    known = set(row.cases.filter(period_starts_on=starts_on).values_list("user", flat=True))
    cases = ConsequenceCase.objects.bulk_create(
        ConsequenceCase(
            policy=row,
            user=user,
            period_starts_on=starts_on,
            period_ends_on=ends_on,
            value=figures[user.pk],
            threshold=row.threshold,
            cohort=len(found.people),
            terms=terms.kept(row),
        )
        for user in found.people
        if user.pk in about and user.pk not in known and missed(row.direction, figures[user.pk], row.threshold)
    )
    emit_many("case.proposed", [(subject_of(case), None, facts_of(case)) for case in cases])
    return {case.user_id: case for case in cases}


def missed(direction: str, value: Decimal, threshold: Decimal) -> bool:
    """Whether a figure lies on the wrong side; exactly on the threshold is good enough."""
    return value < threshold if direction == GoalDirection.BELOW else value > threshold
