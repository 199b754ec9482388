"""What the receiver says to it, and what becomes of what they do not want."""

from decimal import Decimal
from enum import Enum

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.budgets import services as funds
from refprogram.governance.budgets.enums import CommitmentState
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind, GiftPolicy
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.policy import GiftRule
from refprogram.governance.fulfilment.services.giving import Gift, Occasion, give, let_go
from refprogram.governance.fulfilment.services.rows import allowed, check, lock, move, said, tell
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people.models import User

S = FulfilmentState


class Answer(Enum):
    """What a receiver may say by the link."""

    RECEIVED = "received"
    MISSING = "missing"
    REFUSED = "refused"
    CHARITY = "charity"


@transaction.atomic
def answer_by_link(*, token: str, answer: Answer, words: str = "") -> Fulfilment:
    """Take the receiver's answer: it is there, it is not, rather not, or to charity instead.

    The same answer twice is one. Raises IllegalMove where something else was said before.
    """
    link = links.use(token)
    return answer_as_receiver(fulfilment=Fulfilment.objects.get(pk=link.subject_id), answer=answer, words=words)


@transaction.atomic
def answer_as_receiver(*, fulfilment: Fulfilment, answer: Answer, words: str = "") -> Fulfilment:
    """Take the same answer on a page of another room, which has made sure that it is the receiver who speaks."""
    row = lock(fulfilment)
    words = words.strip()[:2000]
    if answer == Answer.RECEIVED:
        return _acknowledge(row, actor_id=row.receiver_id)
    if answer == Answer.MISSING:
        return _missing(row, words)
    if answer == Answer.CHARITY and not words:
        message = _("Say which cause it should go to.")
        raise InvalidInput(message, errors={"words": message})
    if row.state in {S.REFUSED, S.SUBSTITUTED}:
        return row
    _refuse(row, words or _("They would rather not."), by=None, actor_id=row.receiver_id)
    if answer == Answer.CHARITY:
        item = _("Donation in place of: %(item)s") % {"item": row.item}
        by = row.requested_by
        _replace(row, by=by, kind=GiftKind.CHARITY, item=item, value=row.value, cause=words)
    return row


@transaction.atomic
def acknowledge(*, fulfilment: Fulfilment, by: User) -> Fulfilment:
    """Note that the receiver told a colleague that it is there."""
    row = lock(fulfilment)
    allowed(by, "governance.speak_for_gift", row)
    return _acknowledge(row, actor_id=by.person_id)


def _acknowledge(row: Fulfilment, *, actor_id: int | None) -> Fulfilment:
    if row.state == S.ACKNOWLEDGED:
        return row
    row.acknowledged_at = timezone.now()
    move(row, S.ACKNOWLEDGED, also=["acknowledged_at"])
    tell("gift.acknowledged", row, actor_id=actor_id)
    return row


def _missing(row: Fulfilment, words: str) -> Fulfilment:
    """It has not arrived: it is on order again, and whoever looks after it hears."""
    if row.state == S.ORDERED:
        return row
    row.reason, row.delivered_at = words or _("They say that it has not arrived."), None
    move(row, S.ORDERED, also=["reason", "delivered_at"])
    tell("gift.missing", row, actor_id=row.receiver_id)
    return row


@transaction.atomic
def refuse(*, fulfilment: Fulfilment, by: User, reason: str) -> Fulfilment:
    """Note that the receiver would rather not have it; money that is not spent or owed yet is free again."""
    row = lock(fulfilment)
    allowed(by, "governance.speak_for_gift", row)
    return _refuse(row, said(reason), by=by, actor_id=by.person_id)


def _refuse(row: Fulfilment, reason: str, *, by: User | None, actor_id: int | None) -> Fulfilment:
    check(row, S.REFUSED)
    row.reason = reason
    let_go(row, by=by or row.requested_by)
    move(row, S.REFUSED, also=["reason", "cost"])
    tell("gift.refused", row, actor_id=actor_id)
    return row


@transaction.atomic
def take_back(*, fulfilment: Fulfilment, by: User, reason: str) -> Fulfilment:
    """Note that it came back to us."""
    row = lock(fulfilment)
    allowed(by, "governance.handle_gifts", row)
    check(row, S.RETURNED)
    row.reason = said(reason)
    move(row, S.RETURNED, also=["reason"])
    tell("gift.returned", row, actor_id=by.person_id)
    return row


@transaction.atomic
def refund(*, fulfilment: Fulfilment, by: User, amount: Decimal | None = None) -> Fulfilment:
    """Book that the shop gave its money back; it is in the fund again. By itself all that was spent."""
    row = lock(fulfilment)
    allowed(by, "governance.account_for_gifts", row)
    check(row, S.REFUNDED)
    paid = row.commitment
    if paid is None or paid.state != CommitmentState.SPENT or not paid.spent:
        raise DomainError(_("No money was spent on this: there is nothing to come back."))
    back = paid.spent if amount is None else amount
    funds.refund(commitment=paid, amount=back, key=f"fulfilment:{row.pk}:back", by=by, memo=row.item)
    row.refunded += back
    move(row, S.REFUNDED, also=["refunded"])
    tell("gift.refunded", row, actor_id=by.person_id, amount=back)
    return row


@transaction.atomic
def substitute(
    *, fulfilment: Fulfilment, by: User, kind: GiftKind, item: str, value: Decimal, reason: str, cause: str = ""
) -> Fulfilment:
    """Give something else instead, under the same rule; return the new one, which needs its own approval."""
    row = lock(fulfilment)
    allowed(by, "governance.handle_gifts", row)
    row.reason = said(reason)
    return _replace(row, by=by, kind=kind, item=item, value=value, cause=cause)


def _replace(row: Fulfilment, *, by: User, kind: GiftKind, item: str, value: Decimal, cause: str) -> Fulfilment:
    check(row, S.SUBSTITUTED)
    let_go(row, by=by)
    move(row, S.SUBSTITUTED, also=["reason", "cost"])
    tell("gift.substituted", row, actor_id=by.person_id)
    rule = GiftRule(GiftPolicy(row.policy), row.ceiling, row.policy_note)
    usual = ApprovalKind.REWARD if row.needed_nobody else ApprovalKind.CUSTOMER_BENEFIT
    approval_kind = ApprovalKind(row.approval.kind) if row.approval else usual
    return give(
        key=f"{row.key[:100]}:instead",
        gift=Gift(kind, item, value, row.receiver, rule, cause, row.account_id),
        occasion=Occasion(row, row.label, row.url, approval_kind=approval_kind),
        by=by,
        fund=row.fund,
        line=row.line,
        replaces=row,
    )
