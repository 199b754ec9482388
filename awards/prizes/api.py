"""Prizes over the API: for who runs the contest."""

import datetime as dt
from decimal import Decimal

from pydantic import Field

from awards.contests.api import demand
from awards.contests.enums import PrizeKind
from awards.contests.selectors import visible_to as contests_for
from awards.models import Contest
from awards.prizes import selectors, services, standing
from awards.prizes.enums import GrantState
from awards.prizes.models import PrizeGrant
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues

router = api.Router(tags=["awards"])


class GrantOut(api.Thing):
    """One prize of one award. `gift` is its fulfilment, once the winner has taken it; `gift_state` how far that is."""

    award: str
    prize: str
    kind: PrizeKind
    item: str
    value: Decimal
    state: GrantState
    cause: str
    entry: str
    whom: str
    category: str
    gift: str | None
    gift_state: FulfilmentState | None
    cost: Decimal | None
    blocked: str
    reason: str
    host: api.Ref | None
    on: dt.date | None
    where: str
    note: str
    offered_at: dt.datetime | None
    answered_at: dt.datetime | None
    settled: bool

    @staticmethod
    def resolve_award(row: PrizeGrant) -> str:
        return row.award.public_id

    @staticmethod
    def resolve_prize(row: PrizeGrant) -> str:
        return row.prize.public_id

    @staticmethod
    def resolve_entry(row: PrizeGrant) -> str:
        return row.award.place.entry.public_id

    @staticmethod
    def resolve_whom(row: PrizeGrant) -> str:
        return str(selectors.facts_of(row)["whom"])

    @staticmethod
    def resolve_category(row: PrizeGrant) -> str:
        return row.award.place.category.name

    @staticmethod
    def resolve_gift(row: PrizeGrant) -> str | None:
        return row.fulfilment.public_id if row.fulfilment else None

    @staticmethod
    def resolve_gift_state(row: PrizeGrant) -> str | None:
        return row.fulfilment.state if row.fulfilment else None

    @staticmethod
    def resolve_cost(row: PrizeGrant) -> Decimal | None:
        return row.fulfilment.cost if row.fulfilment else None

    @staticmethod
    def resolve_settled(row: PrizeGrant) -> bool:
        return standing.settled(row)


class ArrangeIn(api.Input):
    """Who hosts it (a user's id), when and where, and what was agreed. All four are set."""

    host: str | None = None
    on: dt.date | None = None
    where: str = Field("", max_length=120)
    note: str = Field("", max_length=300)


class OfferIn(api.Input):
    """What is offered in its place."""

    kind: PrizeKind
    item: str = Field(min_length=1, max_length=200)
    value: Decimal = Field(Decimal(0), ge=0, le=Decimal("999999999999.99"))


def _found(request: MemberRequest, public_id: str) -> PrizeGrant:
    row: PrizeGrant = api.found(selectors.with_people(selectors.visible_to(request.user)), public_id)
    return row


@router.get("/contests/{public_id}/grants", response=list[GrantOut])
def list_contest_grants(request: MemberRequest, public_id: str) -> list[PrizeGrant]:
    """The prizes of a contest, each with how far it is; without what winners told us about themselves."""
    contest: Contest = api.found(contests_for(request.user), public_id)
    demand(request, "awards.run_contest", contest)
    return selectors.in_contest(contest)


@router.get("/grants/{public_id}", response=GrantOut)
def get_grant(request: MemberRequest, public_id: str) -> PrizeGrant:
    """One prize of one award."""
    return _found(request, public_id)


@router.post("/grants/{public_id}/arrange", response=GrantOut)
def arrange_grant(request: MemberRequest, public_id: str, said: ArrangeIn) -> PrizeGrant:
    """Agree host, day and place; the winner and the host are told."""
    row = _found(request, public_id)
    host = api.one_of(colleagues(), said.host or None, "host")
    services.arrange(grant=row, by=request.user, host=host, on=said.on, where=said.where, note=said.note)
    return _found(request, public_id)


@router.post("/grants/{public_id}/offer", response=GrantOut)
def offer_grant(request: MemberRequest, public_id: str, said: OfferIn) -> PrizeGrant:
    """Offer something else, where the first was refused, held, not approved, or came to nothing."""
    row = _found(request, public_id)
    services.offer_else(grant=row, kind=said.kind, item=said.item, value=said.value, by=request.user)
    return _found(request, public_id)
