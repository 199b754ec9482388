"""Waves over the API: the same doors as the pages."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Query
from pydantic import Field

from nominations.campaigns import selectors as campaigns
from nominations.models import Campaign, Cohort, Wave
from nominations.waves import selectors, services, shown, simulating
from nominations.waves.enums import WaveCut, WaveState
from nominations.waves.filters import WaveFilter
from nominations.waves.policy import MOST_COHORTS
from nominations.waves.services import Planned
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest
from refprogram.people.enums import Role

router = api.Router(tags=["nominations"])
MOST = 32_000
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2200, 1, 1)


class CohortOut(api.Schema):
    """One cohort: whom, when, how many, what came in."""

    id: str = Field(alias="public_id")
    number: int
    name: str
    rule: dict[str, Any]
    opens_on: dt.date
    closes_on: dt.date
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None


class CohortLine(CohortOut):
    """The same with what a calendar shows."""

    people: int
    came: int


class WaveOut(api.Thing):
    """One wave."""

    name: str
    state: WaveState
    cut: WaveCut
    roles: list[Role]
    campaign: api.Ref | None
    owner: api.Ref
    starts_on: dt.date
    days_each: int
    in_work: int
    per_day: int
    pause_after_days: int
    paused_at: dt.datetime | None
    pause_reason: str


class WavePatch(api.Input):
    """What may be changed. Whom it asks and its first day stay once a cohort has opened."""

    name: str = Field("", max_length=120)
    cut: WaveCut = WaveCut.LAST_NAME
    parts: int = Field(1, ge=1, le=MOST_COHORTS)
    roles: list[Role] = []
    campaign: str | None = None
    starts_on: dt.date = Field(EARLIEST, ge=EARLIEST, le=LATEST)
    days_each: int = Field(30, ge=1, le=MOST)
    in_work: int = Field(20, ge=1, le=MOST)
    per_day: int = Field(4, ge=1, le=MOST)
    pause_after_days: int = Field(10, ge=0, le=MOST)


class WaveIn(WavePatch):
    """A wave to plan; its cohorts are made about equally large."""

    name: str = Field(min_length=1, max_length=120)
    parts: int = Field(ge=1, le=MOST_COHORTS)
    starts_on: dt.date = Field(ge=EARLIEST, le=LATEST)


class CohortIn(api.Input):
    """One cohort. `rule` by the wave's cut: from and to (letters), ids (of teams or regions), or part and of."""

    name: str = Field("", max_length=80)
    opens_on: dt.date = Field(ge=EARLIEST, le=LATEST)
    closes_on: dt.date = Field(ge=EARLIEST, le=LATEST)
    rule_from: str = Field("", max_length=3)
    rule_to: str = Field("", max_length=3)
    ids: list[int] = Field([], max_length=10_000)
    part: int = Field(0, ge=0, le=MOST_COHORTS)


class CohortsIn(api.Input):
    """All cohorts of a wave, in their order."""

    cohorts: list[CohortIn] = Field(max_length=MOST_COHORTS)


class WaveReasonIn(api.Input):
    """Why."""

    reason: str = Field(min_length=1, max_length=200)


class WantedWave(api.Schema):
    """Other figures than the plan's, and another seed than the wave's own."""

    in_work: int | None = Field(None, ge=1, le=MOST)
    per_day: int | None = Field(None, ge=1, le=MOST)
    days_each: int | None = Field(None, ge=1, le=MOST)
    seed: int | None = Field(None, ge=0, le=2**48)


class SimulationOut(api.Schema):
    """What a wave is expected to bring, per day as [mean, low, high]; `other` with the figures that you gave.

    A large wave is simulated in the background: `waits` is true until somebody has had that done on its page.
    """

    waits: bool
    plan: dict[str, Any] | None
    other: dict[str, Any] | None
    formula: list[str]


def _demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise NotAllowed(_("Waves are planned by the reference managers."))


def _wave(request: MemberRequest, public_id: str, permission: str = "nominations.see_waves") -> Wave:
    _demand(request, permission)
    row: Wave = api.found(selectors.visible_to(request.user), public_id)
    return row


def _campaign(request: MemberRequest, public_id: str | None) -> Campaign | None:
    if not public_id:
        return None
    row = campaigns.visible_to(request.user).filter(public_id=public_id).first()
    if row is None:
        message = _("There is no campaign with this id.")
        raise InvalidInput(message, errors={"campaign": message})
    return row


@api.listing(router, "/waves", WaveOut, filters=WaveFilter)
def list_waves(request: MemberRequest) -> QuerySet[Wave]:
    """List the waves."""
    _demand(request, "nominations.see_waves")
    return selectors.visible_to(request.user)


@router.post("/waves", response={201: WaveOut})
def create_wave(request: MemberRequest, data: WaveIn) -> Any:
    """Plan a wave; nobody is asked before it is started."""
    _demand(request, "nominations.run_waves")
    facts = {**data.dict(), "campaign": _campaign(request, data.campaign)}
    wave = services.plan_wave(actor=request.user, **facts)
    return api.Status(201, _wave(request, wave.public_id))


@router.get("/waves/{public_id}", response=WaveOut)
def get_wave(request: MemberRequest, public_id: str) -> Wave:
    """Return one wave."""
    return _wave(request, public_id)


@router.patch("/waves/{public_id}", response=WaveOut)
def change_wave(request: MemberRequest, public_id: str, data: api.PatchDict[WavePatch]) -> Wave:
    """Change a wave; refused where it would move a cohort that has opened."""
    wave = _wave(request, public_id, "nominations.run_waves")
    facts = {**data, **({"campaign": _campaign(request, data["campaign"])} if "campaign" in data else {})}
    services.change_wave(wave=wave, actor=request.user, **facts)
    return _wave(request, public_id)


@router.get("/waves/{public_id}/cohorts", response=list[CohortLine])
def list_cohorts(request: MemberRequest, public_id: str) -> list[Cohort]:
    """List a wave's cohorts with how many people each asks and what came in."""
    plan = selectors.plan_of(_wave(request, public_id))
    for row, size in zip(plan.cohorts, plan.sizes, strict=True):
        row.people, row.came = size, plan.came.get(row.pk, 0)  # type: ignore[attr-defined]  # as the answer names it
    return plan.cohorts


@router.put("/waves/{public_id}/cohorts", response=list[CohortOut])
def set_cohorts(request: MemberRequest, public_id: str, data: CohortsIn) -> list[Cohort]:
    """Set people and dates of all cohorts; refused with the field where they overlap or leave somebody out."""
    wave = _wave(request, public_id, "nominations.run_waves")
    planned = [
        Planned(name=one.name, opens_on=one.opens_on, closes_on=one.closes_on, rule=_rule(wave, one, len(data.cohorts)))
        for one in data.cohorts
    ]
    return services.plan_cohorts(wave=wave, actor=request.user, cohorts=planned)


def _rule(wave: Wave, one: CohortIn, of: int) -> dict[str, Any]:
    if wave.cut == WaveCut.LAST_NAME:
        return {"from": one.rule_from, "to": one.rule_to}
    return {"part": one.part, "of": of} if wave.cut == WaveCut.HASH else {"ids": one.ids}


@router.get("/waves/{public_id}/simulation", response=SimulationOut)
def simulate_wave(request: MemberRequest, public_id: str, wanted: Query[WantedWave]) -> SimulationOut:
    """Simulate a wave from the program's own past; the same seed gives the same answer."""
    wave = _wave(request, public_id)
    what_if = simulating.WhatIf(in_work=wanted.in_work, per_day=wanted.per_day, days_each=wanted.days_each)
    found = simulating.look(wave, what_if, seed=wanted.seed)
    return SimulationOut(
        waits=found.plan is None,
        plan=found.plan.as_json() if found.plan else None,
        other=found.other.as_json() if found.other else None,
        formula=shown.formula_of(found.rates, found.setting, wave),
    )


@router.post("/waves/{public_id}/start", response=WaveOut)
def start_wave(request: MemberRequest, public_id: str) -> Wave:
    """Start a wave: cohorts open on their days."""
    services.start_wave(wave=_wave(request, public_id, "nominations.run_waves"), actor=request.user)
    return _wave(request, public_id)


@router.post("/waves/{public_id}/pause", response=WaveOut)
def pause_wave(request: MemberRequest, public_id: str, data: WaveReasonIn) -> Wave:
    """Open no further cohort, and queue what comes in."""
    wave = _wave(request, public_id, "nominations.run_waves")
    services.pause_wave(wave=wave, reason=data.reason, actor=request.user)
    return _wave(request, public_id)


@router.post("/waves/{public_id}/resume", response=WaveOut)
def resume_wave(request: MemberRequest, public_id: str) -> Wave:
    """Go on; what was due meanwhile opens so many days later."""
    services.resume_wave(wave=_wave(request, public_id, "nominations.run_waves"), actor=request.user)
    return _wave(request, public_id)


@router.post("/waves/{public_id}/end", response=WaveOut)
def end_wave(request: MemberRequest, public_id: str) -> Wave:
    """End it for good; what waits in the queue is let in."""
    services.end_wave(wave=_wave(request, public_id, "nominations.run_waves"), actor=request.user)
    return _wave(request, public_id)
