"""Quotas over the API: the same selectors and services as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from nominations.quotas import selectors, services
from nominations.quotas.enums import Counts, QuotaState, Rung
from nominations.quotas.filters import PlanFilter, ShareFilter
from nominations.quotas.lines import words_of
from nominations.quotas.models import QuotaPlan, QuotaShare
from nominations.standings.enums import FIELD
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["quotas"])


class QuotaOut(api.Thing):
    """A quota: each of its people owes `target`; `people` have a share, `done` have reached it."""

    name: str
    state: QuotaState
    owner: api.Ref
    starts_on: dt.date
    ends_on: dt.date
    wave: api.Ref | None
    roles: list[str]
    target: Decimal
    counts: Counts
    gap_weight: Decimal
    new_hire_days: int
    grace_days: int
    rungs: list[Rung]
    people: int
    done: int


class ShareOut(api.Thing):
    """What one colleague owes and has."""

    quota: api.Ref = Field(alias="plan")
    person: api.Ref = Field(alias="user")
    starts_on: dt.date
    ends_on: dt.date
    working_days: int
    days_off: int
    target: Decimal
    counted: Decimal
    reached_at: dt.datetime | None
    waived_at: dt.datetime | None
    last_step: str = Field(alias="rung")
    words: str

    @staticmethod
    def resolve_url(obj: QuotaShare) -> str:
        return api.absolute(selectors.share_url(obj))

    @staticmethod
    def resolve_words(obj: QuotaShare) -> str:
        return words_of(obj)


class QuotaIn(api.Input):
    """Who owes how much until when, what counts, and what follows for who is behind."""

    name: str = Field(max_length=120)
    owner: str = Field(description="Id of a head of sales.")
    starts_on: dt.date
    ends_on: dt.date
    wave: str | None = Field(None, description="Each cohort has as long a time, from its own opening.")
    roles: list[str] = Field(default_factory=lambda: [FIELD[0].value])
    teams: list[str] = Field(default_factory=list)
    regions: list[str] = Field(default_factory=list)
    target: Decimal = Field(gt=0, le=999, decimal_places=2)
    counts: Counts = Counts.APPROVED
    gap_weight: Decimal = Field(Decimal("1.5"), ge=1, le=9, decimal_places=2)
    new_hire_days: int = Field(90, ge=0, le=730)
    grace_days: int = Field(7, ge=0, le=90)
    rungs: list[Rung] = Field(default_factory=lambda: [Rung.NUDGE, Rung.MANAGER])


class QuotaTextIn(api.Input):
    """Words that the other side reads."""

    text: str = Field(min_length=1, max_length=2000)


class QuotaAnswerIn(QuotaTextIn):
    """An answer to an objection."""

    grant: bool


@api.listing(router, "/quotas", QuotaOut, filters=PlanFilter)
def list_quotas(request: MemberRequest) -> QuerySet[QuotaPlan]:
    """List the quotas that you may open."""
    return selectors.with_counts(selectors.plans_for(request.user))


@router.get("/quotas/{public_id}", response=QuotaOut)
def get_quota(request: MemberRequest, public_id: str) -> QuotaPlan:
    """Return one quota."""
    return _found(request, public_id)


@router.post("/quotas", response={201: QuotaOut})
def create_quota(request: MemberRequest, data: QuotaIn) -> Any:
    """Plan a quota; it opens by itself on its first day."""
    _may_plan(request)
    plan = services.write(by=request.user, **_facts(data.dict()))
    return api.Status(201, _found(request, plan.public_id))


@router.patch("/quotas/{public_id}", response=QuotaOut)
def change_quota(request: MemberRequest, public_id: str, data: api.PatchDict[QuotaIn]) -> QuotaPlan:
    """Change a quota: all of it before it opens, afterwards what helps people alone."""
    plan = _found(request, public_id)
    _may_plan(request)
    services.change(plan=plan, by=request.user, **_facts(dict(data)))
    return _found(request, public_id)


@api.listing(router, "/quota-shares", ShareOut, filters=ShareFilter, search=selectors.search_shares)
def list_quota_shares(request: MemberRequest) -> QuerySet[QuotaShare]:
    """List your own share, your team's if you lead one, all if you oversee the program."""
    return selectors.in_full(selectors.visible_to(request.user))


@router.get("/quota-shares/{public_id}", response=ShareOut)
def get_quota_share(request: MemberRequest, public_id: str) -> QuotaShare:
    """Return one share."""
    return _share(request, public_id)


@router.post("/quota-shares/{public_id}/object", response=ShareOut)
def object_to_quota_share(request: MemberRequest, public_id: str, data: QuotaTextIn) -> QuotaShare:
    """Say what is wrong with your own count."""
    services.object_to(share=_share(request, public_id), by=request.user, text=data.text)
    return _share(request, public_id)


@router.post("/quota-shares/{public_id}/answer", response=ShareOut)
def answer_quota_objection(request: MemberRequest, public_id: str, data: QuotaAnswerIn) -> QuotaShare:
    """Answer an objection: granted, the rest is waived."""
    services.answer(share=_share(request, public_id), by=request.user, grant=data.grant, text=data.text)
    return _share(request, public_id)


@router.post("/quota-shares/{public_id}/waive", response=ShareOut)
def waive_quota_share(request: MemberRequest, public_id: str, data: QuotaTextIn) -> QuotaShare:
    """Waive the rest of somebody's share, with the reason."""
    services.waive(share=_share(request, public_id), by=request.user, reason=data.text)
    return _share(request, public_id)


def _found(request: MemberRequest, public_id: str) -> QuotaPlan:
    return api.found(selectors.with_counts(selectors.plans_for(request.user)), public_id)


def _share(request: MemberRequest, public_id: str) -> QuotaShare:
    return api.found(selectors.in_full(selectors.visible_to(request.user)), public_id)


def _may_plan(request: MemberRequest) -> None:
    if not request.user.has_perm("nominations.plan_quotas"):
        raise NotAllowed(_("Quotas are for the head of sales and administrators."))


def _facts(given: dict[str, Any]) -> dict[str, Any]:
    """Return what the service asks for: rows for ids. Raises InvalidInput for one that is not there."""
    facts = dict(given)
    one = {"owner": selectors.heads_of_sales(), "wave": selectors.waves()}
    many = {"teams": selectors.teams(), "regions": selectors.regions()}
    for name, rows in one.items():
        if facts.get(name) is not None:
            facts[name] = _row(rows, facts[name], name)
    for name, rows in many.items():
        if name in facts:
            facts[name] = [_row(rows, public_id, name) for public_id in facts[name]]
    if set(facts.get("roles", ())) - set(FIELD):
        message = _("Quotas are for %(roles)s.") % {"roles": ", ".join(FIELD)}
        raise InvalidInput(message, errors={"roles": message})
    return facts


def _row(rows: QuerySet[Any], public_id: str, name: str) -> Any:
    found = rows.filter(public_id=public_id).first()
    if found is None:
        message = _("There is no “%(id)s”.") % {"id": public_id[:20]}
        raise InvalidInput(message, errors={name: message})
    return found
