"""Contests over the API: the same doors as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from awards import starting
from awards.contests import selectors, services, zones
from awards.contests.enums import Audience, ContestState, PrizeKind, Step
from awards.contests.filters import ContestFilter
from awards.models import Contest, PlanItem, Prize, Question
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest
from refprogram.people.models import User
from refprogram.people.selectors import colleagues

router = api.Router(tags=["awards"])
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2200, 1, 1)
LONGEST = 8_000
MUCH = Decimal("999999999999.99")


class ContestOut(api.Thing):
    """One contest. Its moments are instants; `zone` is the one they are meant in."""

    name: str
    slug: str
    series: str
    year: int
    audience: Audience
    state: ContestState
    tagline: str
    overview: str
    process: str
    payoff: str
    rules_text: str
    rules_version: int
    zone: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    grace_minutes: int
    announce_at: dt.datetime
    event_name: str
    event_place: str
    event_at: dt.datetime
    announced_at: dt.datetime | None
    published_at: dt.datetime | None
    nominator_credit: bool
    one_award_each: bool
    cool_off_years: int
    people_choice: bool
    owner: api.Ref


class ContestPatch(api.Input):
    """What may be changed. What was promised to entrants is not taken back."""

    name: str = Field("", max_length=120)
    tagline: str = Field("", max_length=200)
    overview: str = Field("", max_length=LONGEST)
    process: str = Field("", max_length=LONGEST)
    payoff: str = Field("", max_length=LONGEST)
    rules_text: str = Field("", max_length=LONGEST)
    event_name: str = Field("", max_length=120)
    event_place: str = Field("", max_length=120)
    zone: str = Field("UTC", max_length=60, description="Alone it keeps what the clock shows.")
    opens_at: api.When | None = None
    closes_at: api.When | None = None
    announce_at: api.When | None = None
    event_at: api.When | None = None
    grace_minutes: int = Field(15, ge=0, le=1440)
    nominator_credit: bool = True
    one_award_each: bool = True
    cool_off_years: int = Field(1, ge=0, le=20)
    owner: str = Field("", description="A user's id.")


class ContestIn(api.Input):
    """A contest to plan: its windows and the ten steps are counted backwards from the event."""

    name: str = Field(min_length=1, max_length=120)
    series: str = Field(min_length=1, max_length=80)
    year: int = Field(ge=2000, le=2199)
    audience: Audience = Audience.CUSTOMERS
    event_at: api.When
    zone: str = Field("UTC", max_length=60)


class ContestReasonIn(api.Input):
    """Why; where something is taken back it is needed."""

    reason: str = Field("", max_length=300)


class ReopenIn(ContestReasonIn):
    """Until when entries are taken again, and why."""

    until: api.When


class PlanItemOut(api.Schema):
    """One line of the plan."""

    id: str = Field(alias="public_id")
    step: Step
    name: str
    due_on: dt.date
    note: str
    owner: api.Ref | None
    done_at: dt.datetime | None


class PlanItemIn(api.Input):
    """A line to add."""

    step: Step
    name: str = Field(min_length=1, max_length=160)
    due_on: dt.date = Field(ge=EARLIEST, le=LATEST)
    owner: str | None = Field(None, description="A user's id.")
    note: str = Field("", max_length=300)


class QuestionOut(api.Schema):
    """One question; without an answer `answered_at` is null."""

    id: str = Field(alias="public_id")
    text: str
    asked_at: dt.datetime
    answer: str
    answered_at: dt.datetime | None
    public: bool


class QuestionIn(api.Input):
    """A question."""

    text: str = Field(min_length=1, max_length=500)


class QuestionAnswerIn(api.Input):
    """An answer, seen by all; `asked` puts the question better."""

    text: str = Field(min_length=1, max_length=5_000)
    public: bool = True
    asked: str | None = Field(None, max_length=500)


class PrizeOut(api.Schema):
    """One prize; without a category it is one of every category."""

    id: str = Field(alias="public_id")
    item: str
    kind: PrizeKind
    category: api.Ref | None
    place: int
    people_choice: bool
    value: Decimal
    tax_note: str


class PrizeIn(api.Input):
    """A prize to add."""

    item: str = Field(min_length=1, max_length=200)
    kind: PrizeKind
    category: str | None = None
    place: int = Field(1, ge=1, le=20)
    people_choice: bool = False
    value: Decimal = Field(Decimal(0), ge=0, le=MUCH, decimal_places=2)
    tax_note: str = Field("", max_length=200)


def demand(request: MemberRequest, permission: str, contest: Contest | None = None) -> None:
    """Refuse who may not, with who may."""
    if not request.user.has_perm(permission, contest):
        raise NotAllowed(_("Contests are run by the reference managers and whom they name."))


def _contest(request: MemberRequest, public_id: str, permission: str = "") -> Contest:
    demand(request, "awards.see_contests")
    row: Contest = api.found(selectors.visible_to(request.user), public_id)
    if permission:
        demand(request, permission, row)
    return row


def _colleague(public_id: str | None) -> User | None:
    row: User | None = api.one_of(colleagues(), public_id, "owner")
    return row


@api.listing(router, "/contests", ContestOut, filters=ContestFilter, search=selectors.search)
def list_contests(request: MemberRequest) -> QuerySet[Contest]:
    """List the contests you may see."""
    demand(request, "awards.see_contests")
    return selectors.visible_to(request.user)


@router.post("/contests", response={201: ContestOut})
def create_contest(request: MemberRequest, data: ContestIn) -> Any:
    """Plan a contest; it is a draft until it is announced."""
    demand(request, "awards.start_contests")
    contest = starting.start_contest(**data.dict(), owner=request.user, by=request.user)
    return api.Status(201, contest)


@router.get("/contests/{public_id}", response=ContestOut)
def get_contest(request: MemberRequest, public_id: str) -> Contest:
    """Return one contest."""
    return _contest(request, public_id)


@router.patch("/contests/{public_id}", response=ContestOut)
def change_contest(request: MemberRequest, public_id: str, data: api.PatchDict[ContestPatch]) -> Contest:
    """Change a contest."""
    contest, said = _contest(request, public_id, "awards.run_contest"), dict(data)
    empty = [name for name in ("opens_at", "closes_at", "announce_at", "event_at") if said.get(name, 1) is None]
    if empty:
        message = _("Give a moment.")
        raise InvalidInput(message, errors=dict.fromkeys(empty, message))
    if "owner" in said:
        said["owner"] = _colleague(said["owner"]) or contest.owner
    if "zone" in said:
        zones.zone_of(said["zone"])
    services.change(contest, by=request.user, **said)
    return _contest(request, public_id)


@router.post("/contests/{public_id}/announce", response=ContestOut)
def announce_contest(request: MemberRequest, public_id: str) -> Contest:
    """Show it to everybody."""
    services.announce(_contest(request, public_id, "awards.run_contest"), by=request.user)
    return _contest(request, public_id)


@router.post("/contests/{public_id}/open", response=ContestOut)
def open_contest(request: MemberRequest, public_id: str) -> Contest:
    """Open it for entries now."""
    services.open_entries(_contest(request, public_id, "awards.run_contest"), by=request.user)
    return _contest(request, public_id)


@router.post("/contests/{public_id}/close", response=ContestOut)
def close_contest(request: MemberRequest, public_id: str, data: ContestReasonIn) -> Contest:
    """Close it for entries; before its deadline that takes a reason."""
    contest = _contest(request, public_id, "awards.run_contest")
    services.close_entries(contest, by=request.user, reason=data.reason)
    return _contest(request, public_id)


@router.post("/contests/{public_id}/reopen", response=ContestOut)
def reopen_contest(request: MemberRequest, public_id: str, data: ReopenIn) -> Contest:
    """Take entries again, from everybody."""
    contest = _contest(request, public_id, "awards.run_contest")
    services.reopen_entries(contest, until=data.until, reason=data.reason, by=request.user)
    return _contest(request, public_id)


@router.post("/contests/{public_id}/screen", response=ContestOut)
def screen_contest(request: MemberRequest, public_id: str) -> Contest:
    """Begin screening."""
    contest = _contest(request, public_id, "awards.run_contest")
    services.move(contest, ContestState.SCREENING, by=request.user)
    return _contest(request, public_id)


@router.post("/contests/{public_id}/cancel", response=ContestOut)
def cancel_contest(request: MemberRequest, public_id: str, data: ContestReasonIn) -> Contest:
    """Call it off."""
    contest = _contest(request, public_id, "awards.run_contest")
    services.cancel(contest, reason=data.reason, by=request.user)
    return _contest(request, public_id)


@router.get("/contests/{public_id}/plan", response=list[PlanItemOut])
def list_contest_plan(request: MemberRequest, public_id: str) -> list[PlanItem]:
    """List the lines of the ten-step plan by their days."""
    return selectors.plan_of(_contest(request, public_id, "awards.work_on_contest"))


@router.post("/contests/{public_id}/plan", response={201: PlanItemOut})
def create_plan_item(request: MemberRequest, public_id: str, data: PlanItemIn) -> Any:
    """Add a line to the plan."""
    contest = _contest(request, public_id, "awards.run_contest")
    said = {**data.dict(), "owner": _colleague(data.owner)}
    return api.Status(201, services.add_item(contest, by=request.user, **said))


@router.post("/contests/{public_id}/plan/{item_id}/done", response=PlanItemOut)
def finish_plan_item(request: MemberRequest, public_id: str, item_id: str) -> PlanItem:
    """Tick a line off: who owns it, or runs the contest."""
    contest = _contest(request, public_id, "awards.work_on_contest")
    item: PlanItem = api.found(contest.plan.select_related("contest", "owner__person"), item_id)
    if item.owner_id != request.user.pk:
        demand(request, "awards.run_contest", contest)
    return services.finish_item(item, by=request.user)


@router.get("/contests/{public_id}/questions", response=list[QuestionOut])
def list_contest_questions(request: MemberRequest, public_id: str) -> list[Question]:
    """List every question with its answer."""
    return selectors.questions_of(_contest(request, public_id))


@router.post("/contests/{public_id}/questions", response={201: QuestionOut})
def ask_about_contest(request: MemberRequest, public_id: str, data: QuestionIn) -> Any:
    """Ask; the same words are not asked twice."""
    contest = _contest(request, public_id)
    return api.Status(201, services.ask(contest, text=data.text, by=request.user.person))


@router.post("/contests/{public_id}/questions/{question_id}/answer", response=QuestionOut)
def answer_about_contest(request: MemberRequest, public_id: str, question_id: str, data: QuestionAnswerIn) -> Question:
    """Answer a question for everybody, or change the answer."""
    contest = _contest(request, public_id, "awards.run_contest")
    question = api.found(contest.questions.select_related("contest"), question_id)
    return services.answer(question, by=request.user, **data.dict())


@router.get("/contests/{public_id}/prizes", response=list[PrizeOut])
def list_contest_prizes(request: MemberRequest, public_id: str) -> list[Prize]:
    """List the prizes."""
    return selectors.prizes_of(_contest(request, public_id))


@router.post("/contests/{public_id}/prizes", response={201: PrizeOut})
def create_contest_prize(request: MemberRequest, public_id: str, data: PrizeIn) -> Any:
    """Add a prize."""
    contest = _contest(request, public_id, "awards.run_contest")
    category = api.one_of(contest.categories.all(), data.category, "category")
    return api.Status(201, services.add_prize(contest, by=request.user, **{**data.dict(), "category": category}))


@router.delete("/contests/{public_id}/prizes/{prize_id}", response={204: None})
def delete_contest_prize(request: MemberRequest, public_id: str, prize_id: str) -> Any:
    """Take a prize away, until somebody was granted it."""
    contest = _contest(request, public_id, "awards.run_contest")
    services.remove_prize(api.found(contest.prizes.select_related("contest"), prize_id), by=request.user)
    return api.Status(204, None)
