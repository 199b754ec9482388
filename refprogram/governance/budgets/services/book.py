"""The book of a fund: every movement of money is one entry, and the kept sums move with it.

Whoever moves money locks the fund first, then its line, then the commitment. All of a fund's money moves under the
lock of its row, so two who want the last euro come one after the other.
"""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from refprogram.governance.budgets.enums import COMMITMENT_MOVES, CommitmentState, EntryKind, FundState
from refprogram.governance.budgets.models import ZERO, BudgetLine, Commitment, Fund, FundEntry
from refprogram.governance.budgets.policy import ALERT_AT
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.moves import move
from refprogram.kernel.stream import emit
from refprogram.people.models import User

CENT = Decimal("0.01")
MOST = Decimal(10) ** 12
# What an entry does to the sums: (allocated, committed, spent).
EFFECT: dict[str, tuple[int, int, int]] = {
    EntryKind.ALLOCATE: (1, 0, 0),
    EntryKind.COMMIT: (0, 1, 0),
    EntryKind.RELEASE: (0, -1, 0),
    EntryKind.SPEND: (0, -1, 1),
    EntryKind.REFUND: (0, 0, -1),
}
SUMS = ("allocated", "committed", "spent")


def amount_of(value: Decimal, *, field: str = "amount", negative: bool = False) -> Decimal:
    """Return an amount to the cent. Raises InvalidInput in words of its own for each thing that is wrong with it."""
    try:
        cents = value.quantize(CENT)
    except InvalidOperation:
        cents = MOST
    message = ""
    if abs(cents) >= MOST:
        message = _("That is more than this program can count.")
    elif cents != value:
        message = _("Money has at most two digits behind the point.")
    elif cents == 0 or (cents < 0 and not negative):
        message = _("Give an amount other than nothing.") if negative else _("Give an amount above nothing.")
    if message:
        raise InvalidInput(message, errors={field: message})
    return cents


def lock_fund(fund_id: int) -> Fund:
    """Return the fund, locked until the end of this transaction."""
    return Fund.objects.select_for_update().get(pk=fund_id)


def lock_line(line_id: int | None) -> BudgetLine | None:
    """Return a fund's line, locked; the fund is locked already."""
    return None if line_id is None else BudgetLine.objects.select_for_update().get(pk=line_id)


def lock_promise(commitment: Commitment) -> tuple[Fund, BudgetLine | None, Commitment]:
    """Return a commitment with its fund and line, locked from the top of the house down."""
    fund, line = lock_fund(commitment.fund_id), lock_line(commitment.line_id)
    return fund, line, Commitment.objects.select_for_update().get(pk=commitment.pk)


def is_booked(key: str) -> bool:
    """Whether this movement stands in a book already. Ask under the fund's lock."""
    return FundEntry.objects.filter(key=key).exists()


def enter(
    *,
    fund: Fund,
    kind: EntryKind,
    amount: Decimal,
    key: str,
    by: User | None,
    line: BudgetLine | None = None,
    commitment: Commitment | None = None,
    memo: str = "",
) -> None:
    """Write one entry and move the kept sums of the fund and of its line. Both are locked."""
    FundEntry(
        key=key, fund=fund, line=line, commitment=commitment, kind=kind, amount=amount, memo=memo[:200], actor=by
    ).save(force_insert=True)
    effect = dict(zip(SUMS, EFFECT[kind], strict=True))
    for row in (fund, line):
        touched = [name for name in SUMS if row is not None and effect[name] and hasattr(row, name)]
        for name in touched:
            setattr(row, name, getattr(row, name) + effect[name] * amount)
        if row is not None and touched:
            row.save(update_fields=touched)


def settle(fund: Fund, *, by: User | None) -> None:
    """After money moved: who waits longest has it first, and owner and finance hear when it runs out."""
    if fund.state == FundState.OPEN and fund.available > 0:
        serve_queue(fund, by=by)
    alert(fund)


def queue(fund: Fund) -> list[Commitment]:
    """Return what waits for this fund's money, the oldest first."""
    waiting = Commitment.objects.filter(fund=fund, state=CommitmentState.WAITING)
    return list(waiting.select_for_update(of=("self",)).order_by("queued_at", "id"))


def serve_queue(fund: Fund, *, by: User | None) -> None:
    """Give what is available to those who wait, in their order; who does not fit holds the others back."""
    for waiting in queue(fund):
        if waiting.amount > fund.available:
            return
        promise(fund=fund, line=lock_line(waiting.line_id), commitment=waiting, by=by)
        tell("budget.funded", waiting, fund, by=by)


def promise(*, fund: Fund, line: BudgetLine | None, commitment: Commitment, by: User | None) -> None:
    """Set the money of a commitment aside."""
    move(commitment, CommitmentState.COMMITTED, moves=COMMITMENT_MOVES, noun=_("commitment"), also=["queued_at"])
    enter(
        fund=fund,
        line=line,
        commitment=commitment,
        kind=EntryKind.COMMIT,
        amount=commitment.amount,
        key=f"commit:{commitment.pk}",
        by=by,
        memo=commitment.label,
    )


def alert(fund: Fund) -> None:
    """Say once for each mark that so much of the fund is promised or spent."""
    if not fund.allocated:
        return
    passed = max((mark for mark in ALERT_AT if fund.used * 100 >= mark * fund.allocated), default=0)
    if passed > fund.alerted_at:
        fund.alerted_at = passed
        fund.save(update_fields=["alerted_at"])
        emit("budget.alert", subject=fund, payload={"owner": fund.owner_id, "percent": passed})


def rearm(fund: Fund) -> None:
    """New money: marks that are no longer reached may be told of again."""
    still = [mark for mark in ALERT_AT if fund.allocated and fund.used * 100 >= mark * fund.allocated]
    fund.alerted_at = min(fund.alerted_at, max(still, default=0))
    fund.save(update_fields=["alerted_at"])


def tell(topic: str, commitment: Commitment, fund: Fund, *, by: User | None, amount: Decimal = ZERO) -> None:
    """Emit what happened to a commitment."""
    emit(
        topic,
        subject=commitment,
        actor_id=by.person_id if by else None,
        payload={
            "fund": fund.pk,
            "owner": fund.owner_id,
            "amount": str(amount or commitment.amount),
            "subject_type": commitment.subject_type,
            "subject_id": commitment.subject_id,
        },
    )
