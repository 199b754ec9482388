"""The prizes of a SPIFF out of a fund: set aside as it starts, booked as it is settled, free again where it is not.

A prize that is corrected afterwards moves the fund by the difference.

A SPIFF without a fund is paid as commission is, and no fund knows of it.
"""

from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from incentives.pay.models import Spiff
from incentives.pay.selectors import spiffs
from refprogram.governance.budgets import services as funds
from refprogram.governance.budgets.enums import CommitmentState, CostKind, FundState
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import subject_of
from refprogram.kernel.templatetags import rp
from refprogram.people.models import User


def why_not(spiff: Spiff) -> str:
    """Return why the fund does not have the prizes now; empty where it has, or none was named."""
    if spiff.fund_id is None:
        return ""
    fund, prizes = Fund.objects.get(pk=spiff.fund_id), _sum_of(spiff)
    if fund.state != FundState.OPEN:
        return _("%(fund)s is not open: nothing can be promised from it.") % {"fund": fund.name}
    if prizes > fund.available:
        words = {"fund": fund.name, "free": rp.money(fund.available), "prizes": rp.money(prizes)}
        return _("%(fund)s has only %(free)s free, and the prizes come to %(prizes)s.") % words
    return ""


def set_aside(spiff: Spiff, *, by: User) -> None:
    """Promise the prizes out of the fund. Raises DomainError where it has them not, or others wait before it."""
    if spiff.fund is None:
        return
    if problem := why_not(spiff):
        raise DomainError(problem)
    line = BudgetLine.objects.filter(fund=spiff.fund, kind=CostKind.INCENTIVE).order_by("pk").first()
    promise = funds.commit(
        key=_key(spiff), fund=spiff.fund, line=line, amount=_sum_of(spiff), subject=spiff, label=spiff.name,
        url=spiff.get_absolute_url(), by=by,
    )  # fmt: skip
    if promise.state != CommitmentState.COMMITTED:
        raise DomainError(_("%(fund)s has others waiting for its money first.") % {"fund": spiff.fund.name})


def book(spiff: Spiff, won: Decimal) -> None:
    """Book what was won; the rest is free again. What the fund's owner let go of meanwhile is not in its book."""
    promise = _promise_of(spiff)
    if promise is None:
        return
    if won > 0:
        funds.spend(commitment=promise, amount=won, key=f"{_key(spiff)}:won", by=None)
    else:
        funds.release(commitment=promise, by=None, reason=_("Nobody won a prize."))


def follow_correction(spiff: Spiff, *, change: Decimal, key: str, by: User) -> None:
    """Book what a corrected prize costs more, or give back what it costs less. Raises InvalidInput for what it has not.

    A fund that is closed pays no more: its book is done, and the rest is paid as commission is. It takes money back.
    """
    booked = list(_of(spiff).filter(state=CommitmentState.SPENT).select_related("fund").order_by("-pk"))
    if not booked:
        return
    if change < 0:
        _give_back(booked, -change, key=key, by=by)
    elif booked[0].fund.state != FundState.CLOSED:
        _book_more(spiff, booked[-1], change, key=key, by=by)


def _of(spiff: Spiff) -> QuerySet[Commitment]:
    about = subject_of(spiff)
    return Commitment.objects.filter(subject_type=about.type, subject_id=about.id)


def _give_back(booked: list[Commitment], amount: Decimal, *, key: str, by: User) -> None:
    for n, promise in enumerate(booked):
        part = min(amount, promise.spent)
        if part > 0:
            funds.refund(commitment=promise, amount=part, key=f"{key}:{n}", by=by, memo=promise.label)
            amount -= part


def _book_more(spiff: Spiff, first: Commitment, amount: Decimal, *, key: str, by: User) -> None:
    fund = first.fund
    more = funds.commit(
        key=key, fund=fund, line=first.line, amount=amount, subject=spiff, label=spiff.name,
        url=spiff.get_absolute_url(), by=by,
    )  # fmt: skip
    if more.state != CommitmentState.COMMITTED:
        words = {"fund": fund.name, "more": rp.money(amount)}
        message = _("The prize comes out of %(fund)s, which has not the %(more)s more. Put money in first.") % words
        raise InvalidInput(message, errors={"amount": message})
    funds.spend(commitment=more, amount=amount, key=f"{key}:spent", by=by)


def let_go(spiff: Spiff, *, by: User, reason: str) -> None:
    """Set the money free of a SPIFF that was called off."""
    promise = _promise_of(spiff)
    if promise is not None:
        funds.release(commitment=promise, by=by, reason=reason)


def _promise_of(spiff: Spiff) -> Commitment | None:
    return Commitment.objects.filter(key=_key(spiff), state=CommitmentState.COMMITTED).first()


def _sum_of(spiff: Spiff) -> Decimal:
    return sum(spiffs.prizes_of(spiff), Decimal("0.00"))


def _key(spiff: Spiff) -> str:
    return f"spiff:{spiff.pk}"
