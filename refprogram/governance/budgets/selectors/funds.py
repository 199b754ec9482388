"""Who sees which funds, lines, promises and entries."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet, TextField

from refprogram.governance.budgets.enums import OPEN_COMMITMENTS, CostKind, FundState
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund, FundEntry
from refprogram.governance.budgets.quarters import Quarter
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Given, Prepared
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor


def visible_to(user: User) -> QuerySet[Fund]:
    """Return the funds this user may read: all, one's own, or none."""
    if user.has_perm("governance.view_all_budgets"):
        return Fund.objects.all()
    return Fund.objects.filter(owner=user.pk) if user.has_perm("governance.view_budgets") else Fund.objects.none()


# The fund of this public id, if the viewer may read it.
FOR_PAGE = PreparedFor(
    lambda viewer: visible_to(viewer).select_related("owner__person").filter(public_id=Given("public_id", TextField()))
)


def _through_fund(user: User) -> Q:
    return Q() if user.has_perm("governance.view_all_budgets") else Q(fund__in=visible_to(user))


def lines_visible_to(user: User) -> QuerySet[BudgetLine]:
    """Return the lines of the funds this user may read."""
    return BudgetLine.objects.filter(_through_fund(user))


def commitments_visible_to(user: User) -> QuerySet[Commitment]:
    """Return the promises out of the funds this user may read."""
    return Commitment.objects.filter(_through_fund(user))


def entries_visible_to(user: User) -> QuerySet[FundEntry]:
    """Return the entries in the books of the funds this user may read."""
    return FundEntry.objects.filter(_through_fund(user))


def by_id(fund_id: int) -> Fund:
    """Return a fund by its key, whoever asks."""
    return Fund.objects.select_related("owner__person").get(pk=fund_id)


def of_quarter(funds: QuerySet[Fund], quarter: Quarter) -> QuerySet[Fund]:
    """Return the funds of one quarter, by name."""
    return funds.filter(starts_on=quarter.starts_on).order_by("name", "id")


def open_funds(on: dt.date, kind: CostKind | None = None) -> QuerySet[Fund]:
    """Return the funds that promise money on a day; with a kind of cost, those that plan for it."""
    found = Fund.objects.filter(state=FundState.OPEN, starts_on=Quarter.of(on).starts_on)
    return found.filter(lines__kind=kind).distinct() if kind else found


def open_promises_of(fund: Fund) -> QuerySet[Commitment]:
    """Return what a fund has promised and not yet paid, was asked for, or cannot promise yet; the oldest first."""
    found = Commitment.objects.filter(fund=fund, state__in=OPEN_COMMITMENTS)
    return found.select_related("asked_by__person", "line").order_by("queued_at", "id")


FEW, LATEST = 20, 8  # promises and entries on a fund's page
_FUND: Any = Given("fund", BigIntegerField())
_FIRST = Prepared(lambda: open_promises_of(_FUND)[:FEW])
_LATEST = Prepared(lambda: book_of(_FUND)[:LATEST])


def first_promises_of(fund: Fund) -> list[Commitment]:
    """Return the oldest of its open promises, as its page shows them."""
    return _FIRST(fund=fund.pk)


def latest_entries_of(fund: Fund) -> list[FundEntry]:
    """Return the latest entries of its book, as its page shows them."""
    return _LATEST(fund=fund.pk)


def book_of(fund: Fund) -> QuerySet[FundEntry]:
    """Return a fund's book, the latest entry first."""
    return FundEntry.objects.filter(fund=fund).select_related("line", "actor__person", "commitment").order_by("-id")


def who_hears(fund: Fund) -> list[User]:
    """Return who is told when a fund runs out: its owner, and finance."""
    finance = Q(role=Role.FINANCE) | Q(pk=fund.owner_id)
    return list(User.objects.filter(finance, is_active=True).select_related("person").order_by("pk"))


def fund_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how funds are called in sentences."""
    funds = Fund.objects.filter(pk__in=list(ids)).only("pk", "name", "public_id", "owner_id")
    everything = viewer.has_perm("governance.view_all_budgets")
    return {
        fund.pk: Label(fund.name, fund.get_absolute_url() if everything or fund.owner_id == viewer.pk else "")
        for fund in funds
    }


def commitment_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how promises are called in sentences: by what they are for."""
    may_read = viewer.has_perm("governance.view_budgets")
    return {
        pk: Label(label, url if may_read else "")
        for pk, label, url in Commitment.objects.filter(pk__in=list(ids)).values_list("pk", "label", "url")
    }
