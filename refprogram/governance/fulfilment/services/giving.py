"""From the wish to the money: policy, approval, fund."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState
from refprogram.governance.approvals.models import Approval
from refprogram.governance.budgets import selectors as budgets
from refprogram.governance.budgets import services as funds
from refprogram.governance.budgets.enums import CommitmentState, CostKind
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund
from refprogram.governance.budgets.services.book import amount_of
from refprogram.governance.fulfilment.enums import UNDER_WAY, FulfilmentState, GiftKind
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.governance.fulfilment.policy import PAY, GiftRule
from refprogram.governance.fulfilment.services.handing import pay
from refprogram.governance.fulfilment.services.rows import allowed, check, lock, move, refuse_step, said, tell
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.stream import subject_of
from refprogram.people.models import Person, Team, User

S = FulfilmentState


@dataclass(frozen=True)
class Gift:
    """What is given to whom, under which rule of their employer. `cause`: whom a gift to charity goes to.

    `taxable`: the tax office wants to know of it, whoever receives it.
    """

    kind: GiftKind
    item: str
    value: Decimal
    receiver: Person
    rule: GiftRule
    cause: str = ""
    account_id: int | None = None
    taxable: bool = False


@dataclass(frozen=True)
class Occasion:
    """What it is given for, as its room names it, and what whoever approves it reads.

    `needs_nobody`: the rule by which nobody is asked, where the room has one; it stands in the gift's record.
    """

    subject: models.Model
    label: str
    url: str
    reason: str = ""
    approval_kind: ApprovalKind = ApprovalKind.CUSTOMER_BENEFIT
    team: Team | None = None
    needs_nobody: str = ""


@transaction.atomic
def give(
    *,
    key: str,
    gift: Gift,
    occasion: Occasion,
    by: User,
    fund: Fund | None = None,
    line: BudgetLine | None = None,
    replaces: Fulfilment | None = None,
) -> Fulfilment:
    """Ask for something to be given to a person. It goes to approval, then its money is set aside.

    Raises InvalidInput where the employer's rule forbids it, naming the rule and what would be possible; the same
    `key` again returns the first one.
    """
    if earlier := Fulfilment.objects.filter(key=key).first():
        return earlier
    gift = _sound(gift)
    about = subject_of(occasion.subject)
    row = Fulfilment(
        key=key, kind=gift.kind, item=gift.item, value=gift.value, cause=gift.cause, receiver=gift.receiver,
        account_id=gift.account_id, policy=gift.rule.policy, ceiling=gift.rule.ceiling,
        policy_note=gift.rule.note[:200], subject_type=about.type, subject_id=about.id, label=occasion.label[:200],
        url=occasion.url, requested_by=by, fund=fund, line=line, replaces=replaces,
        taxable=gift.taxable or (gift.kind in PAY and User.objects.filter(person=gift.receiver).exists()),
    )  # fmt: skip
    row.save(force_insert=True)
    tell("gift.requested", row, actor_id=by.person_id)
    if occasion.needs_nobody:
        row.needed_nobody = occasion.needs_nobody[:200]
        row.save(update_fields=["needed_nobody"])
        _pay_for(row, by=by)
        return row
    row.approval = _ask(row, occasion)
    row.save(update_fields=["approval"])
    return row


def _pay_for(row: Fulfilment, *, by: User | None) -> None:
    """It may be given: set its money aside, if it costs any."""
    if not row.value:
        move(row, S.READY)
        tell("gift.ready", row, actor_id=by.person_id if by else None)
        return
    move(row, S.WAITING_MONEY)
    _set_aside(row, row.fund or _roomiest(), by=by)


def _ask(row: Fulfilment, occasion: Occasion) -> Approval:
    return approvals.request(
        kind=occasion.approval_kind, subject=row, requester=row.requested_by, amount=row.value,
        label=_("%(item)s for %(name)s") % {"item": row.item, "name": row.receiver.name}, url=row.get_absolute_url(),
        reason=occasion.reason or occasion.label, owner=row.fund.owner if row.fund else None,
        beneficiary=row.receiver, team=occasion.team,
    )  # fmt: skip


def _sound(gift: Gift) -> Gift:
    """Return the gift with its words and its value tidied. Raises InvalidInput for what may not be given."""
    value = amount_of(gift.value, field="value") if gift.value else Decimal(0)
    item, cause = " ".join(gift.item.split())[:200], " ".join(gift.cause.split())[:200]
    _refuse_unsound(GiftKind(gift.kind), item, cause, value, gift.rule)
    return replace(gift, item=item, cause=cause, value=value)


def _refuse_unsound(kind: GiftKind, item: str, cause: str, value: Decimal, rule: GiftRule) -> None:
    if not item:
        message = _("Say what is given.")
        raise InvalidInput(message, errors={"item": message})
    if kind == GiftKind.CHARITY and not cause:
        message = _("Say which cause it goes to.")
        raise InvalidInput(message, errors={"cause": message})
    field, message = rule.refusal(kind, value)
    if message:
        raise InvalidInput(message, errors={field: message})


@transaction.atomic
def decide_on_gift(*, approval: Approval, by: User | None) -> None:
    """Carry out what was decided on a gift: set its money aside, or end it. Twice is once."""
    row = lock(Fulfilment.objects.get(pk=approval.subject_id))
    if row.state != S.IN_APPROVAL:
        return
    actor_id = by.person_id if by else None
    if approval.state == ApprovalState.WITHDRAWN:
        row.reason = approval.withdrawn_because
        move(row, S.CANCELLED, also=["reason"])
        tell("gift.cancelled", row, actor_id=actor_id)
    elif approval.state != ApprovalState.APPROVED:
        row.reason = approval.decisions.order_by("-id").values_list("comment", flat=True).first() or ""
        move(row, S.REJECTED, also=["reason"])
        tell("gift.rejected", row, actor_id=actor_id)
    else:
        _pay_for(row, by=by)


def _roomiest() -> Fund | None:
    """Where nobody named a fund: the open one that plans for incentives and has most left."""
    found = budgets.open_funds(timezone.localdate(), CostKind.INCENTIVE)
    return max(found, key=lambda fund: (fund.available, -fund.pk), default=None)


def _set_aside(row: Fulfilment, fund: Fund | None, *, by: User | None) -> None:
    """Ask the fund for the money; without a fund, or with too little in it, the gift waits."""
    if fund is not None and fund.state in funds.SPENDABLE:
        line = row.line if row.line is not None and row.line.fund_id == fund.pk else _line_of(fund)
        asked = Commitment.objects.filter(subject_type="fulfilment", subject_id=row.pk).count()
        row.fund, row.line = fund, line
        row.commitment = funds.commit(
            key=f"fulfilment:{row.pk}:{asked}", fund=fund, line=line, amount=row.value, subject=row, by=by,
            label=row.item,  # no name: the book never changes, and names can be erased
            url=row.get_absolute_url(),
        )  # fmt: skip
        row.save(update_fields=["fund", "line", "commitment"])
    if row.commitment is not None and row.commitment.state == CommitmentState.COMMITTED:
        move(row, S.READY)
        tell("gift.ready", row, actor_id=by.person_id if by else None)
    else:
        tell("gift.waiting", row, actor_id=by.person_id if by else None)


def _line_of(fund: Fund) -> BudgetLine | None:
    return fund.lines.filter(kind=CostKind.INCENTIVE).first()


@transaction.atomic
def choose_fund(*, fulfilment: Fulfilment, fund: Fund, by: User) -> Fulfilment:
    """Take the money from this fund instead: for a gift that waits for money."""
    row = lock(fulfilment)
    allowed(by, "governance.handle_gifts", row)
    if row.state != S.WAITING_MONEY:
        raise refuse_step(row)
    old, row.commitment = row.commitment, None
    row.save(update_fields=["commitment"])
    if old is not None:
        funds.release(commitment=old, by=by, reason=_("Another fund was chosen"))
    _set_aside(row, fund, by=by)
    return row


@transaction.atomic
def have_money(*, fulfilment_id: int, commitment_id: int) -> None:
    """The money that a gift waited for is there. Twice is once."""
    row = lock(Fulfilment.objects.get(pk=fulfilment_id))
    if row.state == S.WAITING_MONEY and row.commitment_id == commitment_id:
        move(row, S.READY)
        tell("gift.ready", row, actor_id=None)


@transaction.atomic
def lose_money(*, fulfilment_id: int, commitment_id: int) -> None:
    """The fund that a gift waited for was closed: somebody chooses another one. Twice is once."""
    row = lock(Fulfilment.objects.get(pk=fulfilment_id))
    if row.state == S.WAITING_MONEY and row.commitment_id == commitment_id:
        row.commitment = row.fund = row.line = None
        row.save(update_fields=["commitment", "fund", "line"])


@transaction.atomic
def cancel(*, fulfilment: Fulfilment, by: User, reason: str) -> Fulfilment:
    """Call a gift off before it is ordered; its money is free again. What is ordered: `cancel_order`."""
    row = lock(fulfilment)
    allowed(by, "governance.speak_for_gift", row)
    check(row, S.CANCELLED)
    row.reason = said(reason)
    let_go(row, by=by)
    move(row, S.CANCELLED, also=["reason"])
    tell("gift.cancelled", row, actor_id=by.person_id)
    return row


def let_go(row: Fulfilment, *, by: User | None) -> None:
    """Set free what was asked for and promised for a gift. What is ordered is owed, so it is paid; what is paid stays.

    Whatever the supplier gives back for it is booked when it comes (`refund`).
    """
    if row.state in UNDER_WAY and row.approval is not None and row.approval.open and by is not None:
        approvals.withdraw_for(subject=row, by=by, reason=row.reason)
    if row.state == S.ORDERED:
        pay(row, None, by=by)
    elif row.commitment is not None and row.commitment.state in {CommitmentState.COMMITTED, CommitmentState.WAITING}:
        funds.release(commitment=row.commitment, by=by, reason=row.reason[:200])
