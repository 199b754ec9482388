"""A judge's word: kept while they write, sent, revised until the end. Nobody edits another's score."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import connection, transaction
from django.db.models import BigIntegerField, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.judging.enums import (
    ASSIGNMENT_MOVES,
    BALLOT_MOVES,
    SCORED,
    TO_DO,
    AssignmentState,
    BallotState,
    Mode,
)
from awards.judging.services import assigning, conflicts, panel
from awards.judging.totals import Scored, ballot_total
from awards.models import Assignment, Ballot, Criterion, Score
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.form_builder.services import StaleDraft
from refprogram.kernel.prepared import Given as Hole
from refprogram.kernel.prepared import Prepared
from refprogram.kernel.stream import emit

NOUN: Final = "ballot"
MOST_SECONDS: Final = 3_600  # a tab left open over lunch is not work
COMMENT_LENGTH: Final = 4_000
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Given:
    """What was said to one criterion: a level, or that it does not apply (`na`)."""

    value: int | None = None
    na: bool = False
    comment: str = ""


@dataclass(frozen=True)
class Word:
    """All that a judge says of one entry: scores by criterion's public id, or a `verdict` ("yes", "no")."""

    scores: Mapping[str, Given]
    comment: str = ""
    note: str = ""
    verdict: str = ""
    tab: str = ""
    seconds: int = 0


@transaction.atomic
def save_ballot(
    *,
    assignment: Assignment,
    scores: Mapping[str, Given],
    comment: str,
    revision: int,
    tab: str,
    seconds: int = 0,
    note: str = "",
    verdict: str = "",
    at: dt.datetime | None = None,
) -> Ballot:
    """Keep what is written so far. What was sent before goes on counting until this is sent.

    Raises StaleDraft when another tab or device saved since `revision`; DomainError after the end.
    """
    word = Word(scores, comment.strip()[:COMMENT_LENGTH], note.strip()[:COMMENT_LENGTH], verdict, tab, seconds)
    row = assigning.locked(assignment)
    draft, current = _ballots(row)
    _demand_writable(row, draft, at or timezone.now())
    _demand_fresh(draft or current, revision, tab)
    said = _Said(criteria_of(row), word)
    draft = _keep(_written(row, draft, current, said), _scores(said.criteria, word))
    if row.state in (AssignmentState.RELEASED, AssignmentState.OPENED):
        moves.move(row, AssignmentState.IN_PROGRESS, moves=ASSIGNMENT_MOVES, noun="assignment")
    return draft


@transaction.atomic
def submit_ballot(
    *,
    assignment: Assignment,
    scores: Mapping[str, Given],
    comment: str,
    revision: int,
    tab: str,
    seconds: int = 0,
    note: str = "",
    verdict: str = "",
    session: str = "",
    at: dt.datetime | None = None,
) -> Ballot:
    """Send the ballot: it counts from now on. The same sent twice is one; `at` is when the request came.

    Raises InvalidInput with the errors by criterion, StaleDraft, or DomainError after the end.
    """
    word = Word(scores, comment.strip()[:COMMENT_LENGTH], note.strip()[:COMMENT_LENGTH], verdict, tab, seconds)
    at = at or timezone.now()
    row = assigning.locked_with_judge(assignment)
    draft, current = _ballots(row)
    if draft is None and current is not None and row.state in SCORED and _says(current, word):
        return current
    _demand_writable(row, draft, at)
    _demand_fresh(draft or current, revision, tab)
    said = _Said(criteria_of(row), word)
    _demand_complete(row, said.criteria, word)
    if current is not None and (draft is None or current.pk != draft.pk):
        current.current = False
        moves.move(current, BallotState.REPLACED, moves=BALLOT_MOVES, noun=NOUN, also=["current"])
    return _send(row, _written(row, draft, current, said), said, session=session, at=at)


def _send(row: Assignment, draft: Ballot, said: "_Said", *, session: str, at: dt.datetime) -> Ballot:
    moves.check(draft, BallotState.SUBMITTED, moves=BALLOT_MOVES, noun=NOUN)
    draft.state = BallotState.SUBMITTED
    draft.current, draft.submitted_at, draft.session, draft.tab = True, at, session[:16], ""
    _keep(draft, _scores(said.criteria, said.word))
    if row.state not in SCORED:
        moves.move(row, AssignmentState.SUBMITTED, moves=ASSIGNMENT_MOVES, noun="assignment")
    payload = {**conflicts.facts_of(row), "version": draft.version}
    emit("ballot.submitted", subject=draft, actor_id=row.judge.person_id, payload=payload)
    panel.settle_standing(row.judge, row.round_id)
    return draft


def _ballots(row: Assignment) -> tuple[Ballot | None, Ballot | None]:
    """Return the draft, and the ballot that counts now."""
    found = _BALLOTS(work=row.pk)
    draft = next((one for one in found if one.state == BallotState.DRAFT), None)
    current = next((one for one in found if one.current and one.state != BallotState.DRAFT), None)
    return draft, current


def _demand_writable(row: Assignment, draft: Ballot | None, at: dt.datetime) -> None:
    """Raise DomainError if this may not be written any more, or not yet."""
    if row.state not in (*TO_DO, *SCORED):
        raise DomainError(_("This entry is no longer yours to judge. What you sent before is kept."))
    conflicts.demand_free(row.judge, row.place.entry)
    if draft is not None and draft.reopened_reason and row.round.closed_at is not None:
        return  # opened again by the manager
    begun = draft is not None and draft.opened_at <= row.round.closes_at
    if row.round.closed_at is not None or at > (row.round.hard_close_at if begun else row.round.closes_at):
        raise DomainError(_("This round is closed. What you had sent by then counts."))
    assigning.demand_ready(row, at)


def _demand_fresh(known: Ballot | None, revision: int, tab: str) -> None:
    if known is None or known.revision == revision or (tab and known.tab == tab[:12]):
        return
    raise StaleDraft(_("Your other tab or device saved something newer. Nothing was overwritten."))


class _Said(NamedTuple):
    """What is scored, and what was said to it."""

    criteria: list[Criterion]
    word: Word


def _written(row: Assignment, draft: Ballot | None, current: Ballot | None, said: _Said) -> Ballot:
    """Return the draft, a new one where there is none, with what was said; not saved yet."""
    criteria, word = said
    before = draft or current
    if draft is None:
        draft = Ballot(assignment=row, version=(current.version if current else 0) + 1, current=current is None)
        draft.active_seconds = current.active_seconds if current is not None else 0
    draft.comment, draft.private_note = word.comment, word.note
    draft.total = _total(row, criteria, _scores(criteria, word), word)
    draft.tab, draft.revision = word.tab[:12], (before.revision if before is not None else 0) + 1
    draft.active_seconds += max(0, min(word.seconds, MOST_SECONDS))
    return draft


def _keep(draft: Ballot, scores: list[Score]) -> Ballot:
    """Save a draft with its scores."""
    draft.save()
    told: dict[str, Any] = {
        "ballot": draft.pk,
        "criteria": [one.criterion_id for one in scores],
        "values": [one.value for one in scores],
        "na": [one.na for one in scores],
        "comments": [one.comment for one in scores],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SCORES, told)
    return draft


def criteria_of(row: Assignment) -> list[Criterion]:
    """Return what is scored of this entry: what holds for all categories, and for its own."""
    if row.round.mode != Mode.RUBRIC:
        return []
    return _CRITERIA(round=row.round_id, category=row.place.category_id)


# What is said no more goes, what is said is kept: one statement.
_SCORES: Final = """
WITH gone AS (
  DELETE FROM awards_score WHERE ballot_id = %(ballot)s AND criterion_id <> ALL(%(criteria)s::bigint[]))
INSERT INTO awards_score (ballot_id, criterion_id, value, na, comment)
SELECT %(ballot)s, said.*
FROM unnest(%(criteria)s::bigint[], %(values)s::numeric[], %(na)s::boolean[], %(comments)s::text[]) said
ON CONFLICT (ballot_id, criterion_id)
DO UPDATE SET value = EXCLUDED.value, na = EXCLUDED.na, comment = EXCLUDED.comment"""
_BALLOTS = Prepared(
    lambda: Ballot.objects.filter(
        Q(current=True) | Q(state=BallotState.DRAFT), assignment=Hole("work", BigIntegerField())
    )
)
_CRITERIA = Prepared(
    lambda: Criterion.objects.filter(
        Q(category__isnull=True) | Q(category=Hole("category", BigIntegerField())),
        round=Hole("round", BigIntegerField()),
    ).order_by("position", "pk")
)


def _scores(criteria: list[Criterion], word: Word) -> list[Score]:
    """Return the scores that say something; raise InvalidInput for a level that does not exist."""
    found = []
    for criterion in criteria:
        given = word.scores.get(criterion.public_id)
        if given is None or (given.value is None and not given.na):
            continue
        if given.na and not criterion.allow_na:
            _refuse(criterion, _("This has to be scored: it applies to every entry."))
        if given.value is not None and not given.na and not criterion.lo <= given.value <= criterion.hi:
            levels = _("From %(lo)d to %(hi)d.") % {"lo": criterion.lo, "hi": criterion.hi}
            _refuse(criterion, levels)
        value = None if given.na else given.value
        found.append(Score(criterion=criterion, value=value, na=given.na, comment=given.comment.strip()[:500]))
    return found


def _refuse(criterion: Criterion, message: str) -> None:
    raise InvalidInput(message, errors={criterion.public_id: message})


def _total(row: Assignment, criteria: list[Criterion], scores: list[Score], word: Word) -> Decimal | None:
    if row.round.mode == Mode.QUALIFY:
        return {YES: Decimal(100), NO: Decimal(0)}.get(word.verdict)
    by_criterion = {one.criterion_id: one for one in scores}
    return ballot_total(Scored(one.weight, one.lo, one.hi, _value(by_criterion.get(one.pk))) for one in criteria)


def _value(score: Score | None) -> Decimal | None:
    return None if score is None or score.value is None else Decimal(score.value)


def _demand_complete(row: Assignment, criteria: list[Criterion], word: Word) -> None:
    """Raise InvalidInput with what is missing, beside what it belongs to."""
    if row.round.mode not in (Mode.QUALIFY, Mode.RUBRIC):
        raise DomainError(_("This round is judged in another way."))
    errors = _wrong_verdict(word) if row.round.mode == Mode.QUALIFY else {}
    for criterion in criteria:
        given = word.scores.get(criterion.public_id, Given())
        if criterion.required and given.value is None and not given.na:
            errors[criterion.public_id] = _("Choose a level.")
        extreme = given.value in (criterion.lo, criterion.hi) and not given.na
        if extreme and row.round.comment_extremes and not (given.comment.strip() or word.comment):
            errors["comment"] = _("The lowest and the highest level need a word why.")
    if errors:
        raise InvalidInput(_("Not sent yet: something is missing."), errors=errors)


def _wrong_verdict(word: Word) -> dict[str, str]:
    if word.verdict not in (YES, NO):
        return {"verdict": _("Say yes or no.")}
    if word.verdict == NO and not word.comment:
        return {"comment": _("A no needs a reason.")}
    return {}


def _says(ballot: Ballot, word: Word) -> bool:
    """Whether a sent ballot says exactly this: then sending it again changes nothing."""
    if ballot.comment != word.comment or ballot.private_note != word.note:
        return False
    if word.verdict and ballot.total != {YES: 100, NO: 0}.get(word.verdict):
        return False
    kept = {
        one.criterion.public_id: (int(one.value) if one.value is not None else None, one.na, one.comment)
        for one in ballot.scores.select_related("criterion")
    }
    given = {
        key: (None if one.na else one.value, one.na, one.comment.strip()[:500])
        for key, one in word.scores.items()
        if one.value is not None or one.na
    }
    return kept == given
