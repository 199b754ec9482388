"""Ballots over the API, for who runs contests and who may be the second person; scores only once judging is over."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from awards import visibility
from awards.judging import services
from awards.judging.api import JudgingReasonIn, demand, seen_or_404
from awards.judging.enums import BallotState
from awards.judging.selectors import corrections
from awards.judging.selectors import running as selectors
from awards.models import Ballot
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["awards"])


class BallotOut(api.Thing):
    """A ballot that was sent. `total`, `rank` and `comment` are null until judging is over."""

    assignment: str
    version: int
    state: BallotState
    current: bool
    total: Decimal | None
    rank: int | None
    comment: str | None
    seconds: int
    submitted_at: dt.datetime | None

    @staticmethod
    def resolve_url(obj: Ballot) -> str:
        return api.absolute(obj.assignment.judge.get_absolute_url())

    @staticmethod
    def resolve_assignment(obj: Ballot) -> str:
        return obj.assignment.public_id

    @staticmethod
    def resolve_total(obj: Any) -> Decimal | None:
        return obj.total if obj.scores_open else None

    @staticmethod
    def resolve_rank(obj: Any) -> int | None:
        return obj.rank if obj.scores_open else None

    @staticmethod
    def resolve_comment(obj: Any) -> str | None:
        return obj.comment if obj.scores_open else None

    @staticmethod
    def resolve_seconds(obj: Ballot) -> int:
        return obj.active_seconds


@api.listing(router, "/ballots", BallotOut)
def list_ballots(request: MemberRequest) -> QuerySet[Ballot]:
    """List the ballots of the contests that you run: counts and states while judging is on, scores afterwards."""
    demand(request)
    return visibility.with_scores_open(selectors.visible_ballots(request.user))


@router.get("/ballots/{public_id}", response=BallotOut)
def get_ballot(request: MemberRequest, public_id: str) -> Ballot:
    """Return one ballot."""
    demand(request)
    rows = visibility.with_scores_open(selectors.visible_ballots(request.user))
    row: Ballot | None = rows.filter(public_id=public_id).first()
    if row is None:
        raise Http404
    return row


def _counting(request: MemberRequest, public_id: str) -> tuple[Ballot, bool]:
    """Return a ballot that a colleague may decide about, and whether they may ask that it does not count."""
    demand(request)
    ballot = corrections.ballot_named(public_id)
    if ballot is None:
        raise Http404
    return ballot, seen_or_404(request, ballot.assignment.public_id).corrects


def _as_read(request: MemberRequest, public_id: str) -> Ballot:
    rows = visibility.with_scores_open(corrections.ballots_named(public_id))
    return rows.get()


@router.post("/ballots/{public_id}/ask-void", response=BallotOut)
def ask_to_void_ballot(request: MemberRequest, public_id: str, data: JudgingReasonIn) -> Ballot:
    """Ask that a ballot does not count, with the reason; a second person decides."""
    ballot, corrects = _counting(request, public_id)
    if not corrects:
        raise NotAllowed(_("That is asked by who runs the contest, or the category."))
    services.ask_void(ballot=ballot, reason=data.reason, by=request.user)
    return _as_read(request, public_id)


@router.post("/ballots/{public_id}/void", response=BallotOut)
def void_ballot(request: MemberRequest, public_id: str) -> Ballot:
    """Agree as the second person: the ballot does not count. Also for a certifier, once the round is closed."""
    ballot, _corrects = _counting(request, public_id)
    services.void_ballot(ballot=ballot, by=request.user)
    return _as_read(request, public_id)


@router.post("/ballots/{public_id}/keep", response=BallotOut)
def keep_ballot(request: MemberRequest, public_id: str) -> Ballot:
    """Decide that the ballot goes on counting."""
    ballot, _corrects = _counting(request, public_id)
    services.keep_ballot(ballot=ballot, by=request.user)
    return _as_read(request, public_id)
