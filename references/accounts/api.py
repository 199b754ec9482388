"""Accounts, their people, consents, freezes and deals over the API: the same doors as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.html import strip_tags
from ninja import PatchDict
from pydantic import Field

from references.accounts import fatigue, selectors, services
from references.accounts.enums import Availability, FreezeKind, Membership, Stage, Tier
from references.accounts.filters import AccountFilter, OpportunityFilter
from references.accounts.models import Account, Consent, Contact, Freeze, Opportunity
from refprogram.kernel import api, timeline
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["accounts"])


# ---------------------------------------------------------------- shapes


class AccountOut(api.Thing):
    """A customer."""

    name: str
    external_ref: str | None
    industry: str
    region: api.Ref | None
    country: str
    city: str
    employees: int | None
    tier: Tier
    owner: api.Ref | None
    csm: api.Ref | None
    products: list[api.Ref]
    state: Membership
    availability: Availability
    fatigue: int = Field(description="0 (fresh) to 100 (its whole capacity used).")
    rests_until: dt.date | None
    paused_until: dt.date | None
    member_since: dt.datetime | None
    verified_at: dt.datetime | None
    last_asked_at: dt.datetime | None
    open_asks: int
    activities_done: int

    @staticmethod
    def resolve_availability(obj: Account) -> Availability:
        return selectors.state_of(obj)

    @staticmethod
    def resolve_fatigue(obj: Account) -> int:
        return fatigue.index(obj.fatigue_key, timezone.now())


class AccountIn(api.Schema):
    """An account to add. Region, owner and products are named by id, or (region, products) by name."""

    name: str = Field(max_length=200)
    external_ref: str | None = Field(None, max_length=120)
    industry: str = Field("", max_length=80)
    region: str | None = None
    country: str = Field("", max_length=80)
    city: str = Field("", max_length=80)
    employees: int | None = Field(None, ge=0, le=10_000_000)
    tier: Tier = Tier.NONE
    owner: str | None = None
    csm: str | None = None
    products: list[str] = []


class NewAccount(AccountIn):
    """As `AccountIn`, and the word that it is another company than the one of the same name."""

    twin_ok: bool = False


class ReasonOut(api.Schema):
    """One reason for (true), against (false), or worth knowing (null)."""

    ok: bool | None
    text: str
    note: str


class AvailabilityOut(api.Schema):
    """Whether the account may be asked now, and why."""

    state: Availability
    word: str
    detail: str
    free_again_on: dt.date | None
    reasons: list[ReasonOut]


class Entry(api.Schema):
    """One line of the timeline, as this reader may read it."""

    at: dt.datetime
    topic: str
    text: str


class ContactOut(api.Thing):
    """A customer's person."""

    account: api.Ref
    name: str
    email: str
    title: str
    state: Membership
    willing: list[str]
    cap_per_quarter: int | None
    paused_until: dt.date | None
    left_company_at: dt.datetime | None

    @staticmethod
    def resolve_name(obj: Contact) -> str:
        return obj.person.name

    @staticmethod
    def resolve_email(obj: Contact) -> str:
        return obj.person.email

    @staticmethod
    def resolve_title(obj: Contact) -> str:
        return obj.person.title


class ContactIn(api.Schema):
    """A person to add to an account."""

    account: str
    name: str = Field(max_length=120)
    email: str = Field("", max_length=254)
    title: str = Field("", max_length=120)


class ContactPatch(api.Schema):
    """What may be changed of a contact."""

    name: str = Field("", max_length=120)
    email: str = Field("", max_length=254)
    title: str = Field("", max_length=120)
    willing: list[str] = []
    cap_per_quarter: int | None = Field(None, ge=1, le=50)


class Invitation(api.Schema):
    """What the invitation suggests, as slugs of activities."""

    activities: list[str]


class ConsentOut(api.Thing):
    """What a contact agreed to, in which words."""

    contact: str
    activities: list[str]
    wording: str
    given_at: dt.datetime
    expires_on: dt.date
    source: str
    revoked_at: dt.datetime | None

    @staticmethod
    def resolve_contact(obj: Consent) -> str:
        return obj.contact.public_id


class ConsentIn(api.Schema):
    """A consent that was given elsewhere."""

    contact: str
    activities: list[str]
    wording: str = Field(max_length=20_000)
    given_on: dt.date | None = None
    expires_on: dt.date | None = None


class FreezeOut(api.Thing):
    """A time in which nobody may ask the account. Only for those who may know why."""

    account: api.Ref
    kind: FreezeKind
    reason: str
    starts_at: dt.datetime
    ends_on: dt.date | None
    lifted_at: dt.datetime | None


class FreezeIn(api.Schema):
    """Leave an account alone."""

    kind: FreezeKind
    reason: str = Field("", max_length=5000)
    ends_on: dt.date | None = None


class OpportunityOut(api.Thing):
    """A deal in the CRM."""

    external_ref: str | None
    name: str
    account: api.Ref | None
    product: api.Ref | None
    owner: api.Ref | None
    stage: Stage
    amount: Decimal | None
    opened_on: dt.date | None
    closes_on: dt.date | None


class OpportunityIn(api.Schema):
    """A deal; whatever the CRM does not know stays away."""

    external_ref: str | None = Field(None, max_length=120)
    name: str = Field("", max_length=200)
    account: str | None = None
    product: str | None = None
    owner: str | None = None
    stage: Stage = Stage.PROSPECTING
    amount: Decimal | None = Field(None, max_digits=14, decimal_places=2)
    opened_on: dt.date | None = None
    closes_on: dt.date | None = None


# ---------------------------------------------------------------- doors


def _demand(request: MemberRequest, permission: str, account: Account | None = None) -> None:
    if not request.user.has_perm(permission, account):
        raise NotAllowed("Your role does not include this.")


def _accounts(request: MemberRequest) -> QuerySet[Account]:
    return selectors.detail_of(request.user).prefetch_related("products")


def _account(request: MemberRequest, key: str) -> Account:
    """Return the account with this id, or with this id in the CRM."""
    account = _accounts(request).filter(Q(public_id=key) | Q(external_ref=key)).order_by("pk").first()
    if account is None:
        raise Http404
    return account


def _contact(request: MemberRequest, public_id: str) -> Contact:
    contact: Contact = api.found(selectors.contacts_visible_to(request.user), public_id)
    return contact


def _resolved(request: MemberRequest, data: dict[str, Any]) -> dict[str, Any]:
    """Turn the ids and names in a body into rows; say by field what there is not."""
    for field, rows in selectors.nameable(request.user).items():
        if data.get(field) is not None:
            data[field] = _one(rows, field, data[field])
    if "products" in data:
        data["products"] = [_one(selectors.products(), "products", name) for name in data["products"]]
    return data


def _one(rows: QuerySet[Any], field: str, key: str) -> Any:
    name = "name" if field in {"region", "product", "products"} else "external_ref"
    row = rows.filter(Q(public_id=key) | Q(**{name: key})).order_by("pk").first()
    if row is None:
        message = f"There is no {field} “{key}”, or you may not see it."
        raise InvalidInput(message, errors={field: message})
    return row


# ---------------------------------------------------------------- accounts


def search_accounts(accounts: QuerySet[Account], words: list[str]) -> QuerySet[Account]:
    """Narrow to accounts that have every word in their name or city."""
    for word in words:
        accounts = accounts.filter(Q(name__icontains=word) | Q(city__icontains=word))
    return accounts


@api.listing(router, "/accounts", AccountOut, filters=AccountFilter, search=search_accounts)
def list_accounts(request: MemberRequest) -> QuerySet[Account]:
    """List the accounts that you may open."""
    _demand(request, "references.see_accounts")
    return _accounts(request)


@router.post("/accounts", response={201: AccountOut})
def create_account(request: MemberRequest, data: NewAccount) -> Any:
    """Add an account. One of the same name is refused unless `twin_ok`."""
    _demand(request, "references.add_account")
    fields = _resolved(request, data.dict())
    account = services.open_account(**fields, actor=request.user, origin="api")
    return api.Status(201, _account(request, account.public_id))


@router.get("/accounts/{public_id}", response=AccountOut)
def get_account(request: MemberRequest, public_id: str) -> Account:
    """Return one account, by its id or its id in the CRM."""
    return _account(request, public_id)


@router.patch("/accounts/{public_id}", response=AccountOut)
def change_account(request: MemberRequest, public_id: str, data: PatchDict[AccountIn]) -> Account:
    """Change an account's facts."""
    account = _account(request, public_id)
    _demand(request, "references.change_account", account)
    services.edit_account(account=account, actor=request.user, **_resolved(request, dict(data)))
    return _account(request, account.public_id)


@router.get("/accounts/{public_id}/availability", response=AvailabilityOut)
def get_availability(request: MemberRequest, public_id: str) -> selectors.AvailabilityView:
    """Return whether the account may be asked now, with every reason for and against."""
    account = _account(request, public_id)
    return selectors.availability_of(account, with_kinds=selectors.may_see_freeze(request.user, account))


@router.get("/accounts/{public_id}/timeline", response=api.Page[Entry])
def get_timeline(request: MemberRequest, public_id: str, before: str = "") -> dict[str, Any]:
    """Return what happened to the account, newest first, as far as you may read it."""
    account = _account(request, public_id)
    events, older = selectors.timeline_of(account, before=before)
    lines = [
        {"at": line.at, "topic": line.topic, "text": strip_tags(line.text)}
        for line in timeline.entries(events, request.user)
    ]
    return {"items": lines, "next": api.absolute(f"{request.path}?before={older}") if older else None}


@router.post("/accounts/{public_id}/freeze", response={201: FreezeOut})
def freeze_account(request: MemberRequest, public_id: str, data: FreezeIn) -> Any:
    """Leave an account alone from now on."""
    account = _account(request, public_id)
    _demand(request, "references.freeze_account", account)
    return api.Status(201, services.freeze(account=account, actor=request.user, **data.dict()))


@router.post("/accounts/{public_id}/confirm", response=AccountOut)
def confirm_account(request: MemberRequest, public_id: str) -> Account:
    """Say that it is still a happy customer."""
    account = _account(request, public_id)
    _demand(request, "references.confirm_account", account)
    services.confirm_still_true(account=account, actor=request.user)
    return _account(request, account.public_id)


# ---------------------------------------------------------------- freezes


@api.listing(router, "/freezes", FreezeOut)
def list_freezes(request: MemberRequest) -> QuerySet[Freeze]:
    """List the freezes of which you may know the reason."""
    _demand(request, "references.see_accounts")
    return selectors.freezes_known_to(request.user)


@router.get("/freezes/{public_id}", response=FreezeOut)
def get_freeze(request: MemberRequest, public_id: str) -> Any:
    """Return one freeze."""
    return api.found(selectors.freezes_known_to(request.user), public_id)


@router.post("/freezes/{public_id}/lift", response=FreezeOut)
def lift_freeze(request: MemberRequest, public_id: str) -> Freeze:
    """Lift a freeze."""
    freeze = api.found(selectors.freezes_known_to(request.user), public_id)
    _demand(request, "references.freeze_account", freeze.account)
    return services.lift_freeze(freeze=freeze, actor=request.user)


# ---------------------------------------------------------------- contacts


@api.listing(router, "/contacts", ContactOut)
def list_contacts(request: MemberRequest) -> QuerySet[Contact]:
    """List the people of the accounts that you may open."""
    _demand(request, "references.see_accounts")
    return selectors.contacts_visible_to(request.user)


@router.post("/contacts", response={201: ContactOut})
def create_contact(request: MemberRequest, data: ContactIn) -> Any:
    """Add a person to an account, or return the contact that is there."""
    account = _account(request, data.account)
    _demand(request, "references.change_contacts", account)
    fields = data.dict(exclude={"account"})
    contact = services.add_contact(account=account, actor=request.user, **fields)
    return api.Status(201, _contact(request, contact.public_id))


@router.get("/contacts/{public_id}", response=ContactOut)
def get_contact(request: MemberRequest, public_id: str) -> Contact:
    """Return one contact."""
    return _contact(request, public_id)


@router.patch("/contacts/{public_id}", response=ContactOut)
def change_contact(request: MemberRequest, public_id: str, data: PatchDict[ContactPatch]) -> Contact:
    """Change who a contact is, or what they are willing to do."""
    contact = _contact(request, public_id)
    _demand(request, "references.change_contacts", contact.account)
    services.edit_contact(contact=contact, actor=request.user, **data)
    return _contact(request, public_id)


@router.post("/contacts/{public_id}/invite", response=ContactOut)
def invite_contact(request: MemberRequest, public_id: str, data: Invitation) -> Contact:
    """Invite a contact to the program; the mail follows."""
    contact = _contact(request, public_id)
    _demand(request, "references.invite_contact", contact.account)
    services.invite_to_program(
        account=contact.account, contact=contact, activities=data.activities, source=contact, actor=request.user
    )
    return _contact(request, public_id)


# ---------------------------------------------------------------- consents


@api.listing(router, "/consents", ConsentOut)
def list_consents(request: MemberRequest) -> QuerySet[Consent]:
    """List the consents of the people of the accounts that you may open."""
    _demand(request, "references.see_accounts")
    return selectors.consents_visible_to(request.user)


@router.post("/consents", response={201: ConsentOut})
def create_consent(request: MemberRequest, data: ConsentIn) -> Any:
    """Keep a consent that was given elsewhere; it makes the contact a reference."""
    contact = _contact(request, data.contact)
    _demand(request, "references.record_consent", contact.account)
    fields = data.dict(exclude={"contact"})
    return api.Status(201, services.record_consent(contact=contact, actor=request.user, **fields))


@router.get("/consents/{public_id}", response=ConsentOut)
def get_consent(request: MemberRequest, public_id: str) -> Any:
    """Return one consent, in its words."""
    return api.found(selectors.consents_visible_to(request.user), public_id)


@router.post("/consents/{public_id}/revoke", response=ConsentOut)
def revoke_consent(request: MemberRequest, public_id: str) -> Consent:
    """Note that the customer took it back."""
    consent = api.found(selectors.consents_visible_to(request.user), public_id)
    _demand(request, "references.record_consent", consent.contact.account)
    return services.revoke_consent(consent=consent, actor=request.user)


# ---------------------------------------------------------------- opportunities


def search_opportunities(deals: QuerySet[Opportunity], words: list[str]) -> QuerySet[Opportunity]:
    """Narrow to deals that have every word in their name, their id in the CRM or their account's name."""
    for word in words:
        deals = deals.filter(
            Q(name__icontains=word) | Q(external_ref__icontains=word) | Q(account__name__icontains=word)
        )
    return deals


def _opportunities(request: MemberRequest) -> QuerySet[Opportunity]:
    return selectors.opportunities_visible_to(request.user).select_related("account", "product", "owner__person")


@api.listing(router, "/opportunities", OpportunityOut, filters=OpportunityFilter, search=search_opportunities)
def list_opportunities(request: MemberRequest) -> QuerySet[Opportunity]:
    """List the deals that you may see."""
    _demand(request, "references.see_opportunities")
    return _opportunities(request)


@router.post("/opportunities", response={201: OpportunityOut})
def create_opportunity(request: MemberRequest, data: OpportunityIn) -> Any:
    """Add a deal."""
    _demand(request, "references.change_opportunities")
    deal = services.open_opportunity(actor=request.user, **_resolved(request, data.dict()))
    return api.Status(201, deal)


@router.get("/opportunities/{public_id}", response=OpportunityOut)
def get_opportunity(request: MemberRequest, public_id: str) -> Any:
    """Return one deal."""
    return api.found(_opportunities(request), public_id)


@router.patch("/opportunities/{public_id}", response=OpportunityOut)
def change_opportunity(request: MemberRequest, public_id: str, data: PatchDict[OpportunityIn]) -> Any:
    """Change what the CRM says about a deal."""
    deal = api.found(_opportunities(request), public_id)
    _demand(request, "references.change_opportunities")
    services.edit_opportunity(opportunity=deal, actor=request.user, **_resolved(request, dict(data)))
    return api.found(_opportunities(request), public_id)
