"""A quarter's fund: asked for, granted, given more, frozen, closed; and the lines it plans by."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from refprogram.governance.approvals import services as approvals
from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.governance.approvals.models import Approval
from refprogram.governance.budgets.enums import FUND_MOVES, CommitmentState, CostKind, EntryKind, FundState
from refprogram.governance.budgets.models import ZERO, BudgetLine, Commitment, Fund
from refprogram.governance.budgets.policy import QUARTERS_AHEAD
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.services.book import (
    amount_of,
    enter,
    is_booked,
    lock_fund,
    queue,
    rearm,
    settle,
    tell,
)
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.moves import check, move
from refprogram.kernel.stream import emit
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User


@dataclass(frozen=True)
class Planned:
    """One line of a plan: so much for this kind of cost."""

    kind: CostKind
    planned: Decimal
    name: str = ""


def _note(topic: str, fund: Fund, *, by: User | None, amount: Decimal | None = None) -> None:
    facts = {"owner": fund.owner_id, "amount": None if amount is None else str(amount)}
    emit(topic, subject=fund, actor_id=by.person_id if by else None, payload=facts)


@transaction.atomic
def ask_for_fund(
    *,
    name: str,
    owner: User,
    quarter: Quarter,
    requested: Decimal,
    by: User,
    purpose: str = "",
    lines: Sequence[Planned] = (),
) -> Fund:
    """Ask for a quarter's money; finance decides. Raises InvalidInput for an empty name, a past quarter, a bad plan."""
    name = " ".join(name.split())[:120]
    amount = amount_of(requested, field="requested")
    _refuse_unsound(name, quarter, amount, lines)
    fund = Fund(name=name, owner=owner, starts_on=quarter.starts_on, purpose=purpose.strip(), requested=amount)
    fund.save(force_insert=True)
    for line in lines:
        label = line.name or str(CostKind(line.kind).label).capitalize()
        BudgetLine(fund=fund, kind=line.kind, name=label, planned=line.planned).save(force_insert=True)
    _note("fund.requested", fund, by=by, amount=amount)
    _ask_finance(fund, amount, by=by, reason=purpose)
    return fund


def _refuse_unsound(name: str, quarter: Quarter, amount: Decimal, lines: Sequence[Planned]) -> None:
    now = Quarter.now()
    last = now
    for _step in range(QUARTERS_AHEAD):
        last = last.after
    errors = {}
    if not name:
        errors["name"] = _("Give the fund a name.")
    if not now.starts_on <= quarter.starts_on <= last.starts_on:
        errors["quarter"] = _("Choose this quarter or one of the next %(n)d.") % {"n": QUARTERS_AHEAD}
    if Fund.objects.filter(name=name, starts_on=quarter.starts_on).exists():
        errors["name"] = _("There is a fund of this name in that quarter already.")
    if sum((line.planned for line in lines), ZERO) > amount:
        errors["requested"] = _("The lines plan more than this. Ask for what they need, or plan less.")
    if errors:
        raise InvalidInput(next(iter(errors.values())), errors=errors)


def _ask_finance(fund: Fund, amount: Decimal, *, by: User, reason: str) -> None:
    label = _("%(fund)s, %(quarter)s") % {"fund": fund.name, "quarter": Quarter(fund.starts_on).name}
    approvals.request(
        kind=ApprovalKind.MONEY,
        subject=fund,
        label=label[:200],
        url=fund.get_absolute_url(),
        requester=by,
        amount=amount,
        reason=reason,
        owner=fund.owner,
    )


@transaction.atomic
def ask_for_more(*, fund: Fund, amount: Decimal, reason: str, by: User) -> Fund:
    """Ask finance for more money in a fund that is open. Raises IllegalMove for any other, NotAllowed for strangers."""
    fund = lock_fund(fund.pk)
    _refuse_unless(by, "governance.steer_fund", fund)
    if fund.state not in {FundState.OPEN, FundState.FROZEN}:
        raise DomainError(_("Only a fund that is open gets more."))
    if not reason.strip():
        message = _("Say what it is for: finance decides by it.")
        raise InvalidInput(message, errors={"reason": message})
    _ask_finance(fund, amount_of(amount), by=by, reason=reason.strip())
    return fund


@transaction.atomic
def decide_on_fund(*, approval: Approval, granted: bool, by: User | None) -> None:
    """Carry out what was decided on a fund: open it, give it more, or note that it was not granted. Twice is once."""
    fund = lock_fund(approval.subject_id)
    key = f"approval:{approval.pk}"
    if is_booked(key):
        return
    if fund.state == FundState.REQUESTED and not granted:
        move(fund, FundState.REJECTED, moves=FUND_MOVES, noun=_("fund"))
        _note("fund.rejected", fund, by=by)
    elif fund.state == FundState.REQUESTED:
        move(fund, FundState.OPEN, moves=FUND_MOVES, noun=_("fund"))
        amount = approval.amount or fund.requested
        enter(fund=fund, kind=EntryKind.ALLOCATE, amount=amount, key=key, by=by, memo=_("As asked for"))
        _note("fund.opened", fund, by=by, amount=amount)
    elif granted and approval.amount and fund.state in {FundState.OPEN, FundState.FROZEN}:
        _add(fund, approval.amount, key=key, by=by, memo=approval.reason)


@transaction.atomic
def allocate(*, fund: Fund, amount: Decimal, key: str, by: User, memo: str = "") -> Fund:
    """Give a fund more, or take back what is still free (a negative amount). The oldest that waits has it first.

    Raises NotAllowed for one's own fund, InvalidInput when more is taken back than is free.
    """
    fund = lock_fund(fund.pk)
    if is_booked(key):
        return fund
    _refuse_unless(by, "governance.allocate", fund)
    if fund.state not in {FundState.OPEN, FundState.FROZEN}:
        raise DomainError(_("Only a fund that is open gets or gives money."))
    amount = amount_of(amount, negative=True)
    if -amount > fund.available:
        message = _("Only %(free)s is still free in this fund.") % {"free": rp.money(fund.available)}
        raise InvalidInput(message, errors={"amount": message})
    _add(fund, amount, key=key, by=by, memo=memo.strip())
    return fund


def _add(fund: Fund, amount: Decimal, *, key: str, by: User | None, memo: str) -> None:
    enter(fund=fund, kind=EntryKind.ALLOCATE, amount=amount, key=key, by=by, memo=memo)
    _note("fund.allocated", fund, by=by, amount=amount)
    rearm(fund)
    settle(fund, by=by)


@transaction.atomic
def freeze_fund(*, fund: Fund, by: User) -> Fund:
    """Promise nothing more for a time: what comes in waits; what was promised can still be spent."""
    fund = _steered(fund, by)
    move(fund, FundState.FROZEN, moves=FUND_MOVES, noun=_("fund"))
    _note("fund.frozen", fund, by=by)
    return fund


@transaction.atomic
def thaw_fund(*, fund: Fund, by: User) -> Fund:
    """Open a frozen fund again; what came in meanwhile has its money in order."""
    fund = _steered(fund, by)
    check(fund, FundState.OPEN, moves={FundState.FROZEN: {FundState.OPEN}}, noun=_("fund"))
    move(fund, FundState.OPEN, moves=FUND_MOVES, noun=_("fund"))
    _note("fund.thawed", fund, by=by)
    settle(fund, by=by)
    return fund


@transaction.atomic
def close_fund(*, fund: Fund, by: User) -> Fund:
    """Close the book of a quarter: what waits is let go. Raises DomainError while promises are open."""
    fund = _steered(fund, by)
    check(fund, FundState.CLOSED, moves=FUND_MOVES, noun=_("fund"))
    promised = Commitment.objects.filter(fund=fund, state=CommitmentState.COMMITTED).count()
    if promised or Commitment.objects.filter(fund=fund, state=CommitmentState.ASKED).exists():
        raise DomainError(
            _("%(amount)s is still promised or asked for. Spend it or release it first.")
            % {"amount": rp.money(fund.committed)}
        )
    for waiting in queue(fund):
        waiting.state = CommitmentState.RELEASED
        waiting.save(update_fields=["state"])
        tell("budget.released", waiting, fund, by=by)
    move(fund, FundState.CLOSED, moves=FUND_MOVES, noun=_("fund"))
    _note("fund.closed", fund, by=by)
    return fund


@transaction.atomic
def plan_line(*, fund: Fund, kind: CostKind, name: str, planned: Decimal, by: User) -> BudgetLine:
    """Add a line to a fund's plan. Raises InvalidInput for a name it has already."""
    fund = _steered(fund, by)
    name = " ".join(name.split())[:120] or str(CostKind(kind).label).capitalize()
    _refuse_twin(fund, name)
    line = BudgetLine(fund=fund, kind=kind, name=name, planned=_plan(planned))
    line.save(force_insert=True)
    return line


@transaction.atomic
def replan(*, line: BudgetLine, name: str, planned: Decimal, by: User) -> BudgetLine:
    """Change what a line plans, or its name; what was promised and spent stays."""
    _steered(line.fund, by)
    line = BudgetLine.objects.select_for_update().get(pk=line.pk)
    name = " ".join(name.split())[:120] or line.name
    if name != line.name:
        _refuse_twin(line.fund, name)
    line.name, line.planned = name, _plan(planned)
    line.save(update_fields=["name", "planned"])
    return line


def _plan(planned: Decimal) -> Decimal:
    return amount_of(planned, field="planned") if planned else ZERO


def _refuse_twin(fund: Fund, name: str) -> None:
    if BudgetLine.objects.filter(fund=fund, name=name).exists():
        message = _("This fund has a line of that name already.")
        raise InvalidInput(message, errors={"name": message})


def _steered(fund: Fund, by: User) -> Fund:
    fund = lock_fund(fund.pk)
    _refuse_unless(by, "governance.steer_fund", fund)
    if fund.state in {FundState.CLOSED, FundState.REJECTED}:
        raise DomainError(_("This fund is closed: its book does not change any more."))
    return fund


def _refuse_unless(by: User, permission: str, fund: Fund) -> None:
    if not by.has_perm(permission, fund):
        raise NotAllowed(_("That is for the fund's owner or for finance, and nobody adds to a fund of their own."))
