"""The one table of who must not judge what: found in our data, declared by judges, set by the manager."""

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.db.models import BigIntegerField, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.judging import ties
from awards.judging.enums import (
    ASSIGNMENT_MOVES,
    COUNTED,
    HELD,
    SCORED,
    AssignmentState,
    ConflictKind,
    ConflictSource,
    ConflictStatus,
)
from awards.judging.selectors import sides
from awards.models import Assignment, Ballot, Conflict, Contest, ContestEntry, Judge
from awards.visibility import BEFORE_SCORES
from refprogram.kernel import moves
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.prepared import Given, PreparedCount
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def detect_conflicts(about: Contest | Judge | ContestEntry) -> int:
    """Look again at all ties of a contest, a judge or an entry; return how many rows changed.

    What people set (pinned) and what judges declared stays. What was found and is true no longer goes. Work that a new
    tie forbids is taken back at once.
    """
    contest = about if isinstance(about, Contest) else about.contest
    Contest.objects.select_for_update(no_key=True).get(pk=contest.pk)
    mine = Conflict.objects.filter(judge__contest=contest)
    judges = sides.panel(contest)
    if isinstance(about, ContestEntry):
        return _look_at_entry(about, mine, judges)
    if isinstance(about, Judge):
        judges, mine = judges.filter(pk=about.pk), mine.filter(judge=about)
    # All entries: rivals are found by what else competes.
    found = ties.find(sides.judge_sides(judges), sides.entry_sides(sides.competing(contest))).pairs
    changed = _forget(mine, found) + _keep(mine, found)
    if changed:
        _take_back_work(contest, judges=[about.pk] if isinstance(about, Judge) else None)
    return changed


def _look_at_entry(entry: ContestEntry, all_ties: QuerySet[Conflict], judges: QuerySet[Judge]) -> int:
    """Look at one entry alone: what it costs does not grow with how many others there are.

    A judge whose own side it is has new rivals, or no longer: they are looked at whole.
    """
    if not sides.competing(entry.contest).filter(pk=entry.pk).exists():
        return 0
    mine = all_ties.filter(entry=entry)
    own_before = set(mine.filter(kind__in=ties.OWN_SIDE).values_list("judge", flat=True))
    found = ties.find(sides.judge_sides(judges), sides.entry_sides(sides.competing(entry.contest).filter(pk=entry.pk)))
    own_now = {judge for (judge, _entry), kinds in found.pairs.items() if kinds & ties.OWN_SIDE}
    competing = all_ties.filter(kind__in=ties.OWN_SIDE, entry__places__category__in=entry.places.values("category"))
    for judge in set(competing.exclude(entry=entry).values_list("judge", flat=True)):
        if (judge, entry.pk) not in found.pairs:
            found.add(judge, entry.pk, ConflictKind.RIVAL)
    changed = _forget(mine, found.pairs) + _keep(mine, found.pairs)
    if changed:
        _take_back_work(entry.contest, judges=None)
    for row in judges.filter(pk__in=own_before ^ own_now).select_related("contest"):
        changed += detect_conflicts(row)
    return changed


def _forget(mine: QuerySet[Conflict], found: dict[tuple[int, int], set[str]]) -> int:
    """Remove what was found once and is true no longer."""
    rows = mine.filter(source=ConflictSource.DETECTED, pinned=False).values_list("pk", "judge", "entry", "kind")
    stale = [pk for pk, judge, entry, kind in rows if kind not in found.get((judge, entry), ())]
    return Conflict.objects.filter(pk__in=stale).delete()[0] if stale else 0


def _keep(mine: QuerySet[Conflict], found: dict[tuple[int, int], set[str]]) -> int:
    known = set(mine.values_list("judge", "entry", "kind"))
    new = [
        Conflict(judge_id=judge, entry_id=entry, kind=kind, source=_source(kind), status=ConflictStatus.CONFIRMED)
        for (judge, entry), kinds in found.items()
        for kind in sorted(kinds)
        if (judge, entry, kind) not in known
    ]
    Conflict.objects.bulk_create(new, ignore_conflicts=True, batch_size=1000)
    return len(new)


def _source(kind: str) -> ConflictSource:
    return ConflictSource.DECLARED if kind == ConflictKind.DECLARED else ConflictSource.DETECTED


def _take_back_work(contest: Contest, *, judges: Collection[int] | None) -> None:
    """Take back what is held by judges who must not hold it: hidden proposals silently, the rest as recused."""
    held = Assignment.objects.select_for_update(of=("self",)).select_related("place", "round", "judge")
    held = held.filter(round__contest=contest, state__in=HELD, place__entry__conflicts__in=_binding(contest))
    if judges is not None:
        held = held.filter(judge__in=judges)
    bound = set(_binding(contest).values_list("judge", "entry"))
    seen: set[int] = set()
    for row in sorted(held.order_by("pk"), key=lambda row: row.place_id):
        if row.pk not in seen and (row.judge_id, row.place.entry_id) in bound:
            take_back(row)
        seen.add(row.pk)


def _binding(contest: Contest) -> QuerySet[Conflict]:
    return Conflict.objects.filter(judge__contest=contest, status=ConflictStatus.CONFIRMED)


def take_back(row: Assignment) -> None:
    """Take one piece of work back because of a tie; the caller holds its lock. A ballot on it counts no more."""
    scored, hidden = row.state in SCORED, row.state == AssignmentState.PROPOSED
    row.reason = _("a tie")
    to = AssignmentState.REASSIGNED if hidden else AssignmentState.RECUSED
    moves.move(row, to, moves=ASSIGNMENT_MOVES, noun="assignment", also=["reason"])
    if not hidden:
        emit("assignment.recused", subject=row, payload={**facts_of(row), "scored": scored})


def facts_of(row: Assignment) -> dict[str, int]:
    """Return what events of a piece of work hold."""
    return {
        "contest": row.round.contest_id,
        "judge": row.judge_id,
        "entry": row.place.entry_id,
        "round": row.round_id,
    }


@transaction.atomic
def declare_conflict(*, judge: Judge, entry: ContestEntry, reason: str = "") -> Conflict:
    """The judge says that they are tied to an entry; it binds until the manager clears it. Twice is once."""
    row = _put(
        judge, entry, ConflictKind.DECLARED, source=ConflictSource.DECLARED, status=ConflictStatus.CONFIRMED,
        reason=reason, pinned=True,
    )  # fmt: skip
    emit("conflict.declared", subject=row, actor_id=judge.person_id, payload=_facts(row))
    _take_back_work(judge.contest, judges=[judge.pk])
    return row


@transaction.atomic
def set_conflict(*, judge: Judge, entry: ContestEntry, reason: str, by: User) -> Conflict:
    """The manager knows of a tie that our data do not show."""
    if not reason.strip():
        message = _("Say which tie: it is kept.")
        raise InvalidInput(message, errors={"reason": message})
    _demand_no_open_score(judge, entry)
    row = _put(
        judge, entry, ConflictKind.OTHER, source=ConflictSource.ADMIN, status=ConflictStatus.CONFIRMED,
        reason=reason, pinned=True,
    )  # fmt: skip
    emit("conflict.confirmed", subject=row, actor_id=by.person_id, payload={**_facts(row), "kind": row.kind})
    _take_back_work(judge.contest, judges=[judge.pk])
    return row


@transaction.atomic
def clear_conflict(*, conflict: Conflict, reason: str, by: User) -> Conflict:
    """The manager says, with a reason, that this tie does not bind; detection leaves it so."""
    return _decide(conflict, ConflictStatus.CLEARED, reason, by)


@transaction.atomic
def confirm_conflict(*, conflict: Conflict, reason: str = "", by: User) -> Conflict:
    """The manager says that this tie binds, whatever detection says later."""
    _demand_no_open_score(conflict.judge, conflict.entry)
    row = _decide(conflict, ConflictStatus.CONFIRMED, reason or conflict.reason or "–", by)
    _take_back_work(row.judge.contest, judges=[row.judge_id])
    return row


def takes_two() -> str:
    """Say that no single person drops a ballot whose effect they have seen."""
    return _("Scores are open: ask that single ballots do not count, and a second person decides.")


def _demand_no_open_score(judge: Judge, entry: ContestEntry) -> None:
    """Refuse a tie by hand that would drop a ballot whose score is open; ties that our data show bind all the same."""
    counted = Ballot.objects.filter(current=True, state__in=COUNTED, assignment__judge=judge)
    scored = counted.filter(assignment__place__entry=entry)
    if judge.contest.state not in BEFORE_SCORES and scored.exists():
        raise DomainError(takes_two())


def _decide(conflict: Conflict, status: ConflictStatus, reason: str, by: User) -> Conflict:
    row = Conflict.objects.select_for_update(of=("self",)).select_related("judge__contest").get(pk=conflict.pk)
    if not reason.strip():
        message = _("Say why: it is kept.")
        raise InvalidInput(message, errors={"reason": message})
    if row.status == status and row.pinned:
        return row
    row.status, row.pinned, row.reason = status, True, reason.strip()[:300]
    row.save(update_fields=["status", "pinned", "reason"])
    topic = "conflict.cleared" if status == ConflictStatus.CLEARED else "conflict.confirmed"
    emit(topic, subject=row, actor_id=by.person_id, payload={**_facts(row), "kind": row.kind})
    return row


def _put(judge: Judge, entry: ContestEntry, kind: ConflictKind, **fields: object) -> Conflict:
    Contest.objects.select_for_update(no_key=True).get(pk=judge.contest_id)
    row, new = Conflict.objects.get_or_create(judge=judge, entry=entry, kind=kind, defaults=fields)
    if not new:
        for name, value in fields.items():
            setattr(row, name, value)
        row.updated_at = timezone.now()
        row.save()
    return row


def _facts(row: Conflict) -> dict[str, int]:
    return {"contest": row.judge.contest_id, "judge": row.judge_id, "entry": row.entry_id}


def demand_free(judge: Judge, entry: ContestEntry) -> None:
    """Raise InvalidInput if the judge must not meet the entry."""
    if _TIES(judge=judge.pk, entry=entry.pk):
        message = _("%(judge)s has a tie to this entry.") % {"judge": judge.person.name}
        raise InvalidInput(message, errors={"judge": message})


_TIES: Final = PreparedCount(
    lambda: Conflict.objects.filter(
        judge=Given("judge", BigIntegerField()), entry=Given("entry", BigIntegerField()),
        status=ConflictStatus.CONFIRMED,
    )
)  # fmt: skip
