"""What the API takes and gives in this room."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from django.utils import timezone
from pydantic import Field

from references.accounts import fatigue, provenance, selectors
from references.accounts.enums import Availability, FreezeKind, Membership, Seniority, Stage, Tier
from references.accounts.models import Account, Consent, Contact, Freeze, Opportunity
from refprogram.governance.fulfilment.enums import GiftPolicy
from refprogram.kernel import api
from refprogram.kernel.custom_fields.api import Custom, custom_of


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
    readiness: int | None = Field(description="0 to 100; hard stops stand outside it.")
    rests_until: dt.date | None
    paused_until: dt.date | None
    member_since: dt.datetime | None
    verified_at: dt.datetime | None
    last_asked_at: dt.datetime | None
    open_asks: int
    activities_done: int
    gift_policy: GiftPolicy
    gift_ceiling: Decimal | None
    gift_note: str
    use_cases: list[str]
    competitor: str
    sponsor: api.Ref | None
    renews_on: dt.date | None
    live_since: dt.date | None
    owned_by_crm: list[str] = Field(description="Fields that the CRM owns: they change there, by a correction.")
    custom: Custom = Field(description="Added fields, by key.")

    @staticmethod
    def resolve_owned_by_crm(obj: Account) -> list[str]:
        return provenance.owned(obj)

    @staticmethod
    def resolve_custom(obj: Account) -> Custom:
        return custom_of(obj, "account")

    @staticmethod
    def resolve_availability(obj: Account) -> Availability:
        return selectors.state_of(obj)

    @staticmethod
    def resolve_fatigue(obj: Account) -> int:
        return fatigue.index(obj.fatigue_key, timezone.now())


class AccountIn(api.Input):
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
    gift_policy: GiftPolicy = GiftPolicy.ALLOWED
    gift_ceiling: Decimal | None = Field(None, gt=0, description="Only with the policy `ceiling`.")
    gift_note: str = Field("", max_length=200, description="Where that is written.")
    use_cases: list[str] = []
    competitor: str = Field("", max_length=80)
    sponsor: str | None = Field(None, description="The executive of ours who knows them.")
    renews_on: dt.date | None = None
    live_since: dt.date | None = Field(None, description="The day on which they began to use it in earnest.")
    custom: Custom = Field({}, description="Added fields, by key; null empties one, others stay.")


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


class Span(api.Schema):
    """Days on which nobody asks, both included."""

    first: dt.date
    last: dt.date


class ContactOut(api.Thing):
    """A customer's person."""

    account: api.Ref
    name: str
    email: str
    title: str
    state: Membership
    willing: list[str]
    cap_per_quarter: int | None
    caps: dict[str, int] = Field(description="Their own caps in three months, by the slug of the activity; 0: never.")
    persona: str
    seniority: str
    languages: list[str]
    topics_yes: list[str]
    topics_no: list[str]
    blackouts: list[Span]
    assistant_name: str
    assistant_email: str
    stand_in: str | None = Field(description="The id of who answers there while they cannot.")
    paused_until: dt.date | None
    left_company_at: dt.datetime | None
    custom: Custom = Field(description="Added fields, by key.")

    @staticmethod
    def resolve_custom(obj: Contact) -> Custom:
        return custom_of(obj, "contact")

    @staticmethod
    def resolve_name(obj: Contact) -> str:
        return obj.person.name

    @staticmethod
    def resolve_email(obj: Contact) -> str:
        return obj.person.email

    @staticmethod
    def resolve_blackouts(obj: Contact) -> list[Span]:
        return [Span(first=span["from"], last=span["to"]) for span in obj.blackouts or []]

    @staticmethod
    def resolve_stand_in(obj: Contact) -> str | None:
        return obj.stand_in.public_id if obj.stand_in is not None else None

    @staticmethod
    def resolve_title(obj: Contact) -> str:
        return obj.person.title


class ContactIn(api.Input):
    """A person to add to an account."""

    account: str
    name: str = Field(max_length=120)
    email: str = Field("", max_length=254)
    title: str = Field("", max_length=120)
    custom: Custom = Field({}, description="Added fields, by key; null empties one, others stay.")


class Days(api.Input):
    """Days on which nobody asks, both included."""

    first: dt.date
    last: dt.date


class ContactPatch(api.Input):
    """What may be changed of a contact."""

    name: str = Field("", max_length=120)
    email: str = Field("", max_length=254)
    title: str = Field("", max_length=120)
    willing: list[str] = []
    cap_per_quarter: int | None = Field(None, ge=1, le=50)
    caps: dict[str, int] = {}
    persona: str = Field("", max_length=60)
    seniority: Seniority | Literal[""] = ""
    languages: list[str] = []
    topics_yes: list[str] = []
    topics_no: list[str] = []
    blackouts: list[Days] = []
    assistant_name: str = Field("", max_length=120)
    assistant_email: str = Field("", max_length=254)
    stand_in: str | None = None
    custom: Custom = Field({}, description="Added fields, by key; null empties one, others stay.")


class Invitation(api.Input):
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


class ConsentIn(api.Input):
    """A consent that was given elsewhere."""

    contact: str
    activities: list[str]
    wording: str = Field(max_length=20_000)
    given_on: dt.date | None = None
    expires_on: dt.date | None = None
    evidence: str | None = Field(None, description="The signed release: the id of a file you uploaded before.")


class FreezeOut(api.Thing):
    """A time in which nobody may ask the account. Only for those who may know why."""

    account: api.Ref
    kind: FreezeKind
    reason: str
    starts_at: dt.datetime
    ends_on: dt.date | None
    lifted_at: dt.datetime | None
    source: str = Field(description="The system that reported it; empty for a colleague.")
    source_id: str = Field(description="Its own id of the cause.")

    @staticmethod
    def resolve_source_id(obj: Freeze) -> str:
        return obj.source_ref


class FreezeIn(api.Input):
    """Leave an account alone."""

    kind: FreezeKind
    reason: str = Field("", max_length=5000)
    ends_on: dt.date | None = None
    source: str = Field("", max_length=40, description="The system that reports it, such as a ticket system.")
    source_id: str = Field("", max_length=120, description="Its own id of the cause. The same one twice is one freeze.")


class SolvedIn(api.Input):
    """The cause is over, says the system that reported it."""

    source: str = Field(max_length=40)
    source_id: str = Field(min_length=1, max_length=120)


class SolvedOut(api.Schema):
    """The freeze that ended, without its reason."""

    id: str
    lifted_at: dt.datetime | None


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
    custom: Custom = Field(description="Added fields, by key.")

    @staticmethod
    def resolve_custom(obj: Opportunity) -> Custom:
        return custom_of(obj, "opportunity")


class OpportunityIn(api.Input):
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
    custom: Custom = Field({}, description="Added fields, by key; null empties one, others stay.")
