"""The public vote over the API: how many, and after its end for whom. Votes are cast on the public page only."""

import datetime as dt
from typing import Any

from django.http import Http404
from django.utils import timezone

from awards.contests.api import demand
from awards.contests.selectors import visible_to
from awards.models import Contest
from awards.voting import selectors, window
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["awards"])


class EntryVotesOut(api.Schema):
    """One entry, and the votes that count for it."""

    entry: str
    title: str
    votes: int


class VotesOut(api.Schema):
    """How many votes there are. `entries` is empty as long as the vote runs; `agreed_at`: two people signed it."""

    open: bool
    opens_at: dt.datetime | None
    closes_at: dt.datetime | None
    counted: int
    set_aside: int
    waiting: int
    taken_out: int
    agreed_at: dt.datetime | None
    entries: list[EntryVotesOut]


@router.get("/contests/{public_id}/votes", response=VotesOut)
def get_contest_votes(request: MemberRequest, public_id: str) -> dict[str, Any]:
    """How many votes count, wait, are set aside or taken out; for whom, once the vote has closed."""
    contest: Contest = api.found(visible_to(request.user), public_id)
    demand(request, "awards.read_votes", contest)
    if not window.has_vote(contest):
        raise Http404
    now, totals, count = timezone.now(), selectors.totals_of(contest), selectors.count_of(contest)
    ranking: list[Any] = selectors.ranking_of(contest) if window.is_closed(contest, now) else []
    return {
        "open": window.is_open(contest, now),
        "opens_at": contest.votes_open_at,
        "closes_at": contest.votes_close_at,
        "counted": totals.counted,
        "set_aside": totals.set_aside,
        "waiting": totals.waiting,
        "taken_out": totals.voided,
        "agreed_at": count.agreed_at if count is not None else None,
        "entries": [{"entry": row.public_id, "title": row.title, "votes": row.counted} for row in ranking],
    }
