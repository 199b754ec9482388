"""The API of escalators and SPIFFs. The same services and permissions as the pages."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import Field

from incentives.pay import services
from incentives.pay.enums import EscalatorState, Metric, SpiffAudience, SpiffState
from incentives.pay.escalating import Tier
from incentives.pay.filters import EscalatorFilter, SpiffFilter
from incentives.pay.models import Escalator, Spiff
from incentives.pay.selectors import escalators, spiffs
from refprogram.governance.budgets import selectors as budgets
from refprogram.governance.budgets.models import Fund
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])


def _may(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


# ---------------------------------------------------------------- escalators


class TierOut(api.Schema):
    """From this score on, the month counts so many times."""

    score: int
    times: Decimal


class EscalatorOut(api.Thing):
    """One version of the escalator."""

    number: int
    tiers: list[TierOut]
    most_a_month: Decimal
    starts_on: dt.date
    until: dt.date | None
    state: EscalatorState
    written_by: api.Ref | None
    approved_by: api.Ref | None
    revision: int

    @staticmethod
    def resolve_tiers(obj: Escalator) -> list[Tier]:
        return list(escalators.terms_of(obj).tiers)


class TierIn(api.Input):
    """One tier."""

    score: int = Field(ge=1, le=100)
    times: Decimal = Field(max_digits=4, decimal_places=2)


class EscalatorIn(api.Input):
    """A version as it is written; `starts_on`: any day of its first month."""

    tiers: list[TierIn] = Field(max_length=20)
    most_a_month: Decimal = Field(max_digits=14, decimal_places=2)
    starts_on: dt.date


class EscalatorPatch(EscalatorIn):
    """The version as it is to read; with the `revision` that you read, 409 if somebody changed it since."""

    revision: int | None = None


def _escalators(request: MemberRequest) -> QuerySet[Escalator]:
    _may(request, "incentives.view_rewards")
    return escalators.visible_to(request.user)


@api.listing(router, "/escalators", EscalatorOut, filters=EscalatorFilter)
def list_escalators(request: MemberRequest) -> QuerySet[Escalator]:
    """List the versions of the escalator."""
    return _escalators(request)


@router.get("/escalators/{public_id}", response=EscalatorOut)
def get_escalator(request: MemberRequest, public_id: str) -> Any:
    """Return one version."""
    return api.found(_escalators(request), public_id)


@router.post("/escalators", response={201: EscalatorOut})
def create_escalator(request: MemberRequest, data: EscalatorIn) -> Any:
    """Write the next version. It counts nothing until somebody else approves it."""
    tiers = [Tier(tier.score, tier.times) for tier in data.tiers]
    made = services.draft_escalator(
        tiers=tiers, most_a_month=data.most_a_month, starts_on=data.starts_on, actor=request.user
    )
    return api.Status(201, api.found(_escalators(request), made.public_id))


@router.patch("/escalators/{public_id}", response=EscalatorOut)
def change_escalator(request: MemberRequest, public_id: str, data: api.PatchDict[EscalatorPatch]) -> Any:
    """Change a version that is a draft. 409 (`stale`) if somebody was faster."""
    row = api.found(_escalators(request), public_id)
    said = data.get("tiers")
    tiers = list(escalators.terms_of(row).tiers) if said is None else [Tier(t["score"], t["times"]) for t in said]
    services.change_escalator(
        escalator=row, tiers=tiers, most_a_month=data.get("most_a_month", row.most_a_month),
        starts_on=data.get("starts_on", row.starts_on), actor=request.user, revision=data.get("revision"),
    )  # fmt: skip
    return api.found(_escalators(request), public_id)


@router.post("/escalators/{public_id}/start", response=EscalatorOut)
def start_escalator_version(request: MemberRequest, public_id: str) -> Any:
    """Switch a version on, or ask who may."""
    services.start_escalator(escalator=api.found(_escalators(request), public_id), actor=request.user)
    return api.found(_escalators(request), public_id)


@router.post("/escalators/{public_id}/stop", response=EscalatorOut)
def stop_escalator_version(request: MemberRequest, public_id: str) -> Any:
    """Switch the escalator off for every month that is not closed."""
    services.stop_escalator(escalator=api.found(_escalators(request), public_id), actor=request.user)
    return api.found(_escalators(request), public_id)


# ---------------------------------------------------------------- SPIFFs


class SpiffOut(api.Thing):
    """A SPIFF; `fund` is told to who runs them."""

    name: str
    metric: Metric
    audience: SpiffAudience
    starts_on: dt.date
    ends_on: dt.date
    votes_until: dt.date | None
    prizes: list[Decimal]
    least: int
    proof: str
    state: SpiffState
    approved_by: api.Ref | None
    fund: api.Ref | None
    revision: int

    @staticmethod
    def resolve_fund(obj: Spiff, context: Any) -> Fund | None:
        return obj.fund if context["request"].user.has_perm("incentives.run_spiffs") else None


class SpiffPlaceOut(api.Schema):
    """One place, as it stands or was counted."""

    name: str
    place: int
    figure: int
    prize: Decimal


class CancelIn(api.Input):
    """Why it is called off; who takes part reads it."""

    reason: str


class SpiffIn(api.Input):
    """A SPIFF as it is written down; prizes from the first place on, set aside in the `fund` of this id."""

    name: str = Field(max_length=120)
    metric: Metric
    audience: SpiffAudience = SpiffAudience.FIELD
    starts_on: dt.date
    ends_on: dt.date
    votes_until: dt.date | None = None
    prizes: list[Decimal] = Field(max_length=20)
    least: int = Field(1, ge=1, le=1_000_000)
    proof: str = Field(max_length=300)
    fund: str | None = None


class SpiffPatch(SpiffIn):
    """The SPIFF as it is to read; with the `revision` that you read, 409 if somebody changed it since."""

    revision: int | None = None


def _spiffs(request: MemberRequest) -> QuerySet[Spiff]:
    _may(request, "incentives.view_rewards")
    return spiffs.visible_to(request.user)


def _fund(request: MemberRequest, public_id: str) -> Fund:
    found = budgets.visible_to(request.user).filter(public_id=public_id).first()
    if found is None:
        sentence = _("There is no fund of this id.")
        raise InvalidInput(sentence, errors={"fund": sentence})
    return found


@api.listing(router, "/spiffs", SpiffOut, filters=SpiffFilter)
def list_spiffs(request: MemberRequest) -> QuerySet[Spiff]:
    """List the SPIFFs."""
    return _spiffs(request)


@router.get("/spiffs/{public_id}", response=SpiffOut)
def get_spiff(request: MemberRequest, public_id: str) -> Any:
    """Return one SPIFF."""
    return api.found(_spiffs(request), public_id)


@router.get("/spiffs/{public_id}/places", response=list[SpiffPlaceOut])
def list_spiff_places(request: MemberRequest, public_id: str) -> Any:
    """Return how it stands, or how it was counted. Votes are not told before voting ends."""
    found = api.found(_spiffs(request), public_id)
    if found.metric == Metric.DASHBOARD and found.state == SpiffState.LIVE:
        raise Http404
    standing = spiffs.standing_of(found)
    names = spiffs.names_of([place.person_id for place in standing], request.user)
    return [
        {"name": names.get(row.person_id, ""), "place": row.place, "figure": row.figure, "prize": row.prize}
        for row in standing
    ]


@router.post("/spiffs", response={201: SpiffOut})
def create_spiff(request: MemberRequest, data: SpiffIn) -> Any:
    """Write a SPIFF down. It begins once somebody else approved it."""
    fund = _fund(request, data.fund) if data.fund else None
    made = services.draft_spiff(plan=services.Plan(**{**data.dict(), "fund": fund}), actor=request.user)
    return api.Status(201, api.found(_spiffs(request), made.public_id))


@router.patch("/spiffs/{public_id}", response=SpiffOut)
def change_spiff(request: MemberRequest, public_id: str, data: api.PatchDict[SpiffPatch]) -> Any:
    """Change a SPIFF that is a draft. 409 (`stale`) if somebody was faster."""
    row = api.found(_spiffs(request), public_id)
    read, said = data.pop("revision", None), dict(data)
    if "fund" in said:
        said["fund"] = _fund(request, said["fund"]) if said["fund"] else None
    plan = replace(services.plan_of(row), **said)
    services.change_spiff(spiff=row, plan=plan, actor=request.user, revision=read)
    return api.found(_spiffs(request), public_id)


@router.post("/spiffs/{public_id}/start", response=SpiffOut)
def start_spiff_now(request: MemberRequest, public_id: str) -> Any:
    """Start a SPIFF, or ask who may."""
    services.start_spiff(spiff=api.found(_spiffs(request), public_id), actor=request.user)
    return api.found(_spiffs(request), public_id)


@router.post("/spiffs/{public_id}/cancel", response=SpiffOut)
def cancel_spiff_now(request: MemberRequest, public_id: str, data: CancelIn) -> Any:
    """Call a SPIFF off, with the reason."""
    services.cancel_spiff(spiff=api.found(_spiffs(request), public_id), reason=data.reason, actor=request.user)
    return api.found(_spiffs(request), public_id)
