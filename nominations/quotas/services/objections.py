"""A person objects to their count, the head of sales answers; and the rest of a share can be waived with a reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nominations.quotas import letters
from nominations.quotas.enums import QuotaState
from nominations.quotas.models import QuotaShare
from nominations.quotas.services.periods import objections
from nominations.quotas.services.rows import allowed, lock_plan, lock_share, move, said, tell_share
from refprogram.governance.consequences import services as consequences
from refprogram.governance.consequences.enums import OPEN_CASES
from refprogram.kernel.errors import DomainError
from refprogram.people.models import User

Q = QuotaState


@transaction.atomic
def object_to(*, share: QuotaShare, by: User, text: str) -> QuotaShare:
    """Say why one's own count is wrong, once, until the quota is final. Nothing is final before the answer."""
    plan = lock_plan(share.plan)
    row = lock_share(share)
    allowed(by, "nominations.appeal_quota", row, _("Only %(name)s can object.") % {"name": row.user.name})
    if plan.state not in {Q.OPEN, Q.GRACE, Q.CLOSED, Q.APPEALED}:
        raise DomainError(_("This quota is not open to objections."))
    if row.appealed_at is not None:
        raise DomainError(_("You objected already."))
    row.appeal, row.appealed_at = said(text, "text", _("Say what is wrong with the count.")), timezone.now()
    row.save(update_fields=["appeal", "appealed_at"])
    if plan.state == Q.CLOSED:
        move(plan, Q.APPEALED)
    tell_share("quota.share_appealed", row, by)
    letters.tell_owner(row)
    return row


@transaction.atomic
def answer(*, share: QuotaShare, by: User, grant: bool, text: str) -> QuotaShare:
    """Answer an objection: granted, the rest is waived; else the count stands. The person reads the reasons."""
    plan = lock_plan(share.plan)
    row = lock_share(share)
    _may_waive(by, row)
    if row.appealed_at is None or row.appeal_answer:
        raise DomainError(_("There is no objection to answer."))
    row.appeal_answer = said(text, "text", _("Give your reasons: the person reads them."))
    row.save(update_fields=["appeal_answer"])
    if grant:
        _waive(row, by, row.appeal_answer)
    else:
        tell_share("quota.share_upheld", row, by)
        letters.tell_answered(row, granted=False)
    if plan.state == Q.APPEALED and not objections(plan):
        move(plan, Q.CLOSED)
    return row


@transaction.atomic
def waive(*, share: QuotaShare, by: User, reason: str) -> QuotaShare:
    """Waive the rest of somebody's share, with the reason; what follows from it ends at once."""
    row = lock_share(share)
    _may_waive(by, row)
    if row.waived_at is not None:
        raise DomainError(_("It is waived already."))
    return _waive(row, by, said(reason, "reason", _("Say why: the person reads it.")))


def _may_waive(by: User, row: QuotaShare) -> None:
    words = _("The head of sales or an administrator decides this, and nobody for themselves.")
    allowed(by, "nominations.waive_quota", row, words)


def _waive(row: QuotaShare, by: User, reason: str) -> QuotaShare:
    row.waived_by, row.waived_at, row.waive_reason = by, timezone.now(), reason
    row.save(update_fields=["waived_by", "waived_at", "waive_reason"])
    if row.case is not None and row.case.state in OPEN_CASES:
        consequences.waive(case=row.case, by=by, reason=reason)
    tell_share("quota.share_waived", row, by)
    letters.tell_answered(row, granted=True)
    return row
