"""After a ballot was sent: opened again, or declared void by two persons. Never edited by anybody else."""

from django.db import transaction
from django.utils.translation import gettext as _

from awards.contests.enums import ContestState
from awards.judging.enums import (
    ASSIGNMENT_MOVES,
    BALLOT_MOVES,
    COUNTED,
    JUDGE_MOVES,
    AssignmentState,
    BallotState,
    JudgeState,
)
from awards.judging.services import assigning, conflicts, panel
from awards.models import Assignment, Ballot, Score
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.kernel.stream import emit
from refprogram.people.models import User

# Until results are certified; a certified tally is never touched by what happens to ballots afterwards.
OPEN_FOR_CORRECTION = (ContestState.JUDGING, ContestState.DELIBERATION)


@transaction.atomic
def reopen_ballot(*, assignment: Assignment, reason: str, by: User) -> Ballot:
    """The manager lets a judge write once more after the end, with a reason; what was sent counts until then."""
    row = assigning.locked(assignment)
    _demand_correctable(row, reason)
    draft = Ballot.objects.filter(assignment=row, state=BallotState.DRAFT).first()
    sent = Ballot.objects.filter(assignment=row, current=True, state__in=COUNTED).first()
    if draft is not None and draft.reopened_reason:
        return draft
    if draft is None:
        draft = _copy(row, sent)
    draft.reopened_reason = reason.strip()[:300]
    draft.save(update_fields=["reopened_reason"])
    if row.state != AssignmentState.IN_PROGRESS:
        moves.move(row, AssignmentState.IN_PROGRESS, moves=ASSIGNMENT_MOVES, noun="assignment")
    judge = panel.locked(row.judge)
    if judge.state == JudgeState.COMPLETED:
        moves.move(judge, JudgeState.ACTIVE, moves=JUDGE_MOVES, noun="judge")
    payload = {**conflicts.facts_of(row), "by_manager": True}
    emit("ballot.reopened", subject=draft, actor_id=by.person_id, payload=payload)
    return draft


def _copy(row: Assignment, sent: Ballot | None) -> Ballot:
    """Begin a new version with what was said in the one that was sent."""
    draft = Ballot(assignment=row, version=(sent.version if sent else 0) + 1, current=sent is None)
    if sent is not None:
        draft.total, draft.rank, draft.comment = sent.total, sent.rank, sent.comment
        draft.private_note, draft.revision, draft.active_seconds = (
            sent.private_note, sent.revision, sent.active_seconds,
        )  # fmt: skip
    draft.save(force_insert=True)
    for score in sent.scores.all() if sent is not None else ():
        Score(
            ballot=draft, criterion_id=score.criterion_id, value=score.value, na=score.na, comment=score.comment
        ).save(force_insert=True)
    return draft


@transaction.atomic
def ask_void(*, ballot: Ballot, reason: str, by: User) -> Ballot:
    """One person says that a ballot must not count, with the reason; a second one decides."""
    ballot, row = _locked(ballot)
    _demand_correctable(row, reason)
    if ballot.state not in COUNTED or not ballot.current:
        raise DomainError(_("This ballot does not count anyway."))
    if ballot.void_asked_by_id is not None:
        return ballot
    ballot.void_asked_by, ballot.void_reason = by, reason.strip()[:300]
    ballot.save(update_fields=["void_asked_by", "void_reason"])
    emit("ballot.void_asked", subject=ballot, actor_id=by.person_id, payload=conflicts.facts_of(row))
    return ballot


@transaction.atomic
def void_ballot(*, ballot: Ballot, by: User) -> Ballot:
    """The second person agrees: the ballot does not count, and the entry may go to somebody else."""
    ballot, row = _locked(ballot)
    if ballot.state == BallotState.VOIDED:
        return ballot
    if ballot.void_asked_by_id is None:
        raise DomainError(_("Somebody has to ask for it first, with a reason."))
    if ballot.void_asked_by_id == by.pk:
        raise NotAllowed(_("A second person decides: you asked for it."))
    _demand_correctable(row, ballot.void_reason)
    ballot.voided_by = by
    moves.move(ballot, BallotState.VOIDED, moves=BALLOT_MOVES, noun="ballot", also=["voided_by"])
    row.reason = _("the ballot does not count")
    moves.move(row, AssignmentState.RECUSED, moves=ASSIGNMENT_MOVES, noun="assignment", also=["reason"])
    emit("ballot.voided", subject=ballot, actor_id=by.person_id, payload=conflicts.facts_of(row))
    return ballot


@transaction.atomic
def keep_ballot(*, ballot: Ballot, by: User) -> Ballot:
    """Somebody decides that the ballot goes on counting."""
    ballot, _row = _locked(ballot)
    if ballot.state == BallotState.VOIDED:
        raise DomainError(_("It was declared void already."))
    ballot.void_asked_by, ballot.void_reason = None, ""
    ballot.save(update_fields=["void_asked_by", "void_reason"])
    return ballot


def may_be_corrected(row: Assignment) -> bool:
    """Whether ballots of this work may still be opened again or declared void: until its category is certified."""
    if row.round.contest.state not in OPEN_FOR_CORRECTION:
        return False
    # The results room lies above this one; that a tally is certified is a fact of the round all the same.
    return not row.round.tallies.filter(category=row.place.category_id, state="certified").exists()


def _demand_correctable(row: Assignment, reason: str) -> None:
    if not reason.strip():
        message = _("Say why: it is kept.")
        raise InvalidInput(message, errors={"reason": message})
    if not may_be_corrected(row):
        raise DomainError(_("Results are certified, or judging is not on: ballots stay as they are."))


def _locked(ballot: Ballot) -> tuple[Ballot, Assignment]:
    row = assigning.locked(Assignment.objects.get(pk=ballot.assignment_id))
    found = Ballot.objects.select_for_update(of=("self",)).get(pk=ballot.pk)
    found.assignment = row
    return found, row
