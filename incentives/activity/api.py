"""Weeks, proofs, use and presentations over the API: the same selectors and services as the pages."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from incentives.activity import selectors, services
from incentives.activity.enums import PresentationState, ProofState, RewardState
from incentives.activity.filters import AdoptionFilter, PresentationFilter, ProofFilter, WeekFilter
from incentives.activity.models import ActivityProof, AdoptionMonth, Presentation, WeekReward
from incentives.activity.services import Plan
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["activity"])


class WeekOut(api.Thing):
    """What one colleague's week came to. `lines`: [what, how many, points each, points]."""

    person: api.Ref = Field(alias="user")
    week: dt.date
    state: RewardState
    points: int
    lines: list[tuple[str, int, int, int]]
    settled_at: dt.datetime | None


class ProofOut(api.Thing):
    """An activity that the lot chose, and what shows it."""

    person: api.Ref
    what: str
    done_at: dt.datetime
    state: ProofState
    due_on: dt.date
    words: str
    link: str
    verdict: str

    @staticmethod
    def resolve_person(obj: ActivityProof) -> Any:
        return obj.reward.user

    @staticmethod
    def resolve_what(obj: ActivityProof) -> str:
        return obj.activity.detail

    @staticmethod
    def resolve_done_at(obj: ActivityProof) -> dt.datetime:
        return obj.activity.occurred_at


class ActivityProofIn(api.Input):
    """What shows it."""

    words: str = Field(min_length=1, max_length=2000)
    link: str = Field("", max_length=500, pattern=r"^(https?://\S+)?$")


class ActivityVerdictIn(api.Input):
    """Whether it does, and why not."""

    accepted: bool
    verdict: str = Field("", max_length=200)


class AdoptionOut(api.Thing):
    """On how many of their working days in a month a colleague used the CRM."""

    person: api.Ref = Field(alias="user")
    month: dt.date
    used: int
    due: int
    percent: int
    points: int

    @staticmethod
    def resolve_url(obj: AdoptionMonth) -> str:
        return api.absolute(f"/adoption/?month_after={obj.month}&month_before={obj.month}")


class PresentationOut(api.Thing):
    """What somebody is asked to present; its letter is read on its page."""

    person: api.Ref = Field(alias="user")
    executive: api.Ref | None
    topic: str
    state: PresentationState
    held_on: dt.date | None
    place: str
    rubric: list[str]


class PresentationIn(api.Input):
    """What is asked for, in your own words: it goes out in your name."""

    topic: str = Field(min_length=1, max_length=160)
    held_on: dt.date
    place: str = Field("", max_length=120)
    panel: list[str] = Field(description="Ids of people.", min_length=1, max_length=20)
    rubric: list[str] = Field(min_length=1, max_length=8)
    letter: str = Field(min_length=1, max_length=4000)


class MarksIn(api.Input):
    """1 to 5 for each line of the rubric."""

    marks: list[int]
    words: str = Field("", max_length=500)


class DecisionIn(api.Input):
    """Good enough, or once more on a later day."""

    passed: bool
    verdict: str = Field(min_length=1, max_length=2000)
    held_on: dt.date | None = None


@api.listing(router, "/activity/weeks", WeekOut, filters=WeekFilter)
def list_week_rewards(request: MemberRequest) -> QuerySet[WeekReward]:
    """List weeks: your own, your team's if you lead one, all if you oversee the program."""
    return selectors.weeks_visible_to(request.user)


@api.listing(router, "/activity/proofs", ProofOut, filters=ProofFilter)
def list_activity_proofs(request: MemberRequest) -> QuerySet[ActivityProof]:
    """List proofs: your own, your team's if you lead one, all if you oversee the program."""
    return selectors.proofs_visible_to(request.user)


@router.get("/activity/proofs/{public_id}", response=ProofOut)
def get_activity_proof(request: MemberRequest, public_id: str) -> ActivityProof:
    """Return one proof."""
    return api.found(selectors.proofs_visible_to(request.user), public_id)


@router.post("/activity/proofs/{public_id}/give", response=ProofOut)
def give_activity_proof(request: MemberRequest, public_id: str, data: ActivityProofIn) -> ActivityProof:
    """Say what shows an activity of yours."""
    services.give_proof(proof=get_activity_proof(request, public_id), by=request.user, **data.dict())
    return get_activity_proof(request, public_id)


@router.post("/activity/proofs/{public_id}/judge", response=ProofOut)
def judge_activity_proof(request: MemberRequest, public_id: str, data: ActivityVerdictIn) -> ActivityProof:
    """Accept or refuse a proof; nobody judges their own."""
    services.judge_proof(proof=get_activity_proof(request, public_id), by=request.user, **data.dict())
    return get_activity_proof(request, public_id)


@api.listing(router, "/adoption", AdoptionOut, filters=AdoptionFilter)
def list_adoption(request: MemberRequest) -> QuerySet[AdoptionMonth]:
    """List months of use: your own, your team's if you lead one, all if you oversee the program."""
    return selectors.months_visible_to(request.user)


@api.listing(router, "/presentations", PresentationOut, filters=PresentationFilter)
def list_presentations(request: MemberRequest) -> QuerySet[Presentation]:
    """List the presentations that you may see."""
    return selectors.presentations_visible_to(request.user)


@router.get("/presentations/{public_id}", response=PresentationOut)
def get_presentation(request: MemberRequest, public_id: str) -> Presentation:
    """Return one presentation."""
    return api.found(selectors.presentations_visible_to(request.user), public_id)


@router.post("/presentations/{public_id}/ask", response=PresentationOut)
def ask_for_presentation(request: MemberRequest, public_id: str, data: PresentationIn) -> Presentation:
    """Ask for it as yourself, by a mail in your own words."""
    row = get_presentation(request, public_id)
    said = data.dict()
    listeners = list(selectors.listeners(row).filter(public_id__in=said["panel"]))
    if len(listeners) != len(set(said["panel"])):
        message = _("One of them is nobody who could listen.")
        raise InvalidInput(message, errors={"panel": message})
    services.ask(presentation=row, by=request.user, plan=Plan(**{**said, "panel": listeners}))
    return get_presentation(request, public_id)


@router.post("/presentations/{public_id}/mark", response=PresentationOut)
def mark_presentation(request: MemberRequest, public_id: str, data: MarksIn) -> Presentation:
    """Say as one of the panel how it was."""
    row = get_presentation(request, public_id)
    services.mark(presentation=row, by=request.user, marks=data.marks, words=data.words)
    return row


@router.post("/presentations/{public_id}/decide", response=PresentationOut)
def decide_presentation(request: MemberRequest, public_id: str, data: DecisionIn) -> Presentation:
    """Say that it was good enough, which clears the case; or ask for it once more."""
    services.decide(presentation=get_presentation(request, public_id), by=request.user, **data.dict())
    return get_presentation(request, public_id)
