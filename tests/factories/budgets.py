"""Funds with money in them; the books are only ever written by the services."""

import datetime as dt
import itertools
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from refprogram.governance.budgets import services
from refprogram.governance.budgets.enums import CostKind, EntryKind, FundState
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.services import book
from tests.factories.people import UserFactory

_numbers = itertools.count(1)


class FundFactory(DjangoModelFactory):
    """A fund of this quarter that finance has not decided on; `fund_of` gives one with money."""

    class Meta:
        model = Fund

    name = factory.Sequence(lambda n: f"Fund {n}")
    owner = factory.SubFactory(UserFactory, role="marketer")
    starts_on = factory.LazyFunction(lambda: Quarter.now().starts_on)
    requested = Decimal(1000)


class BudgetLineFactory(DjangoModelFactory):
    """A line that plans 500 for videos."""

    class Meta:
        model = BudgetLine

    fund = factory.SubFactory(FundFactory)
    kind = CostKind.VIDEO
    name = factory.Sequence(lambda n: f"Line {n}")
    planned = Decimal(500)


def fund_of(amount: int | str | Decimal = 1000, **fields: object) -> Fund:
    """Return an open fund that was granted so much, as the handler of the approval does it."""
    fund = FundFactory(state=FundState.OPEN, requested=Decimal(amount), **fields)
    if Decimal(amount):
        key = f"test:granted:{fund.pk}"
        book.enter(fund=fund, kind=EntryKind.ALLOCATE, amount=Decimal(amount), key=key, by=None, memo="As asked for")
    return fund


def promised(amount: int | str = 100, *, fund: Fund | None = None, **fields: object) -> Commitment:
    """Return a promise out of a fund (one with 1,000 by itself); it waits where that has too little."""
    fund = fund or fund_of()
    by = fields.pop("by", None) or fund.owner
    return services.commit(
        key=f"test:{next(_numbers)}", fund=fund, amount=Decimal(amount), subject=fund, label="A camera team",
        url=fund.get_absolute_url(), by=by, **fields,
    )  # fmt: skip


def promised_for_many(n: int, fund: Fund | None = None) -> list[Commitment]:
    """Promise n times out of one fund."""
    fund = fund or fund_of(100_000)
    return [promised(fund=fund) for _ in range(n)]


def quarter_of(year: int, n: int) -> dt.date:
    """Return the first day of a quarter."""
    return Quarter.named(f"{year}-Q{n}").starts_on
