"""Demerits that the review board gave: noted on the day on which they take effect, taken off when they are waived."""

from django.db import transaction
from django.utils import timezone

from incentives.quality.models import Mark, QualityMonth
from refprogram.governance.consequences import terms
from refprogram.governance.consequences.enums import Effect
from refprogram.governance.consequences.models import ConsequenceCase
from refprogram.kernel.stream import emit


@transaction.atomic
def mark(*, case: ConsequenceCase) -> Mark | None:
    """Note what a case costs that is in force. Twice is once; None where it costs none.

    A month that is closed stays as it is: what takes effect in it counts today.
    """
    kept = terms.of(case)
    if kept.effect != Effect.DEMERIT or case.takes_effect_at is None:
        return None
    today = timezone.localdate()
    on = timezone.localdate(case.takes_effect_at)
    if QualityMonth.objects.filter(user=case.user, month=on.replace(day=1)).exists():
        on = today
    facts = {"user": case.user, "on": on, "points": kept.demerits, "reason": case.policy.name[:200]}
    row, is_new = Mark.objects.get_or_create(case=case, defaults=facts)
    if is_new:
        emit("quality.marked", subject=row, payload={"person": case.user.person_id, "points": row.points})
    return row


@transaction.atomic
def unmark(*, case_id: int) -> int:
    """Take off what a waived case cost. A month that is closed stays as it is."""
    rows = Mark.objects.filter(case=case_id, waived_at__isnull=True)
    return rows.update(waived_at=timezone.now(), updated_at=timezone.now())
