"""What assignment and results read: who must not meet whom, and the ballots that count."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from awards.entries.enums import JUDGED
from awards.judging.enums import COUNTED, AssignmentState, ConflictStatus
from awards.models import Ballot, Category, Conflict, Contest, Round, Score

# A ballot that was opened again counts until the next is sent, so its work may be in progress.
STANDING = (AssignmentState.SUBMITTED, AssignmentState.LOCKED, AssignmentState.IN_PROGRESS)


class BallotRow(NamedTuple):
    """One ballot that counts. `scores` maps a criterion's id to the value, or to None where it does not apply."""

    place_id: int
    judge_id: int
    total: Decimal | None
    rank: int | None
    scores: dict[int, Decimal | None]
    seconds: int
    submitted_at: dt.datetime | None


def blocked_pairs(contest: Contest) -> set[tuple[int, int]]:
    """Return every (judge id, entry id) of a contest that must not meet."""
    rows = Conflict.objects.filter(judge__contest=contest, status=ConflictStatus.CONFIRMED)
    return set(rows.values_list("judge", "entry"))


def ballots_of(round: Round, category: Category | None = None) -> list[BallotRow]:  # noqa: A002
    """Return the ballots of a round that count, of one category or all, with the scores by criterion; two queries.

    What a tie forbids, or is no longer in the contest, is not among them, whenever that came out.
    """
    mine = Ballot.objects.filter(
        assignment__round=round, current=True, state__in=COUNTED, assignment__state__in=STANDING,
        assignment__place__entry__state__in=JUDGED,
    )  # fmt: skip
    if category is not None:
        mine = mine.filter(assignment__place__category=category)
    scores: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
    values = Score.objects.filter(ballot__in=mine)
    for ballot, criterion, value in values.values_list("ballot", "criterion", "value"):
        scores[ballot][criterion] = value
    rows = mine.order_by("assignment__place", "assignment__judge").values_list(
        "pk", "assignment__place", "assignment__judge", "total", "rank", "active_seconds", "submitted_at"
    )
    return [
        BallotRow(place, judge, total, rank, scores[pk], seconds, at)
        for pk, place, judge, total, rank, seconds, at in rows
    ]
