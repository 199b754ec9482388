"""Pairwise rounds: two entries side by side, one better, or a tie; undone by one tap, replayable for ever."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.judging.enums import ASSIGNMENT_MOVES, SCORED, TO_DO, AssignmentState, Mode
from awards.judging.services import assigning, panel
from awards.models import Assignment, CategoryEntry, Comparison, Judge, Round
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput


@transaction.atomic
def compare(
    *,
    round: Round,  # noqa: A002
    judge: Judge,
    left: CategoryEntry,
    right: CategoryEntry,
    winner: CategoryEntry | None,
    seconds: int = 0,
    at: dt.datetime | None = None,
) -> Comparison:
    """Keep which of two entries is better (None: neither). A pair that was compared already is said once more:

    the earlier word is undone. The same word sent twice is one.
    """
    at = at or timezone.now()
    judge = panel.locked(judge)
    rows = _held(round, judge, left, right)
    _demand_open(rows[0], at)
    if winner is not None and winner.pk not in (left.pk, right.pk):
        raise InvalidInput(_("Choose one of the two, or neither."))
    pair = Comparison.objects.select_for_update().filter(
        round=round, judge=judge, left__in=[left, right], right__in=[left, right], undone_at__isnull=True
    )
    before = pair.first()
    if before is not None and before.winner_id == (winner.pk if winner else None):
        return before
    if before is not None:
        before.undone_at = at
        before.save(update_fields=["undone_at"])
    row = Comparison(
        round=round, judge=judge, left=left, right=right, winner=winner, at=at, seconds=max(0, min(seconds, 3600))
    )
    row.save(force_insert=True)
    for one in rows:
        if one.state in (AssignmentState.RELEASED, AssignmentState.OPENED):
            moves.move(one, AssignmentState.IN_PROGRESS, moves=ASSIGNMENT_MOVES, noun="assignment")
    panel.settle_standing(judge, rows[0].round_id)
    return row


def _held(round_: Round, judge: Judge, left: CategoryEntry, right: CategoryEntry) -> list[Assignment]:
    rows = Assignment.objects.select_for_update(of=("self",)).filter(
        round=round_, judge=judge, place__in=[left, right], state__in=[*TO_DO, *SCORED]
    )
    found = list(rows.select_related("round__contest", "judge", "place__entry", "place__category").order_by("place_id"))
    if len(found) != 2 or found[0].place.category_id != found[1].place.category_id:
        raise InvalidInput(_("One of these two is not yours to judge, or no longer."))
    return found


def _demand_open(row: Assignment, at: dt.datetime) -> None:
    if row.round.mode != Mode.PAIRWISE:
        raise DomainError(_("This round is judged in another way."))
    if row.round.closed_at is not None or at > row.round.hard_close_at:
        raise DomainError(_("This round is closed. What you had sent by then counts."))
    assigning.demand_ready(row, at)


@transaction.atomic
def undo_comparison(*, comparison: Comparison, at: dt.datetime | None = None) -> Comparison:
    """Take a word back; it is kept, and counts no more."""
    at = at or timezone.now()
    row = Comparison.objects.select_for_update(of=("self",)).select_related("round").get(pk=comparison.pk)
    if row.undone_at is not None:
        return row
    if row.round.closed_at is not None or at > row.round.hard_close_at:
        raise DomainError(_("This round is closed. What you had sent by then counts."))
    row.undone_at = at
    row.save(update_fields=["undone_at"])
    return row


@transaction.atomic
def finish_pairs(*, round: Round, judge: Judge) -> int:  # noqa: A002
    """The judge has compared enough: what stood in at least one pair is done. Return how many are."""
    judge = panel.locked(judge)
    live = Comparison.objects.filter(round=round, judge=judge, undone_at__isnull=True)
    seen = {pk for pair in live.values_list("left", "right") for pk in pair}
    rows = Assignment.objects.select_for_update(of=("self",)).filter(round=round, judge=judge, state__in=TO_DO)
    waiting = rows.exclude(place__in=seen)
    if waiting.exists():
        raise DomainError(_("Every entry of yours should stand in at least one pair."))
    done = [row for row in rows.order_by("place_id") if row.place_id in seen]
    for row in done:
        moves.move(row, AssignmentState.SUBMITTED, moves=ASSIGNMENT_MOVES, noun="assignment")
    panel.settle_standing(judge, round.pk)
    return len(done)
