"""Giving work by hand, opening it, and giving it back."""

import datetime as dt

from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.entries.enums import JUDGED
from awards.judging.enums import (
    ASSIGNMENT_MOVES,
    COUNTED,
    EXPECTED,
    HELD,
    MAY_JUDGE,
    TO_DO,
    AssignmentState,
)
from awards.judging.ordering import order_of
from awards.judging.services import conflicts, panel
from awards.models import Assignment, CategoryEntry, Judge, Round
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.prepared import Given, Prepared, PreparedCount
from refprogram.kernel.stream import emit
from refprogram.people.models import User

NOUN = "assignment"


@transaction.atomic
def assign_by_hand(*, round: Round, place: CategoryEntry, judge: Judge, by: User) -> Assignment:  # noqa: A002
    """Give one entry to one judge; twice is once. Before the round is released it stays hidden."""
    judge = panel.locked(judge)
    row = Round.objects.select_related("contest").get(pk=round.pk)
    place = CategoryEntry.objects.select_related("entry", "category").get(pk=place.pk)
    _demand_assignable(row, place, judge)
    found = Assignment.objects.select_for_update().filter(round=row, place=place, judge=judge).first()
    if found is not None and found.state in HELD:
        return found
    _demand_room(row, place, judge)
    given = give(row, place, judge, found)
    payload = {"contest": row.contest_id, "judge": judge.pk, "entry": place.entry_id, "round": row.pk}
    emit("assignment.made", subject=given, actor_id=by.person_id, payload=payload)
    return given


def give(round_: Round, place: CategoryEntry, judge: Judge, found: Assignment | None = None) -> Assignment:
    """Write the row: shown if the round is released. The caller holds the judge's lock and knows that it may be."""
    to = AssignmentState.RELEASED if round_.released_at is not None else AssignmentState.PROPOSED
    at = timezone.now() if round_.released_at is not None else None
    if found is not None:
        found.released_at, found.reason = at, ""
        if to == AssignmentState.PROPOSED and found.state != AssignmentState.REASSIGNED:
            raise DomainError(_("This was given back; give it again once the round is released."))
        moves.move(found, to, moves=ASSIGNMENT_MOVES, noun=NOUN, also=["released_at", "reason"])
        return found
    order = order_of(seed=round_.seed, judge_id=judge.pk, place_id=place.pk, anchor=place.entry.anchor)
    row = Assignment(round=round_, place=place, judge=judge, state=to, order=order, released_at=at)
    row.save(force_insert=True)
    panel.settle_standing(judge, round_.pk)
    return row


def _demand_assignable(round_: Round, place: CategoryEntry, judge: Judge) -> None:
    if round_.closed_at is not None:
        raise DomainError(_("This round is closed."))
    if place.category.contest_id != round_.contest_id or judge.contest_id != round_.contest_id:
        raise InvalidInput(_("Entry, judge and round belong to one contest."))
    if judge.state not in EXPECTED:
        message = _("%(name)s has not said yes.") % {"name": judge.person.name}
        raise InvalidInput(message, errors={"judge": message})
    if not place.entry.anchor and place.entry.state not in JUDGED:
        message = _("This entry is not up for judging.")
        raise InvalidInput(message, errors={"entry": message})
    conflicts.demand_free(judge, place.entry)


def _demand_room(round_: Round, place: CategoryEntry, judge: Judge) -> None:
    held = Assignment.objects.filter(judge=judge, round=round_, state__in=HELD, place__entry__anchor=False).count()
    if not place.entry.anchor and held >= judge.load_cap:
        message = _("%(name)s takes at most %(n)d entries.") % {"name": judge.person.name, "n": judge.load_cap}
        raise InvalidInput(message, errors={"judge": message})


def give_anchors(round_: Round, judge: Judge) -> int:
    """Give a judge the calibration entries of a released round, up to the round's number; return how many are new."""
    if round_.released_at is None or judge.state not in MAY_JUDGE or not round_.anchors:
        return 0
    places = CategoryEntry.objects.filter(entry__contest=round_.contest_id, entry__anchor=True)
    places = places.select_related("entry").order_by("entry_id", "pk")
    chosen = {place.entry_id: place for place in reversed(places)}  # one category each
    known = set(Assignment.objects.filter(round=round_, judge=judge).values_list("place__entry", flat=True))
    new = [place for key, place in sorted(chosen.items())[: round_.anchors] if key not in known]
    for place in new:
        give(round_, place, judge)
    return len(new)


@transaction.atomic
def open_assignment(*, assignment: Assignment, at: dt.datetime | None = None) -> Assignment:
    """Note that the judge looked at it."""
    row = locked(assignment)
    if row.state == AssignmentState.RELEASED:
        demand_ready(row, at or timezone.now())
        moves.move(row, AssignmentState.OPENED, moves=ASSIGNMENT_MOVES, noun=NOUN)
    return row


def demand_ready(row: Assignment, at: dt.datetime) -> None:
    """Raise DomainError while this judge may not work on this: papers missing, too early, calibration not done."""
    if row.judge.state not in MAY_JUDGE:
        raise DomainError(_("Sign the statement of confidence first."))
    if at < row.round.opens_at:
        raise DomainError(_("This round has not begun."))
    if row.place.entry.anchor:
        return
    if _ANCHORS_TO_DO(round=row.round_id, judge=row.judge_id):
        raise DomainError(_("Score the calibration entries first: they show what each level means."))


@transaction.atomic
def recuse(*, assignment: Assignment, reason: str = "") -> Assignment:
    """The judge has a tie: one tap, and the entry is gone from their list; kept as a declared conflict."""
    row = locked(assignment)
    if row.state == AssignmentState.RECUSED:
        return row
    if row.state not in HELD or row.round.closed_at is not None:
        raise DomainError(_("This is no longer yours to judge."))
    conflicts.declare_conflict(judge=row.judge, entry=row.place.entry, reason=reason.strip()[:300])
    row.refresh_from_db(fields=["state", "reason"])
    panel.settle_standing(panel.locked(row.judge), row.round_id)
    return row


@transaction.atomic
def decline_work(*, assignment: Assignment, reason: str = "") -> Assignment:
    """The judge cannot do this one: one tap frees it for somebody else."""
    row = locked(assignment)
    if row.state == AssignmentState.DECLINED:
        return row
    row.reason = reason.strip()[:300]
    moves.move(row, AssignmentState.DECLINED, moves=ASSIGNMENT_MOVES, noun=NOUN, also=["reason"])
    emit("assignment.declined", subject=row, actor_id=row.judge.person_id, payload=conflicts.facts_of(row))
    panel.settle_standing(panel.locked(row.judge), row.round_id)
    return row


@transaction.atomic
def take_from(*, assignment: Assignment, by: User) -> Assignment:
    """The manager gives it to somebody else; what was scored is never moved."""
    row = locked(assignment)
    if row.state == AssignmentState.REASSIGNED:
        return row
    if row.ballots.filter(current=True, state__in=COUNTED).exists():
        raise DomainError(_("It was scored, and what was scored is never moved. Ask that the ballot does not count."))
    row.reason = _("given to another")
    moves.move(row, AssignmentState.REASSIGNED, moves=ASSIGNMENT_MOVES, noun=NOUN, also=["reason"])
    emit("assignment.declined", subject=row, actor_id=by.person_id, payload=conflicts.facts_of(row))
    return row


def locked(assignment: Assignment) -> Assignment:
    """Return the piece of work, locked, with all that decides about it."""
    (row,) = _LOCKED(work=assignment.pk)
    return row


def locked_with_judge(assignment: Assignment) -> Assignment:
    """Return the same, with its judge locked as well: for what may be the last that they had to do."""
    (row,) = _LOCKED_WITH_JUDGE(work=assignment.pk)
    return row


_ANCHORS_TO_DO = PreparedCount(
    lambda: Assignment.objects.filter(
        round=Given("round", BigIntegerField()), judge=Given("judge", BigIntegerField()), state__in=TO_DO,
        place__entry__anchor=True,
    )
)  # fmt: skip


def _with_all(*locks: str) -> QuerySet[Assignment]:
    rows = Assignment.objects.select_for_update(of=locks)
    rows = rows.select_related("round__contest", "judge__person", "place__entry", "place__category")
    return rows.filter(pk=Given("work", BigIntegerField()))


_LOCKED = Prepared(lambda: _with_all("self"))
_LOCKED_WITH_JUDGE = Prepared(lambda: _with_all("self", "judge"))


@transaction.atomic
def free_entry(*, entry_id: int) -> int:
    """Take an entry that left the contest from everybody who has not scored it; return from how many."""
    rows = Assignment.objects.select_for_update(of=("self",)).filter(place__entry=entry_id)
    waiting = [row for row in rows.order_by("pk") if row.state in (*TO_DO, AssignmentState.PROPOSED)]
    for row in sorted(waiting, key=lambda row: row.place_id):
        row.reason = _("the entry left the contest")
        moves.move(row, AssignmentState.REASSIGNED, moves=ASSIGNMENT_MOVES, noun=NOUN, also=["reason"])
    return len(waiting)
