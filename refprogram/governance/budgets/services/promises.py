"""Money promised for one thing: committed or waiting, then spent, released, refunded. Any order, never overdrawn."""

from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.approvals.models import Approval
from refprogram.governance.budgets.enums import COMMITMENT_MOVES, CommitmentState, EntryKind, FundState
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund
from refprogram.governance.budgets.services.book import (
    amount_of,
    enter,
    is_booked,
    lock_fund,
    lock_line,
    lock_promise,
    promise,
    settle,
    tell,
)
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.moves import check, move
from refprogram.kernel.stream import subject_of
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User

SPENDABLE = {FundState.OPEN, FundState.FROZEN}


@transaction.atomic
def commit(
    *,
    key: str,
    fund: Fund,
    amount: Decimal,
    subject: models.Model,
    label: str,
    url: str,
    by: User | None,
    line: BudgetLine | None = None,
) -> Commitment:
    """Promise money for one thing. It waits where the fund is frozen, has too little, or others wait before it.

    The same `key` again returns the first promise. Raises DomainError for a fund that is not open.
    """
    amount = amount_of(amount)
    fund, line = _locked(fund, line)
    if earlier := Commitment.objects.filter(key=key).first():
        return earlier
    about = subject_of(subject)
    row = Commitment(
        key=key, fund=fund, line=line, amount=amount, state=CommitmentState.WAITING, queued_at=timezone.now(),
        subject_type=about.type, subject_id=about.id, label=label[:200], url=url, asked_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    _promise_or_wait(fund, line, row, by=by)
    return row


@transaction.atomic
def ask_to_spend(
    *,
    key: str,
    fund: Fund,
    amount: Decimal,
    label: str,
    reason: str,
    by: User,
    line: BudgetLine | None = None,
    subject: models.Model | None = None,
    url: str = "",
) -> Commitment:
    """Ask for money out of a fund: a camera team, a train ticket. `subject` and `url`: the row it is for, if any."""
    amount = amount_of(amount)
    label = " ".join(label.split())
    if not label:
        message = _("Say what the money is for.")
        raise InvalidInput(message, errors={"label": message})
    fund, line = _locked(fund, line)
    if earlier := Commitment.objects.filter(key=key).first():
        return earlier
    about = subject_of(subject if subject is not None else fund)
    row = Commitment(
        key=key, fund=fund, line=line, amount=amount, state=CommitmentState.ASKED, subject_type=about.type,
        subject_id=about.id, label=label[:200], url=url or fund.get_absolute_url(), asked_by=by,
    )  # fmt: skip
    row.save(force_insert=True)
    approvals.request(
        kind=ApprovalKind.SPENDING, subject=row, label=row.label, url=row.url, requester=by, amount=amount,
        reason=reason.strip(), owner=fund.owner,
    )  # fmt: skip
    return row


def _locked(fund: Fund, line: BudgetLine | None) -> tuple[Fund, BudgetLine | None]:
    fund = lock_fund(fund.pk)
    line = lock_line(line.pk if line else None)
    if fund.state not in SPENDABLE:
        message = _("%(fund)s is not open: nothing can be promised from it.") % {"fund": fund.name}
        raise DomainError(message, errors={"fund": message})
    if line is not None and line.fund_id != fund.pk:
        message = _("This line belongs to another fund.")
        raise InvalidInput(message, errors={"line": message})
    return fund, line


def _promise_or_wait(fund: Fund, line: BudgetLine | None, row: Commitment, *, by: User | None) -> None:
    others = Commitment.objects.filter(fund=fund, state=CommitmentState.WAITING).exclude(pk=row.pk)
    if fund.state == FundState.OPEN and row.amount <= fund.available and not others.exists():
        promise(fund=fund, line=line, commitment=row, by=by)
        tell("budget.committed", row, fund, by=by)
        settle(fund, by=by)
    else:
        tell("budget.waiting", row, fund, by=by)


@transaction.atomic
def decide_on_spending(*, approval: Approval, granted: bool, by: User | None) -> None:
    """Carry out what was decided on somebody's wish to spend. Twice is once."""
    asked = Commitment.objects.get(pk=approval.subject_id)
    fund, line, row = lock_promise(asked)
    if row.state != CommitmentState.ASKED:
        return
    if not granted or fund.state not in SPENDABLE:
        move(row, CommitmentState.RELEASED, moves=COMMITMENT_MOVES, noun=_("commitment"))
        tell("budget.released", row, fund, by=by)
        return
    row.queued_at = timezone.now()
    move(row, CommitmentState.WAITING, moves=COMMITMENT_MOVES, noun=_("commitment"), also=["queued_at"])
    _promise_or_wait(fund, line, row, by=by)


@transaction.atomic
def spend(*, commitment: Commitment, amount: Decimal, key: str, by: User | None, memo: str = "") -> Commitment:
    """Book what it cost. Less than promised sets the rest free; more comes out of what is still free, or is refused."""
    amount = amount_of(amount)
    fund, line, row = lock_promise(commitment)
    if is_booked(key):
        return row
    check(row, CommitmentState.SPENT, moves=COMMITMENT_MOVES, noun=_("commitment"))
    above = amount - row.amount
    if above > fund.available:
        message = _("That is %(above)s above the promise, and only %(free)s is still free in this fund.")
        message %= {"above": rp.money(above), "free": rp.money(fund.available)}
        raise InvalidInput(message, errors={"amount": message})
    facts: dict[str, Any] = {"fund": fund, "line": line, "commitment": row, "by": by, "memo": memo or row.label}
    if above > 0:
        enter(kind=EntryKind.COMMIT, amount=above, key=f"{key}:above", **facts)
    enter(kind=EntryKind.SPEND, amount=amount, key=key, **facts)
    if above < 0:
        enter(kind=EntryKind.RELEASE, amount=-above, key=f"{key}:rest", **facts)
    row.spent = amount
    move(row, CommitmentState.SPENT, moves=COMMITMENT_MOVES, noun=_("commitment"), also=["spent"])
    tell("budget.spent", row, fund, by=by, amount=amount)
    settle(fund, by=by)
    return row


@transaction.atomic
def release(*, commitment: Commitment, by: User | None, reason: str) -> Commitment:
    """Let go of a promise, or of a wish for one; the oldest that waits has the money. Twice is once."""
    fund, line, row = lock_promise(commitment)
    if row.state == CommitmentState.RELEASED:
        return row
    held = row.state == CommitmentState.COMMITTED
    if row.state == CommitmentState.ASKED and by is not None:
        approvals.withdraw_for(subject=row, by=by, reason=reason)
    move(row, CommitmentState.RELEASED, moves=COMMITMENT_MOVES, noun=_("commitment"))
    if held:
        enter(
            fund=fund, line=line, commitment=row, kind=EntryKind.RELEASE, amount=row.amount,
            key=f"release:{row.pk}", by=by, memo=reason.strip() or row.label,
        )  # fmt: skip
    tell("budget.released", row, fund, by=by)
    settle(fund, by=by)
    return row


@transaction.atomic
def refund(*, commitment: Commitment, amount: Decimal, key: str, by: User | None, memo: str = "") -> Commitment:
    """Book money that came back. Raises InvalidInput for more than was spent, IllegalMove where nothing was."""
    amount = amount_of(amount)
    fund, line, row = lock_promise(commitment)
    if is_booked(key):
        return row
    if row.state != CommitmentState.SPENT or amount > row.spent:
        message = _("At most %(spent)s was spent on this.") % {"spent": rp.money(row.spent)}
        raise InvalidInput(message, errors={"amount": message})
    enter(
        fund=fund, line=line, commitment=row, kind=EntryKind.REFUND, amount=amount, key=key, by=by,
        memo=memo or row.label,
    )  # fmt: skip
    row.spent -= amount
    row.save(update_fields=["spent"])
    tell("budget.refunded", row, fund, by=by, amount=amount)
    settle(fund, by=by)
    return row
