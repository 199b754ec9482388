"""The lowest few of a closed month: proposed to the review board, as every consequence, with notice and appeal.

Which month, whose, and what follows says a policy of consequences on one of these figures; who is compared, its guards
(leave, newcomers, switched-off regions). Nobody is named among fewer than twenty, nor who reached the threshold.
"""

from typing import Final

from django.db import transaction
from django.utils import timezone

from incentives.activity import policy
from incentives.activity.counting import lowest
from incentives.activity.models import BottomLook
from incentives.activity.reading import A_DAY, activity_by_user, adoption_by_user
from incentives.activity.services.rows import enter
from incentives.quality.month import Span
from refprogram.governance.consequences import services as consequences
from refprogram.governance.consequences.cohort import Span as Period
from refprogram.governance.consequences.cohort import cohort_of
from refprogram.governance.consequences.models import ConsequencePolicy

FIGURES: Final = {"bottom_adoption": adoption_by_user, "bottom_activity": activity_by_user}


def look_due() -> int:
    """Look at last month for every policy that is on for the lowest few. Beat calls it every day; twice is once."""
    today = timezone.localdate()
    last = Span.of(today.replace(day=1) - A_DAY)
    if today <= last.last + policy.now().adoption_after:
        return 0
    rules = ConsequencePolicy.objects.filter(live=True, metric__in=FIGURES, live_since__lte=last.first)
    return sum(look(rule=rule, span=last) is not None for rule in rules.order_by("pk"))


@transaction.atomic
def look(*, rule: ConsequencePolicy, span: Span) -> BottomLook | None:
    """Find the lowest few of a month, and propose a case for each. None: this month was looked at already."""
    enter(f"bottom:{rule.pk}")
    if BottomLook.objects.filter(policy=rule, month=span.first).exists():
        return None
    figures = policy.now()
    people = cohort_of(rule, Period(span.first, span.last)).people
    values = FIGURES[rule.metric](span.first, span.last, people)
    least = max(figures.bottom_least, rule.min_cohort)
    named = lowest(values, figures.bottom_percent, least)
    cases = consequences.propose(policy=rule, starts_on=span.first, ends_on=span.last, figures=values, about=named)
    kept = {str(key): str(value) for key, value in values.items()}
    look = BottomLook(policy=rule, month=span.first, compared=len(values), named=len(cases), figures=kept)
    look.save(force_insert=True)
    return look
