"""Reading granted prizes: those of a contest for who runs it, those of one award for its winner."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from awards import visibility
from awards.models import Award, Contest, ContestMember, Prize
from awards.prizes.enums import GrantState
from awards.prizes.models import PrizeGrant
from awards.prizes.services.rows import PEOPLE
from refprogram.governance.budgets.models import Fund
from refprogram.kernel.labels import Label
from refprogram.people.calendars.ics import Entry
from refprogram.people.models import User

# What the page of a contest names of each prize.
LISTED = (
    "award__contest", "award__place__category", "award__place__entry__account", "award__place__entry__team",
    "award__place__entry__owner", "prize", "fulfilment__approval", "fulfilment__commitment", "fulfilment__fund",
    "host__person",
)  # fmt: skip
ENDED = (GrantState.REFUSED, GrantState.CANCELLED, GrantState.KEPT)


def visible_to(user: User) -> QuerySet[PrizeGrant]:
    """Return the granted prizes that a colleague may read: those of contests that they run."""
    return PrizeGrant.objects.filter(award__contest__in=visibility.contests_run_by(user).values("pk"))


def with_people(rows: QuerySet[PrizeGrant]) -> QuerySet[PrizeGrant]:
    """Add all that pages name."""
    return rows.select_related(*PEOPLE, "fulfilment__fund")


def in_contest(contest: Contest) -> list[PrizeGrant]:
    """Return the granted prizes of a contest in the order of its categories. One query."""
    rows = PrizeGrant.objects.filter(award__contest=contest).select_related(*LISTED)
    return list(rows.order_by("award__people_choice", "award__place__category__precedence", "award__rank", "pk"))


def of_contest(contest: Contest) -> QuerySet[PrizeGrant]:
    """Return the granted prizes of a contest, for one of them."""
    return with_people(PrizeGrant.objects.filter(award__contest=contest))


def of_award(award: Award) -> list[PrizeGrant]:
    """Return what one award was given, for its winner. One query."""
    return list(with_people(PrizeGrant.objects.filter(award=award)).order_by("pk"))


def award_behind_link(pk: int) -> Award | None:
    """Return the award of a signed link, with who speaks for it."""
    return Award.objects.select_related("contest__owner__person", "place__entry__owner", "place__category").filter(
        pk=pk
    ).first()  # fmt: skip


@dataclass(frozen=True)
class Promised:
    """A prize, and how many times it was promised."""

    prize: Prize
    times: int


@dataclass(frozen=True)
class Money:
    """What a contest's prizes cost: as planned, as granted, and what of it is set aside and paid."""

    planned: Decimal
    granted: Decimal
    set_aside: Decimal
    paid: Decimal
    funds: list[tuple[Fund, Decimal]]


def prizes_of(contest: Contest) -> list[Promised]:
    """Return what was promised, as the public page does: a prize without a category is one for each. Two queries."""
    rows = list(contest.prizes.select_related("category").order_by("people_choice", "category", "place", "pk"))
    each = contest.categories.count()
    return [Promised(row, 1 if row.category_id or row.people_choice else each) for row in rows]


def money_of(promised: Iterable[Promised], rows: Iterable[PrizeGrant]) -> Money:
    """Return what the prizes of a contest cost, from the rows of its page."""
    planned = sum((one.prize.value * one.times for one in promised), Decimal(0))
    granted = set_aside = paid = Decimal(0)
    funds: dict[int, tuple[Fund, Decimal]] = {}
    for row in rows:
        granted += Decimal(0) if row.state in ENDED else row.value
        gift = row.fulfilment
        promise = gift.commitment if gift is not None else None
        if gift is None or promise is None:
            continue
        aside = promise.amount if promise.state == "committed" else Decimal(0)
        spent = (gift.cost or Decimal(0)) - gift.refunded
        set_aside, paid = set_aside + aside, paid + spent
        if gift.fund is not None:
            known = funds.get(gift.fund.pk, (gift.fund, Decimal(0)))[1]
            funds[gift.fund.pk] = (gift.fund, known + aside + spent)
    return Money(planned, granted, set_aside, paid, list(funds.values()))


def grant_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how granted prizes are called in a sentence, without saying whose they are."""
    rows = PrizeGrant.objects.filter(pk__in=list(ids)).select_related("award__contest")
    known = set(visible_to(viewer).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return {row.pk: Label(row.item, row.get_absolute_url() if row.pk in known else "") for row in rows}


def managers_of(contest: Contest) -> list[User]:
    """Return who runs the contest."""
    rows = ContestMember.objects.filter(contest=contest, part="manager", user__is_active=True)
    return [member.user for member in rows.select_related("user__person").order_by("pk")]


def hosted(user: User, since: dt.datetime) -> list[Entry]:
    """Return the prizes that a colleague hosts, for their own calendar."""
    rows = PrizeGrant.objects.filter(host=user, on__gte=timezone.localdate(since)).exclude(state__in=ENDED)
    return [
        Entry(
            uid=row.public_id, title=row.item, starts=row.on, ends=row.on, changed_at=row.updated_at, detail=row.where
        )
        for row in rows.order_by("on", "pk")
        if row.on is not None
    ]


def facts_of(row: PrizeGrant) -> dict[str, Any]:
    """Return whom a prize is for, as pages and the API name it."""
    entry = row.award.place.entry
    whom = entry.account.name if entry.account is not None else entry.team.name if entry.team is not None else ""
    return {"whom": whom, "person": entry.owner.name if entry.owner is not None else "", "title": entry.title}
