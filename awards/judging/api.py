"""Judging over the API, for who runs contests: the same doors as the pages. Scores only once judging is over.

Judges score in the room, not here: a ballot of theirs needs the page that shows what they judge.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import Field

from awards.contests import selectors as contests
from awards.judging import services
from awards.judging.enums import (
    AssignmentState,
    ConflictKind,
    ConflictSource,
    ConflictStatus,
    JudgeKind,
    JudgeState,
)
from awards.judging.selectors import corrections
from awards.judging.selectors import running as selectors
from awards.models import Assignment, Conflict, Contest, Criterion, Judge, Round
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["awards"])


def demand(request: MemberRequest) -> None:
    """Refuse who can run no contest at all."""
    if not request.user.has_perm("awards.see_contests"):
        raise NotAllowed(_("Judging is looked after by who runs contests."))


def _contest(request: MemberRequest, public_id: str) -> Contest:
    row: Contest = api.found(contests.visible_to(request.user), public_id)
    if not request.user.has_perm("awards.run_contest", row):
        raise NotAllowed(_("Judging is looked after by who runs this contest."))
    return row


class CriterionOut(api.Thing):
    """Something that is scored in a round."""

    contest: str
    round: str
    category: str | None
    name: str
    description: str
    weight: Decimal
    lo: int
    hi: int
    levels: dict[str, str]
    required: bool
    allow_na: bool
    tie_rank: int
    position: int
    fixed: bool

    @staticmethod
    def resolve_url(obj: Criterion) -> str:
        return api.absolute(obj.round.get_absolute_url())

    @staticmethod
    def resolve_contest(obj: Criterion) -> str:
        return obj.round.contest.public_id

    @staticmethod
    def resolve_round(obj: Criterion) -> str:
        return obj.round.public_id

    @staticmethod
    def resolve_category(obj: Criterion) -> str | None:
        return obj.category.public_id if obj.category is not None else None

    @staticmethod
    def resolve_fixed(obj: Criterion) -> bool:
        return obj.round.released_at is not None


class CriterionPatch(api.Input):
    """What may be changed, while the round is not released."""

    name: str = Field("", max_length=80)
    description: str = Field("", max_length=300)
    weight: Decimal = Field(Decimal(1), gt=0, le=9999, decimal_places=2)
    lo: int = Field(1, ge=0, le=100)
    hi: int = Field(5, ge=1, le=100)
    levels: dict[str, str] = {}
    required: bool = True
    allow_na: bool = False
    tie_rank: int = Field(0, ge=0, le=20)
    position: int = Field(0, ge=0, le=100)


class CriterionIn(CriterionPatch):
    """A new criterion."""

    round: str
    name: str = Field(min_length=1, max_length=80)


@api.listing(router, "/criteria", CriterionOut)
def list_criteria(request: MemberRequest) -> QuerySet[Criterion]:
    """List what is scored in the rounds of the contests that you run."""
    demand(request)
    return selectors.visible_criteria(request.user)


@router.post("/criteria", response={201: CriterionOut})
def create_criterion(request: MemberRequest, data: CriterionIn) -> Any:
    """Score something more in a round that is not released."""
    demand(request)
    facts = data.dict()
    row: Round = api.found(selectors.visible_rounds(request.user), facts.pop("round"))
    made = services.add_criterion(round=row, by=request.user, **facts)
    return api.Status(201, api.found(selectors.visible_criteria(request.user), made.public_id))


@router.patch("/criteria/{public_id}", response=CriterionOut)
def change_criterion(request: MemberRequest, public_id: str, data: api.PatchDict[CriterionPatch]) -> Criterion:
    """Change a criterion of a round that is not released."""
    demand(request)
    row = api.found(selectors.visible_criteria(request.user), public_id)
    services.change_criterion(criterion=row, by=request.user, **data)
    found: Criterion = api.found(selectors.visible_criteria(request.user), public_id)
    return found


class TieOut(api.Schema):
    """Why a judge must not judge an entry."""

    entry: str
    kind: ConflictKind
    source: ConflictSource
    status: ConflictStatus
    reason: str

    @staticmethod
    def resolve_entry(obj: Conflict) -> str:
        return obj.entry.public_id


class JudgeOut(api.Thing):
    """A judge of a contest."""

    contest: str
    person: api.Ref
    kind: JudgeKind
    state: JudgeState
    organisation: str
    load_cap: int
    public: bool
    invited_at: dt.datetime | None
    answered_at: dt.datetime | None
    nda_at: dt.datetime | None

    @staticmethod
    def resolve_contest(obj: Judge) -> str:
        return obj.contest.public_id


class JudgeIn(api.Input):
    """Whom to ask: somebody we know by their address, or by name and address."""

    contest: str
    email: str = Field(max_length=254)
    name: str = Field("", max_length=120)
    kind: JudgeKind
    organisation: str = Field("", max_length=120)
    cap: int | None = Field(None, ge=1, le=500)


class JudgingReasonIn(api.Input):
    """Why."""

    reason: str = Field(min_length=1, max_length=300)


@api.listing(router, "/judges", JudgeOut)
def list_judges(request: MemberRequest) -> QuerySet[Judge]:
    """List the judges of the contests that you run."""
    demand(request)
    return selectors.visible_judges(request.user)


@router.post("/judges", response={201: JudgeOut})
def invite_judge(request: MemberRequest, data: JudgeIn) -> Any:
    """Ask somebody to judge; they answer by a link of their own."""
    demand(request)
    contest = _contest(request, data.contest)
    if "@" not in data.email:
        message = _("This is no mail address.")
        raise InvalidInput(message, errors={"email": message})
    person = services.person_for(name=data.name, email=data.email)
    judge = services.invite_judge(
        contest=contest, person=person, kind=data.kind, cap=data.cap, organisation=data.organisation, by=request.user
    )
    return api.Status(201, judge)


@router.get("/judges/{public_id}", response=JudgeOut)
def get_judge(request: MemberRequest, public_id: str) -> Judge:
    """Return one judge."""
    demand(request)
    found: Judge = api.found(selectors.visible_judges(request.user), public_id)
    return found


@router.get("/judges/{public_id}/ties", response=list[TieOut])
def list_judge_ties(request: MemberRequest, public_id: str) -> Sequence[Conflict]:
    """Return the entries that a judge must not judge, and why."""
    demand(request)
    return selectors.ties_of(api.found(selectors.visible_judges(request.user), public_id), request.user)


@router.post("/judges/{public_id}/remove", response=JudgeOut)
def remove_judge(request: MemberRequest, public_id: str, data: JudgingReasonIn) -> Judge:
    """End an appointment: links stop working, open work is free."""
    demand(request)
    row = api.found(selectors.visible_judges(request.user), public_id)
    return services.remove_judge(judge=row, reason=data.reason, by=request.user)


class AssignmentOut(api.Thing):
    """One entry of one category for one judge in one round."""

    contest: str
    round: str
    entry: str
    category: str
    judge: str
    state: AssignmentState
    released_at: dt.datetime | None

    @staticmethod
    def resolve_url(obj: Assignment) -> str:
        return api.absolute(obj.judge.get_absolute_url())

    @staticmethod
    def resolve_contest(obj: Assignment) -> str:
        return obj.round.contest.public_id

    @staticmethod
    def resolve_round(obj: Assignment) -> str:
        return obj.round.public_id

    @staticmethod
    def resolve_entry(obj: Assignment) -> str:
        return obj.place.entry.public_id

    @staticmethod
    def resolve_category(obj: Assignment) -> str:
        return obj.place.category.public_id

    @staticmethod
    def resolve_judge(obj: Assignment) -> str:
        return obj.judge.public_id


class AssignmentIn(api.Input):
    """One entry, by its code, for one judge."""

    round: str
    entry: str = Field(max_length=8)
    category: str
    judge: str


@api.listing(router, "/assignments", AssignmentOut)
def list_assignments(request: MemberRequest) -> QuerySet[Assignment]:
    """List who judges what in the contests that you run, without what you have a tie to."""
    demand(request)
    return selectors.visible_assignments(request.user)


@router.post("/assignments", response={201: AssignmentOut})
def create_assignment(request: MemberRequest, data: AssignmentIn) -> Any:
    """Give one entry to one judge by hand."""
    demand(request)
    row: Round = api.found(selectors.visible_rounds(request.user), data.round)
    judge: Judge = api.found(selectors.visible_judges(request.user), data.judge)
    category = selectors.categories_for(row.contest, request.user).filter(public_id=data.category).first()
    place = selectors.place_by_code(row.contest, data.entry, category.pk) if category is not None else None
    if place is None:
        message = _("No entry of this code stands in this category.")
        raise InvalidInput(message, errors={"entry": message})
    made = services.assign_by_hand(round=row, place=place, judge=judge, by=request.user)
    return api.Status(201, api.found(selectors.visible_assignments(request.user), made.public_id))


def seen_or_404(request: MemberRequest, public_id: str) -> corrections.Seen:
    """Return work as its page shows it: to who runs contest or category, after the round also to its certifiers."""
    demand(request)
    found = corrections.seen_by(request.user, public_id)
    if found is None:
        raise Http404
    return found


@router.post("/assignments/{public_id}/reopen", response=AssignmentOut)
def reopen_assignment(request: MemberRequest, public_id: str, data: JudgingReasonIn) -> Assignment:
    """Let a judge write once more after the end, with a reason; what was sent counts until the next is sent."""
    seen = seen_or_404(request, public_id)
    if not seen.corrects:
        raise NotAllowed(_("Ballots are opened again by who runs the contest, or the category."))
    services.reopen_ballot(assignment=seen.work, reason=data.reason, by=request.user)
    seen.work.refresh_from_db(fields=["state"])
    return seen.work
