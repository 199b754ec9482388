"""The API of pilots: the same services and permissions as the pages."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from pydantic import Field

from refprogram.governance.pilots import selectors, services
from refprogram.governance.pilots.enums import Answer, PilotKind, PilotState
from refprogram.governance.pilots.filters import PilotFilter
from refprogram.governance.pilots.models import Pilot, PilotNote
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.models import User
from refprogram.people.selectors import colleagues

router = api.Router(tags=["governance"])


class PilotCriterionOut(api.Schema):
    """By what a pilot is judged; `met` is null until somebody has looked."""

    id: str = Field(alias="public_id")
    text: str
    how: str
    target: str
    seen: str
    met: bool | None


class PilotConsultOut(api.Schema):
    """What sales was asked and said; `present`: about the pilot as it reads now."""

    id: str = Field(alias="public_id")
    asked: api.Ref
    answer: str
    words: str
    condition: str
    answered_at: dt.datetime | None
    met_at: dt.datetime | None
    present: bool

    @staticmethod
    def resolve_present(obj: Any) -> bool:
        return bool(obj.version == obj.pilot.version)


class PilotOut(api.Thing):
    """What is tried with whom, from when to when, by what it is judged, what sales said, what was decided."""

    name: str
    state: PilotState
    kind: PilotKind
    thing: str = Field(description="The id of what is tried; of a feature, its name.")
    label: str
    touches_customers: bool
    hypothesis: str
    starts_on: dt.date
    ends_on: dt.date
    owner: api.Ref
    people: list[api.Ref]
    criteria: list[PilotCriterionOut]
    consults: list[PilotConsultOut]
    because: str
    decided_at: dt.datetime | None

    @staticmethod
    def resolve_people(obj: Pilot) -> list[User]:
        return [member.user for member in obj.members.all()]


class PilotIn(api.Input):
    """A new pilot: of a thing (`kind`, `thing`), with colleagues (`people`, ids)."""

    name: str = Field(max_length=120)
    kind: PilotKind
    thing: str = Field(max_length=40)
    hypothesis: str = Field(max_length=2000)
    people: list[str] = Field(max_length=100)
    starts_on: dt.date
    ends_on: dt.date
    owner: str = Field("", description="Empty: who asks.")


class PilotCriterionIn(api.Input):
    """By what it is judged."""

    text: str = Field(max_length=200)
    how: str = Field("", max_length=200)
    target: str = Field("", max_length=80)


class AskSalesIn(api.Input):
    """Who answers for sales."""

    asked: str
    question: str = Field("", max_length=2000)


class PilotAnswerIn(api.Input):
    """What sales says; a yes with an if needs its condition, a no its words."""

    answer: Answer
    condition: str = Field("", max_length=300)
    words: str = Field("", max_length=2000)


class PilotNoteIn(api.Input):
    """Something for the log."""

    text: str = Field(max_length=5000)


class PilotNoteOut(api.Schema):
    """What somebody of the pilot wrote down; without `by` where they are gone."""

    id: str = Field(alias="public_id")
    by: api.Ref | None
    text: str
    created_at: dt.datetime


class PilotDecisionIn(api.Input):
    """What becomes of it: `rolled_out`, `repeated` or `stopped`, and why."""

    to: str
    because: str = Field(max_length=5000)


def _rows(request: MemberRequest) -> QuerySet[Pilot]:
    if not request.user.has_perm("governance.see_pilots"):
        raise PermissionDenied
    return selectors.in_full(selectors.visible_to(request.user))


def _row(request: MemberRequest, public_id: str) -> Pilot:
    row: Pilot = api.found(_rows(request), public_id)
    return row


@api.listing(router, "/pilots", PilotOut, filters=PilotFilter, search=selectors.search)
def list_pilots(request: MemberRequest) -> QuerySet[Pilot]:
    """List what is tried with a few first."""
    return _rows(request)


@router.get("/pilots/{public_id}", response=PilotOut)
def get_pilot(request: MemberRequest, public_id: str) -> Any:
    """Return one pilot."""
    return _row(request, public_id)


@router.post("/pilots", response={201: PilotOut})
def create_pilot(request: MemberRequest, data: PilotIn) -> Any:
    """Plan a pilot: until it begins its thing reaches nobody; a feature stays as it is."""
    if not request.user.has_perm("governance.make_pilots"):
        raise PermissionDenied
    said = data.dict()
    owner = said.pop("owner")
    said["people"] = [get_object_or_404(colleagues(), public_id=one) for one in said["people"]]
    said["owner"] = get_object_or_404(colleagues(), public_id=owner) if owner else request.user
    made = services.plan(by=request.user, **said)
    return api.Status(201, _row(request, made.public_id))


@router.post("/pilots/{public_id}/criteria", response={201: PilotOut})
def create_pilot_criterion(request: MemberRequest, public_id: str, data: PilotCriterionIn) -> Any:
    """Say by what it is judged."""
    services.add_criterion(pilot=_row(request, public_id), by=request.user, **data.dict())
    return api.Status(201, _row(request, public_id))


@router.post("/pilots/{public_id}/ask-sales", response=PilotOut)
def ask_sales_about_pilot(request: MemberRequest, public_id: str, data: AskSalesIn) -> Any:
    """Ask somebody of sales; they get a mail with a link of their own."""
    row = _row(request, public_id)
    asked = get_object_or_404(colleagues(), public_id=data.asked)
    services.ask_sales(pilot=row, asked=asked, question=data.question, by=request.user)
    return _row(request, public_id)


@router.post("/pilots/{public_id}/answer", response=PilotOut)
def answer_about_pilot(request: MemberRequest, public_id: str, data: PilotAnswerIn) -> Any:
    """Answer for sales, once."""
    row = _row(request, public_id)
    mine = [one for one in selectors.present(row) if one.asked_id == request.user.pk]
    if not mine:
        raise PermissionDenied
    services.answer(consult=mine[0], by=request.user, **data.dict())
    return _row(request, public_id)


@router.post("/pilots/{public_id}/ready", response=PilotOut)
def settle_pilot(request: MemberRequest, public_id: str) -> Any:
    """Make it ready: it begins on its first day."""
    services.settle(pilot=_row(request, public_id), by=request.user)
    return _row(request, public_id)


@router.post("/pilots/{public_id}/begin", response=PilotOut)
def begin_pilot(request: MemberRequest, public_id: str) -> Any:
    """Begin now: its thing reaches the pilot's people, and nobody else."""
    services.begin(pilot=_row(request, public_id), by=request.user)
    return _row(request, public_id)


@router.post("/pilots/{public_id}/decide", response=PilotOut)
def decide_pilot(request: MemberRequest, public_id: str, data: PilotDecisionIn) -> Any:
    """Roll out, try again, or stop."""
    services.decide(pilot=_row(request, public_id), by=request.user, **data.dict())
    return _row(request, public_id)


@router.get("/pilots/{public_id}/log", response=list[PilotNoteOut])
def list_pilot_log(request: MemberRequest, public_id: str) -> Any:
    """Return what its people wrote down: for them, who runs it, reference managers and the head of sales."""
    log = selectors.log_of(_row(request, public_id), request.user)
    if log is None:
        raise PermissionDenied
    return log


@router.post("/pilots/{public_id}/log", response={201: PilotNoteOut})
def write_pilot_log(request: MemberRequest, public_id: str, data: PilotNoteIn) -> Any:
    """Write in the log."""
    note: PilotNote = services.write_down(pilot=_row(request, public_id), by=request.user, text=data.text)
    return api.Status(201, note)
