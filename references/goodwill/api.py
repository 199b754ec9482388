"""Give and take over the API: the same doors as the pages."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from references.accounts import clock
from references.accounts import selectors as accounts
from references.accounts.enums import AskState
from references.accounts.models import Account, Ask, Contact
from references.goodwill import selectors, services
from references.goodwill.enums import GoodwillKind, ReservationState, Team
from references.goodwill.filters import AskFilter, ReservationFilter
from references.goodwill.models import GoodwillEntry, Reservation
from references.goodwill.views import may_move
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["goodwill"])


class AskOut(api.Thing):
    """One thing that a customer is asked for, by whatever team."""

    account: api.Ref
    contact: api.Ref
    activity: str = Field(description="The slug of the activity.")
    effort: int
    state: AskState
    planned_on: dt.date
    team: str
    asked_by: api.Ref | None

    @staticmethod
    def resolve_url(obj: Ask) -> str:
        return api.absolute(obj.account.get_absolute_url())

    @staticmethod
    def resolve_contact(obj: Ask) -> Any:
        return _contact(obj.contact)

    @staticmethod
    def resolve_activity(obj: Ask) -> str:
        return obj.activity.slug if obj.activity else ""

    @staticmethod
    def resolve_asked_by(obj: Ask) -> Any:
        return obj.reserved_by


class ReservationOut(api.Thing):
    """A customer kept free for a plan."""

    account: api.Ref
    contact: api.Ref | None
    purpose: str
    team: Team
    starts_on: dt.date
    ends_on: dt.date
    points: int
    state: ReservationState
    note: str
    reserved_by: api.Ref

    @staticmethod
    def resolve_contact(obj: Reservation) -> Any:
        return None if obj.contact is None else _contact(obj.contact)


class ReservationIn(api.Input):
    """Whom to keep for what. Two plans never hold the same contact on the same day."""

    account: str
    contact: str | None = Field(None, description="Without one, the whole account.")
    purpose: str = Field(min_length=1, max_length=200)
    team: Team
    starts_on: dt.date
    ends_on: dt.date
    points: int = Field(0, ge=0, le=500)
    note: str = Field("", max_length=200)


class GoodwillEntryOut(api.Schema):
    """A line of the ledger: points given (+) or asked (−)."""

    contact: api.Ref | None
    kind: GoodwillKind
    points: int
    note: str
    at: dt.datetime
    recorded_by: api.Ref | None

    @staticmethod
    def resolve_contact(obj: GoodwillEntry) -> Any:
        return None if obj.contact is None else _contact(obj.contact)


class GiveIn(api.Input):
    """What was given. Without points it is worth what the program settings say."""

    kind: GoodwillKind
    contact: str | None = None
    points: int | None = Field(None, ge=1, le=500)
    note: str = Field("", max_length=200)
    at: api.When | None = None


class GoodwillOut(api.Schema):
    """What is left, what an ask would use, and when there is enough again."""

    capacity: int
    left: int
    given: float
    asked: float
    overdrawn: bool
    price: int | None = Field(description="What the activity that you named would use.")
    enough: bool | None = Field(description="Whether there is enough for it, and for the next plan after it.")
    enough_on: dt.date | None
    words: str
    entries: list[GoodwillEntryOut]


class Wanted(api.Schema):
    """What somebody thinks of asking."""

    activity: str = Field("", max_length=30, description="The slug of an activity, to hear its price.")
    contact: str = Field("", max_length=12, description="One contact instead of the whole account.")


class NearOut(api.Schema):
    """What else is asked of a customer near a day, in sentences."""

    near: list[str]


class Near(api.Schema):
    """A day, and the team that would ask."""

    on: dt.date | None = Field(None, ge=dt.date(2000, 1, 1), le=dt.date(2200, 1, 1))
    team: Team | None = None


def _contact(contact: Contact) -> Any:
    return SimpleNamespace(public_id=contact.public_id, name=contact.person.name)


def _demand(request: MemberRequest, permission: str, subject: Any = None) -> None:
    if not request.user.has_perm(permission, subject):
        raise NotAllowed("Your role does not include this.")


def _account(request: MemberRequest, public_id: str) -> Account:
    found: Account = api.found(accounts.visible_to(request.user).select_related("owner__team"), public_id)
    return found


def _named_contact(request: MemberRequest, account: Account, public_id: str | None) -> Contact | None:
    if not public_id:
        return None
    people = accounts.contacts_visible_to(request.user).filter(account=account)
    found = people.filter(public_id=public_id).first()
    if found is None:
        message = "There is no such contact at this account."
        raise InvalidInput(message, errors={"contact": message})
    return found


@api.listing(router, "/asks", AskOut, filters=AskFilter)
def list_asks(request: MemberRequest) -> QuerySet[Ask]:
    """List what customers are asked for by all teams."""
    _demand(request, "references.see_asks")
    rows = selectors.asks_visible_to(request.user)
    return rows.select_related("account", "contact__person", "activity", "reserved_by__person")


@api.listing(router, "/reservations", ReservationOut, filters=ReservationFilter)
def list_reservations(request: MemberRequest) -> QuerySet[Reservation]:
    """List the customers kept for a plan."""
    _demand(request, "references.see_asks")
    return selectors.reservations_visible_to(request.user)


@router.post("/reservations", response={201: ReservationOut})
def create_reservation(request: MemberRequest, data: ReservationIn) -> Any:
    """Keep a customer for a plan; refused with who keeps them already, and the next free days."""
    account = accounts.visible_to(request.user).select_related("owner__team").filter(public_id=data.account).first()
    if account is None:
        message = "There is no such account, or you may not see it."
        raise InvalidInput(message, errors={"account": message})
    _demand(request, "references.reserve_customer", account)
    facts = data.dict(exclude={"account", "contact"})
    contact = _named_contact(request, account, data.contact)
    row = services.reserve(account=account, contact=contact, actor=request.user, **facts)
    return api.Status(201, api.found(selectors.reservations_visible_to(request.user), row.public_id))


@router.get("/reservations/{public_id}", response=ReservationOut)
def get_reservation(request: MemberRequest, public_id: str) -> Any:
    """Return one reservation."""
    _demand(request, "references.see_asks")
    return api.found(selectors.reservations_visible_to(request.user), public_id)


@router.post("/reservations/{public_id}/release", response=ReservationOut)
def release_reservation(request: MemberRequest, public_id: str) -> Any:
    """Let others ask again."""
    return _moved(request, public_id, services.release)


@router.post("/reservations/{public_id}/use", response=ReservationOut)
def use_reservation(request: MemberRequest, public_id: str) -> Any:
    """Say that the plan took place."""
    return _moved(request, public_id, services.use)


def _moved(request: MemberRequest, public_id: str, verb: Any) -> Any:
    _demand(request, "references.see_asks")
    row = api.found(selectors.reservations_visible_to(request.user), public_id)
    if not may_move(request.user, row):
        raise NotAllowed("Only who made it, and who runs the program.")
    verb(reservation=row, actor=request.user)
    return api.found(selectors.reservations_visible_to(request.user), public_id)


@router.get("/accounts/{public_id}/goodwill", response=GoodwillOut)
def get_goodwill(request: MemberRequest, public_id: str, wanted: Query[Wanted]) -> Any:
    """Return what is left of a customer's goodwill, and the price of an activity before it is asked."""
    _demand(request, "references.see_goodwill")
    account = _account(request, public_id)
    contact = _named_contact(request, account, wanted.contact)
    balance = selectors.balance_of(account, contact)
    price = None
    if wanted.activity:
        kind = next((one for one in accounts.activity_types() if one.slug == wanted.activity), None)
        if kind is None:
            message = "There is no such activity."
            raise InvalidInput(message, errors={"activity": message})
        price = selectors.price_of(balance, kind.effort)
    entries = selectors.entries_for(request.user).filter(account=account)
    return {
        "capacity": balance.capacity,
        "left": balance.left,
        "given": round(balance.given, 2),
        "asked": round(balance.asked, 2),
        "overdrawn": balance.overdrawn,
        "price": price.points if price else None,
        "enough": not price.short if price else None,
        "enough_on": price.enough_on if price else balance.enough_on(0),
        "words": price.words if price else "",
        "entries": list((entries.filter(contact=contact) if contact else entries)[:50]),
    }


@router.post("/accounts/{public_id}/goodwill", response={201: GoodwillEntryOut})
def record_give(request: MemberRequest, public_id: str, data: GiveIn) -> Any:
    """Note what was given to a customer."""
    account = _account(request, public_id)
    _demand(request, "references.record_give", account)
    contact = _named_contact(request, account, data.contact)
    facts = data.dict(exclude={"contact"})
    entry = services.record_give(account=account, contact=contact, actor=request.user, **facts)
    return api.Status(201, entry)


@router.get("/accounts/{public_id}/collisions", response=NearOut)
def list_collisions(request: MemberRequest, public_id: str, near: Query[Near]) -> Any:
    """Return what else is asked of the customer near a day, and who keeps them then."""
    _demand(request, "references.see_asks")
    account = _account(request, public_id)
    return {"near": selectors.collisions(account, near.on or clock.today(), team=near.team or "")}
