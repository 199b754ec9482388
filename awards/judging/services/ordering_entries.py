"""Ranking rounds: a judge puts their own entries of a category in order; one sending covers all of them."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.judging.enums import (
    ASSIGNMENT_MOVES,
    BALLOT_MOVES,
    COUNTED,
    SCORED,
    TO_DO,
    AssignmentState,
    BallotState,
    Mode,
)
from awards.judging.services import assigning, conflicts, panel
from awards.models import Assignment, Ballot, Category, Judge, Round
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.stream import emit


@transaction.atomic
def rank_entries(
    *,
    round: Round,  # noqa: A002
    judge: Judge,
    category: Category,
    best_first: Sequence[str],
    comment: str = "",
    session: str = "",
    at: dt.datetime | None = None,
) -> list[Ballot]:
    """Keep the order of a judge's entries in a category, best first (public ids of assignments), and send it.

    Sent again with the same order nothing changes; another order replaces the former one, until the end.
    """
    at = at or timezone.now()
    judge = panel.locked(judge)
    rows = _mine(round, judge, category)
    if sorted(best_first) != sorted(row.public_id for row in rows.values()) or not rows:
        message = _("Your list has changed meanwhile. Here it is as it is now; put it in order once more.")
        raise InvalidInput(message, errors={"order": message})
    by_id = {row.public_id: row for row in rows.values()}
    placed = [by_id[public_id] for public_id in best_first]
    _demand_open(placed[0], at)
    ranks = {row.pk: rank for rank, row in enumerate(placed, start=1)}
    # Written place by place, as all who write several do: what is kept of a place is held until the end.
    rows_in_turn = sorted(placed, key=lambda row: row.place_id)
    ballots = [_place(row, ranks[row.pk], comment, session, at) for row in rows_in_turn]
    return sorted(ballots, key=lambda ballot: ballot.rank or 0)


def _mine(round_: Round, judge: Judge, category: Category) -> dict[int, Assignment]:
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        round=round_, judge=judge, place__category=category, state__in=[*TO_DO, *SCORED]
    )
    found = rows.select_related("round__contest", "judge", "place__entry", "place__category").order_by("order")
    return {row.pk: row for row in found}


def _demand_open(row: Assignment, at: dt.datetime) -> None:
    if row.round.mode != Mode.RANKING:
        raise DomainError(_("This round is judged in another way."))
    if row.round.closed_at is not None or at > row.round.hard_close_at:
        raise DomainError(_("This round is closed. What you had sent by then counts."))
    assigning.demand_ready(row, at)


def _place(row: Assignment, rank: int, comment: str, session: str, at: dt.datetime) -> Ballot:
    before = Ballot.objects.filter(assignment=row, current=True, state__in=COUNTED).first()
    if before is not None and before.rank == rank:
        return before
    if before is not None:
        before.current = False
        moves.move(before, BallotState.REPLACED, moves=BALLOT_MOVES, noun="ballot", also=["current"])
    ballot = Ballot(
        assignment=row,
        version=(before.version if before is not None else 0) + 1,
        state=BallotState.SUBMITTED,
        rank=rank,
        comment=comment.strip()[:4000],
        session=session[:16],
        submitted_at=at,
    )
    ballot.save(force_insert=True)
    if row.state not in SCORED:
        moves.move(row, AssignmentState.SUBMITTED, moves=ASSIGNMENT_MOVES, noun="assignment")
    payload = {**conflicts.facts_of(row), "version": ballot.version}
    emit("ballot.submitted", subject=ballot, actor_id=row.judge.person_id, payload=payload)
    panel.settle_standing(row.judge, row.round_id)
    return ballot
