"""A round from release to close: what is fixed, what is locked, what lapses."""

import datetime as dt

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.contests import services as contests
from awards.contests.enums import ContestState
from awards.entries import services as entries
from awards.judging.enums import (
    COUNTED,
    JUDGE_MOVES,
    MAY_JUDGE,
    TO_DO,
    AssignmentState,
    BallotState,
    JudgeState,
    Mode,
)
from awards.judging.services import assigning
from awards.judging.services.conflicts import detect_conflicts
from awards.models import Assignment, Ballot, Contest, Judge, Round
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def begin_judging(*, contest: Contest, by: User) -> Round:
    """Lock entries, fix the next round's rules, look for ties once more, and show judges what was given by hand.

    The first round begins with the contest's move to judging; a later one while it deliberates.
    """
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    row = _next_round(contest)
    if row.released_at is not None:
        return row
    if contest.state == ContestState.SCREENING:
        entries.lock_for_judging(contest, by=by)
        contests.move(contest, ContestState.JUDGING, by=by)
    elif contest.state == ContestState.DELIBERATION:
        contests.move(contest, ContestState.JUDGING, by=by, reason=_("another round"))
    elif contest.state != ContestState.JUDGING:
        raise DomainError(_("Judging begins after screening."))
    row.released_at = timezone.now()
    row.opens_at = min(row.opens_at, row.released_at)  # begun early is begun
    row.save(update_fields=["released_at", "opens_at"])
    detect_conflicts(contest)
    _show_proposals(row)
    for judge in Judge.objects.select_for_update(of=("self",)).filter(contest=contest, state__in=MAY_JUDGE):
        assigning.give_anchors(row, judge)
    emit("round.released", subject=row, actor_id=by.person_id, payload={"contest": contest.pk})
    return row


def _next_round(contest: Contest) -> Round:
    rows = Round.objects.select_for_update(of=("self",)).select_related("contest")
    row = rows.filter(contest=contest, closed_at__isnull=True).order_by("number").first()
    if row is None:
        raise DomainError(_("Plan a round first: what is scored, and until when."))
    if row.mode == Mode.RUBRIC and not row.criteria.exists():
        raise DomainError(_("Say first what is scored: the round has no criteria."))
    if row.hard_close_at <= timezone.now():
        raise DomainError(_("The round would be over already: move its end."))
    return row


def _show_proposals(row: Round) -> None:
    """Show what was given by hand before, and what a released division gave; what is a preview stays hidden."""
    mine = Q(run__isnull=True) | Q(run__state="released")
    hidden = Assignment.objects.filter(mine, round=row, state=AssignmentState.PROPOSED)
    hidden.update(state=AssignmentState.RELEASED, released_at=row.released_at, updated_at=row.released_at)


@transaction.atomic
def close_round(*, round: Round, by: User | None) -> Round:  # noqa: A002
    """Lock what was sent, let lapse what was not, and hand over to deliberation. Twice is once.

    Two statements for all ballots and assignments, whatever their number.
    """
    row = Round.objects.select_for_update(of=("self",)).select_related("contest").get(pk=round.pk)
    if row.closed_at is not None:
        return row
    if row.released_at is None:
        raise DomainError(_("This round has not begun."))
    row.closed_at = now = timezone.now()
    row.save(update_fields=["closed_at"])
    scored, lapsed = _end_work(row, now)
    ballots = Ballot.objects.filter(assignment__round=row, current=True, state=BallotState.SUBMITTED)
    ballots.update(state=BallotState.LOCKED, updated_at=now)
    _finish_judges(row)
    if row.contest.state == ContestState.JUDGING and not _another_is_on(row):
        contests.move(row.contest, ContestState.DELIBERATION, by=by)
    payload = {"contest": row.contest_id, "scored": scored, "lapsed": lapsed}
    emit("round.closed", subject=row, actor_id=by.person_id if by else None, payload=payload)
    return row


def _end_work(row: Round, now: dt.datetime) -> tuple[int, int]:
    """Lock what was scored, let lapse the rest; return how much of each.

    One statement: who sends a ballot at this moment holds their work and waits for what is kept of its entry, which two
    statements would hold in between while they wait for that work.
    """
    mine = Assignment.objects.filter(round=row)
    # Opened again and not sent: what was sent before goes on counting.
    sent = Exists(Ballot.objects.filter(assignment=OuterRef("pk"), current=True, state__in=COUNTED))
    became = Case(
        When(Q(state=AssignmentState.SUBMITTED) | Q(sent), then=Value(AssignmentState.LOCKED)),
        default=Value(AssignmentState.LAPSED),
    )
    ended = mine.filter(state__in=[AssignmentState.SUBMITTED, *TO_DO]).update(state=became, updated_at=now)
    lapsed = mine.filter(state=AssignmentState.LAPSED, updated_at=now).count()
    return ended - lapsed, lapsed


def _another_is_on(row: Round) -> bool:
    return row.contest.rounds.filter(released_at__isnull=False, closed_at__isnull=True).exclude(pk=row.pk).exists()


def _finish_judges(row: Round) -> None:
    """Nobody has anything left to do."""
    for judge in Judge.objects.select_for_update().filter(contest=row.contest_id, state=JudgeState.ACTIVE):
        moves.move(judge, JudgeState.COMPLETED, moves=JUDGE_MOVES, noun="judge")


def close_by_the_clock(*, now: dt.datetime) -> int:
    """Close rounds whose last moment has passed; return how many. Beat calls it."""
    over = Round.objects.filter(released_at__isnull=False, closed_at__isnull=True, hard_close_at__lte=now)
    due = list(over.order_by("pk"))
    for row in due:
        close_round(round=row, by=None)
    return len(due)
