"""The API of the charter: the same services and permissions as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from pydantic import Field

from refprogram.governance.charter import selectors, services
from refprogram.governance.charter.enums import CharterState, Horizon, MarkKind
from refprogram.governance.charter.models import CharterVersion
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues

router = api.Router(tags=["governance"])


class ScopeLineOut(api.Schema):
    """A kind of work that is in or out of scope, and the working hours of one."""

    id: str = Field(alias="public_id")
    inside: bool
    name: str
    words: list[str]
    hours: Decimal
    because: str
    redirect_to: api.Ref | None


class RoadMarkOut(api.Schema):
    """A driver, or a milestone with its month."""

    id: str = Field(alias="public_id")
    horizon: Horizon
    kind: MarkKind
    name: str
    month: dt.date | None
    reached_on: dt.date | None


class PlanStepOut(api.Schema):
    """What happens to the program's system in a month."""

    id: str = Field(alias="public_id")
    month: dt.date
    name: str
    owner: api.Ref | None
    done_on: dt.date | None


class CharterOut(api.Thing):
    """A version of the charter; `revision` counts changes of its words."""

    number: int
    state: CharterState
    revision: int
    mission: str
    short_strategy: str
    long_strategy: str
    starts_on: dt.date
    published_at: dt.datetime | None
    superseded_at: dt.datetime | None
    lines: list[ScopeLineOut]
    marks: list[RoadMarkOut]
    plan: list[PlanStepOut]


class CharterWordsIn(api.Input):
    """The words of a version, with the revision that they replace."""

    mission: str
    short_strategy: str = ""
    long_strategy: str = ""
    starts_on: dt.date
    revision: int


class CharterConsultIn(api.Input):
    """Whose opinion is wanted (ids of colleagues), until when."""

    people: list[str]
    until: dt.date


class CharterCommentIn(api.Input):
    """An opinion of a draft."""

    text: str = Field(max_length=5000)


class CharterQuestionOut(api.Schema):
    """A question about the charter; answers are given by their place, from 0."""

    text: str
    answers: list[str]


class CharterAnswersIn(api.Input):
    """Answers to the three questions, by their place."""

    answers: list[int]


class CharterKnownOut(api.Schema):
    """Whether it is acknowledged, how often it was tried, and what the charter says where an answer was wrong."""

    acknowledged_at: dt.datetime | None
    tries: int
    wrong: dict[int, str]


def _versions(request: MemberRequest) -> QuerySet[CharterVersion]:
    return selectors.with_parts(selectors.visible_to(request.user))


def _version(request: MemberRequest, public_id: str) -> CharterVersion:
    row: CharterVersion = api.found(_versions(request), public_id)
    return row


def _run(request: MemberRequest) -> None:
    if not request.user.has_perm("governance.run_charter"):
        raise PermissionDenied


@router.get("/charter", response=CharterOut)
def get_current_charter(request: MemberRequest) -> Any:
    """Return the charter that holds."""
    holds = selectors.current()
    if holds is None:
        raise Http404
    return holds


@router.get("/charter/questions", response=list[CharterQuestionOut])
def list_charter_questions(request: MemberRequest) -> Any:
    """Return the three questions about the charter that holds."""
    holds = selectors.current()
    return selectors.questions_of(holds) if holds else []


@api.listing(router, "/charters", CharterOut)
def list_charters(request: MemberRequest) -> QuerySet[CharterVersion]:
    """List the versions you may read."""
    return _versions(request)


@router.get("/charters/{public_id}", response=CharterOut)
def get_charter(request: MemberRequest, public_id: str) -> Any:
    """Return one version."""
    return _version(request, public_id)


@router.post("/charters", response={201: CharterOut})
def create_charter(request: MemberRequest) -> Any:
    """Begin a new version with the words of the one that holds; while one is in work, return that."""
    _run(request)
    return api.Status(201, _version(request, services.begin_draft(by=request.user).public_id))


@router.patch("/charters/{public_id}", response=CharterOut)
def change_charter(request: MemberRequest, public_id: str, data: CharterWordsIn) -> Any:
    """Write the words of a version that is not settled."""
    row = _version(request, public_id)
    services.write(
        version=row, texts=data.dict(), starts_on=data.starts_on, revision=data.revision, by=request.user
    )  # fmt: skip
    return _version(request, public_id)


@router.post("/charters/{public_id}/consult", response=CharterOut)
def consult_charter(request: MemberRequest, public_id: str, data: CharterConsultIn) -> Any:
    """Ask colleagues for their opinion."""
    people = list(colleagues().filter(public_id__in=data.people))
    services.consult(version=_version(request, public_id), people=people, until=data.until, by=request.user)
    return _version(request, public_id)


@router.post("/charters/{public_id}/comment", response=CharterOut)
def comment_charter(request: MemberRequest, public_id: str, data: CharterCommentIn) -> Any:
    """Say what you think of a draft that you were asked about."""
    services.comment(version=_version(request, public_id), text=data.text, by=request.user)
    return _version(request, public_id)


@router.post("/charters/{public_id}/ask-approval", response=CharterOut)
def ask_approval_of_charter(request: MemberRequest, public_id: str) -> Any:
    """Ask for approval of the words as they are."""
    services.ask_approval(version=_version(request, public_id), by=request.user)
    return _version(request, public_id)


@router.post("/charters/{public_id}/return", response=CharterOut)
def return_charter(request: MemberRequest, public_id: str) -> Any:
    """Make it a draft again."""
    services.return_to_draft(version=_version(request, public_id), by=request.user)
    return _version(request, public_id)


@router.post("/charters/{public_id}/publish", response=CharterOut)
def publish_charter(request: MemberRequest, public_id: str) -> Any:
    """Let an approved version hold."""
    services.publish(version=_version(request, public_id), by=request.user)
    return _version(request, public_id)


@router.post("/charters/{public_id}/acknowledge", response=CharterKnownOut)
def acknowledge_charter(request: MemberRequest, public_id: str, data: CharterAnswersIn) -> Any:
    """Answer the questions of the version you read; 409 `stale` says what changed where a newer one holds."""
    done = services.acknowledge(version=_version(request, public_id), answers=data.answers, by=request.user)
    return {"acknowledged_at": done.row.acknowledged_at, "tries": done.row.tries, "wrong": dict(done.wrong)}
