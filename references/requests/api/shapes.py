"""What the API takes and gives in this room."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _
from pydantic import Field

from references.requests import words
from references.requests.enums import (
    AbsentSide,
    CandidateState,
    LadderRung,
    LeftOut,
    OwnerReason,
    RequestState,
    Side,
    UnfilledReason,
    Wanting,
)
from references.requests.models import Candidate, ReferenceRequest
from references.requests.rules import answers_for
from references.requests.selectors import Match
from refprogram.kernel import api
from refprogram.kernel.custom_fields.api import Custom, custom_of


class DealRef(api.Schema):
    """The deal that a request is for."""

    id: str
    name: str
    amount: Decimal | None
    stage: str

    @staticmethod
    def resolve_id(obj: Any) -> str:
        return str(obj.public_id)

    @staticmethod
    def resolve_name(obj: Any) -> str:
        return obj.account.name if obj.account else str(obj)


def _masked_deal(deal: Any) -> Any:
    """Return a deal whose customer the reader may not know: without any name."""
    facts = {"public_id": deal.public_id, "amount": deal.amount, "stage": deal.stage}
    return SimpleNamespace(account=SimpleNamespace(name=_("a masked customer")), **facts)


class SpeakerRef(api.Ref):
    """A customer's person."""

    @staticmethod
    def resolve_name(obj: Any) -> str:
        return str(obj.person.name)


class BoardRef(api.Ref):
    """A share page."""

    @staticmethod
    def resolve_name(obj: Any) -> str:
        return str(obj.title)


class RequestOut(api.Thing):
    """A reference request."""

    title: str
    purpose: str
    state: RequestState
    activity: str = Field(description="The activity's slug.")
    requester: api.Ref
    opportunity: DealRef | None
    needed_by: dt.date
    topics: str
    must_industry: str
    must_region: api.Ref | None
    must_product: api.Ref | None
    must_employees: int | None
    must_use_case: str
    must_persona: str
    nice: dict[str, Any] = Field(description="What would be nice; region and product with their id and name.")
    wanting: Wanting
    competitor: str
    board: BoardRef | None = Field(description="The share page that answered it.")
    after_the_fact: bool
    question: str
    answer: str
    reason: str
    reason_code: str = Field(description="Why it was not filled.")
    redirected_to: api.Ref | None
    due_at: dt.datetime
    submitted_at: dt.datetime
    confirmed_at: dt.datetime | None
    delivered_at: dt.datetime | None
    closed_at: dt.datetime | None
    custom: Custom = Field(description="Added fields, by key.")

    @staticmethod
    def resolve_nice(obj: Any) -> dict[str, Any]:
        rows = {"region": getattr(obj, "nice_region", None), "product": getattr(obj, "nice_product", None)}
        said = {name: value for name, value in obj.nice.items() if name not in rows}
        return said | {name: row for name, row in rows.items() if row}

    @staticmethod
    def resolve_opportunity(obj: Any) -> Any:
        masked = getattr(obj, "prospect_masked", False) and obj.opportunity is not None
        return _masked_deal(obj.opportunity) if masked else obj.opportunity

    @staticmethod
    def resolve_custom(obj: ReferenceRequest) -> Custom:
        return custom_of(obj, "request")

    @staticmethod
    def resolve_title(obj: ReferenceRequest) -> str:
        return obj.title

    @staticmethod
    def resolve_activity(obj: ReferenceRequest) -> str:
        return obj.activity.slug


class Nice(api.Input):
    """What would be nice. Region and product are named by id."""

    industry: str = Field("", max_length=80)
    region: str | None = None
    product: str | None = None
    employees: int | None = Field(None, ge=1, le=10_000_000)
    use_case: str = Field("", max_length=60)
    persona: str = Field("", max_length=60)
    language: str = Field("", max_length=20)


class Need(api.Input):
    """What is needed. Region and product are named by id."""

    purpose: str = Field("", max_length=200)
    needed_by: dt.date | None = None
    topics: str = Field("", max_length=2000)
    must_industry: str = Field("", max_length=80)
    must_region: str | None = None
    must_product: str | None = None
    must_employees: int | None = Field(None, ge=1, le=10_000_000)
    must_use_case: str = Field("", max_length=60)
    must_persona: str = Field("", max_length=60)
    nice: Nice = Field(Nice.model_validate({}), description="What puts a customer first and leaves nobody out.")
    competitor: str = Field("", max_length=80)
    custom: Custom = Field({}, description="Added fields, by key; null empties one, others stay.")


class NewRequest(Need):
    """A request: for a deal, which says for whom, or with a purpose of its own."""

    activity: str = Field(description="The activity's slug.")
    wanting: Wanting = Wanting.SALES
    opportunity: str | None = Field(None, description="The deal's id; it must be open and yours.")
    exception_reason: str = Field(
        "", max_length=2000, description="While you are restricted: why this large deal cannot wait for the end of it."
    )


class Text(api.Input):
    """A reason, a question, an answer."""

    text: str = Field(max_length=2000)


class Unfilled(Text):
    """Why nobody was found."""

    reason_code: UnfilledReason = UnfilledReason.OTHER


class Logged(api.Input):
    """What took place without a request."""

    contact: str = Field(min_length=1)
    activity: str = Field("call", description="The activity's slug.")
    held_at: api.When
    opportunity: str | None = None
    note: str = Field("", max_length=200, description="For whom or what.")


class Stories(api.Input):
    """The stories that answer a request, by id."""

    stories: list[str] = Field(min_length=1, max_length=20)


class PassOn(api.Input):
    """To whom, why, until when."""

    colleague: str = Field(min_length=1, description="The colleague's id.")
    reason: str = Field(max_length=2000)
    due_on: dt.date


class InLine(api.Input):
    """Whom to put next in line; without a contact the one that matching would ask."""

    account: str = Field(min_length=1)
    contact: str | None = None


class FactorOut(api.Schema):
    """One part of a score."""

    key: str
    points: int
    of: int


class MatchOut(api.Schema):
    """One ranked customer."""

    rank: int
    account: api.Ref
    contact: SpeakerRef
    score: int
    factors: list[FactorOut]
    reasons: list[str]
    consent_ends_on: dt.date | None

    @staticmethod
    def resolve_score(obj: Match) -> int:
        return obj.score.total

    @staticmethod
    def resolve_factors(obj: Match) -> list[Any]:
        return [{"key": factor.key, "points": factor.points, "of": factor.of} for factor in obj.score.factors]

    @staticmethod
    def resolve_reasons(obj: Match) -> list[str]:
        return list(obj.score.reasons)

    @staticmethod
    def resolve_consent_ends_on(obj: Match) -> dt.date | None:
        return obj.lapses_on


class ExcludedOut(api.Schema):
    """How many are left out for one reason."""

    reason: LeftOut
    label: str
    count: int

    @staticmethod
    def resolve_label(obj: Any) -> str:
        return str(obj.reason.label)


class RelaxedOut(api.Schema):
    """What easing one must-have would bring."""

    field: str
    words: str
    more: int = Field(description="Counted to 1,000.")


class MatchesOut(api.Schema):
    """The ranking, and whom it leaves out: of those that meet the must-haves."""

    possible: int
    segment: int = Field(description="Counted to 10,000.")
    whole: bool = Field(description="Whether all that meet the must-haves were counted, by reason and as possible.")
    ranked: list[MatchOut]
    excluded: list[ExcludedOut]
    relaxed: list[RelaxedOut]


class FeedbackOut(api.Fact):
    """What one side said."""

    side: Side
    rating: int
    expected: int | None
    again: bool | None
    minutes: int | None

    @staticmethod
    def resolve_url(obj: Any) -> str:
        return api.absolute(obj.candidate.get_absolute_url())


class CandidateOut(api.Thing):
    """A customer tried for a request. Why a customer said no is for the program and the account's owner."""

    request: str
    account: api.Ref
    contact: SpeakerRef
    state: CandidateState
    score: int
    factors: dict[str, int]
    reason: str
    offered_times: list[dt.datetime]
    scheduled_at: dt.datetime | None
    rank: int = Field(description="Place in the line of those who are asked next; 0 is not in line.")
    owner_due_at: dt.datetime | None = Field(description="When the question to the owner goes on to somebody else.")
    owner_rung: LadderRung = Field(description="0 the owner, 1 reminded, 2 their manager, 3 the reference program.")
    promised: str = Field(description="What the customer was promised, a line each.")
    thanked_at: dt.datetime | None

    @staticmethod
    def resolve_request(obj: Candidate) -> str:
        return obj.request.public_id

    @staticmethod
    def resolve_account(obj: Any) -> Any:
        masked = SimpleNamespace(public_id=obj.account.public_id, name=_("a masked customer"))
        return masked if getattr(obj, "masked", False) else obj.account

    @staticmethod
    def resolve_contact(obj: Any) -> Any:
        hidden = SimpleNamespace(public_id=obj.contact.public_id, person=SimpleNamespace(name=_("somebody there")))
        return hidden if getattr(obj, "masked", False) else obj.contact

    @staticmethod
    def resolve_offered_times(obj: Candidate) -> list[dt.datetime]:
        return obj.times

    @staticmethod
    def resolve_reason(obj: Candidate, context: dict[str, Any]) -> str:
        user = context["request"].user
        ours = (CandidateState.OWNER_DECLINED, CandidateState.NOT_APPROVED)
        if obj.state in ours or user.has_perm("references.handle_requests"):
            return words.reason_of(obj)
        return words.reason_of(obj) if answers_for(user, obj) else ""


class Proposal(api.Input):
    """Whom to propose; without a contact the one that matching would ask."""

    request: str = Field(min_length=1)
    account: str = Field(min_length=1)
    contact: str | None = None
    override_reason: str = Field(
        "", max_length=1000, description="Why they are asked although a cap, a rest or a reservation stands against it."
    )


class OwnerNo(api.Input):
    """An owner's no."""

    reason_code: OwnerReason
    reason: str = Field("", max_length=1000)


class Times(api.Input):
    """Times that suit the customer, each with its offset."""

    times: list[api.When] = []


class CustomerNo(api.Input):
    """A customer's no."""

    reason_code: str = ""
    reason: str = Field("", max_length=1000)
    pause: bool = False


class Moment(api.Input):
    """The time that is agreed, with its offset."""

    at: api.When


class Held(api.Input):
    """When it took place, with its offset; without it, just now."""

    held_at: api.When | None = None


class Absence(api.Input):
    """Who did not come."""

    side: AbsentSide


class FeedbackIn(api.Input):
    """How it was, as the requester says."""

    rating: int = Field(ge=1, le=5)
    expected: int | None = Field(None, ge=1, le=5, description="What you had hoped for, on the same scale.")
    again: bool | None = None
    comment: str = Field("", max_length=2000)
