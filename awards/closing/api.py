"""The end of a contest over the API: what came of it, letters of thanks, comments on their way to entrants."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from awards.closing import services
from awards.closing.models import Feedback
from awards.closing.selectors import feedback as selectors
from awards.closing.selectors import yields
from awards.closing.selectors.circles import recipients
from awards.contests.api import demand
from awards.contests.selectors import visible_to
from awards.models import Contest
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["awards"])


class YieldOut(api.Schema):
    """What came of a customers' contest.

    A reference is a customer with an eligible entry who, after handing it in, began to take part in the program, or
    whose story may be used; each counts once. `per_entry` = references / eligible; `cost_each` = cost / references.
    """

    entries: int
    eligible: int
    agreed: int
    drafted: int
    usable: int
    recorded: int
    verified: int
    references: int
    cost: Decimal | None
    per_entry: float | None
    cost_each: Decimal | None


class CommentOut(api.Thing):
    """A judge's comment as the entrant would read it; who wrote it is not told."""

    contest: str
    entry: str
    category: str
    text: str
    changed: bool
    passed_at: dt.datetime | None
    held_back: bool
    decided_by: api.Ref | None

    @staticmethod
    def resolve_url(obj: Feedback) -> str:
        return api.absolute(obj.entry.get_absolute_url())

    @staticmethod
    def resolve_contest(obj: Feedback) -> str:
        return obj.entry.contest.public_id

    @staticmethod
    def resolve_entry(obj: Feedback) -> str:
        return obj.entry.public_id

    @staticmethod
    def resolve_category(obj: Feedback) -> str:
        return obj.ballot.assignment.place.category.name

    @staticmethod
    def resolve_changed(obj: Feedback) -> bool:
        return obj.text != obj.ballot.comment.strip()

    @staticmethod
    def resolve_decided_by(obj: Feedback) -> Any:
        return obj.passed_by


class PassIn(api.Input):
    """The words that the entrant reads; without them, the comment as it stands."""

    text: str | None = Field(None, min_length=1, max_length=4000)


class ClosedOut(api.Schema):
    """How far the end of a contest is."""

    thanked_at: dt.datetime | None
    letters: int
    offers_feedback: bool
    feedback_opened_at: dt.datetime | None


def _contest(request: MemberRequest, public_id: str) -> Contest:
    """Return a contest that the caller runs; 404 where it is hidden, 403 where it is somebody else's."""
    contest: Contest = api.found(visible_to(request.user), public_id)
    demand(request, "awards.run_contest", contest)
    return contest


def _comment(request: MemberRequest, public_id: str) -> Feedback:
    row: Feedback = api.found(selectors.visible_to(request.user), public_id)
    return row


@router.get("/contests/{public_id}/yield", response=YieldOut)
def get_contest_yield(request: MemberRequest, public_id: str) -> Any:
    """Return references per entry and cost per reference, and the steps between."""
    return yields.yield_of(_contest(request, public_id))


@router.get("/contests/{public_id}/closing", response=ClosedOut)
def get_contest_closing(request: MemberRequest, public_id: str) -> dict[str, Any]:
    """Return whether people were thanked and feedback is open. `letters`: how many can be reached now."""
    return _closed(_contest(request, public_id))


def _closed(contest: Contest) -> dict[str, Any]:
    closing, kit = selectors.closing_of(contest), selectors.kit_of(contest)
    return {
        "thanked_at": kit.thanked_at if kit is not None else None,
        "letters": sum(not one.why_not for one in recipients(contest)),
        "offers_feedback": closing is None or closing.offers_feedback,
        "feedback_opened_at": closing.feedback_opened_at if closing is not None else None,
    }


@router.post("/contests/{public_id}/thank", response=ClosedOut)
def thank_for_contest(request: MemberRequest, public_id: str) -> dict[str, Any]:
    """Send the letters of thanks, as they are kept, to everybody who can be reached. Twice is once."""
    contest = _contest(request, public_id)
    n = sum(not one.why_not for one in recipients(contest))
    services.send_thanks(contest=contest, people=n, by=request.user)
    return _closed(contest)


@router.post("/contests/{public_id}/open-feedback", response=ClosedOut)
def open_contest_feedback(request: MemberRequest, public_id: str) -> dict[str, Any]:
    """Open feedback to the entrants who asked for it, once every comment was read. Twice is once."""
    contest = _contest(request, public_id)
    services.open_feedback(contest=contest, by=request.user)
    return _closed(contest)


@api.listing(router, "/comments", CommentOut)
def list_comments(request: MemberRequest) -> QuerySet[Feedback]:
    """List judges’ comments on their way to entrants, of the contests that you run."""
    if not request.user.has_perm("awards.see_contests"):
        raise NotAllowed(_("Comments are read by who runs contests."))
    return selectors.visible_to(request.user)


@router.post("/comments/{public_id}/pass", response=CommentOut)
def pass_comment(request: MemberRequest, public_id: str, data: PassIn) -> Feedback:
    """Let the entrant read it, in other words where you give some."""
    return services.pass_comment(feedback=_comment(request, public_id), by=request.user, text=data.text)


@router.post("/comments/{public_id}/hold", response=CommentOut)
def hold_comment(request: MemberRequest, public_id: str) -> Feedback:
    """Hold it back: the entrant does not read it, or no longer."""
    return services.hold_back(feedback=_comment(request, public_id), by=request.user)
