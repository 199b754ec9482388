"""What who runs a contest reads of its judging: the panel, coverage, ties. Counts and states, never a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from awards import visibility
from awards.contests.enums import AFTER_PUBLICATION
from awards.entries.enums import JUDGED, PlaceState
from awards.judging.enums import (
    COUNTED,
    EXPECTED,
    HELD,
    INDEPENDENT,
    SCORED,
    TO_DO,
    AssignmentState,
    ConflictStatus,
    JudgeKind,
    JudgeState,
)
from awards.models import Assignment, Ballot, CategoryEntry, Conflict, Contest, ContestEntry, Criterion, Judge, Round
from refprogram.people.models import Person, User

OPEN_WORK = ("released", "opened", "in_progress")


def visible_judges(user: User) -> QuerySet[Judge]:
    """Return the judges of the contests that a colleague runs."""
    rows = Judge.objects.select_related("person", "contest", "invited_by__person")
    return rows.filter(contest__in=_run_by(user))


def visible_rounds(user: User) -> QuerySet[Round]:
    """Return the rounds of the contests that a colleague runs."""
    return Round.objects.select_related("contest").filter(contest__in=_run_by(user))


def visible_criteria(user: User) -> QuerySet[Criterion]:
    """Return the criteria of the contests that a colleague runs."""
    return Criterion.objects.select_related("round__contest", "category").filter(round__contest__in=_run_by(user))


def visible_assignments(user: User) -> QuerySet[Assignment]:
    """Return the work of the contests that a colleague runs, without what they themselves have a tie to."""
    rows = Assignment.objects.filter(round__contest__in=_run_by(user))
    rows = rows.select_related("judge__person", "round__contest", "place__entry", "place__category")
    return rows.exclude(place__entry__in=visibility.tied_entries(user))


def visible_ballots(user: User) -> QuerySet[Ballot]:
    """Return the ballots of those contests, without what they have a tie to; scores are gated by `scores_open`."""
    rows = Ballot.objects.filter(assignment__in=visible_assignments(user)).exclude(state="draft")
    return rows.select_related(
        "assignment__judge__person", "assignment__round__contest", "assignment__place__entry",
        "assignment__place__category",
    )  # fmt: skip


def visible_conflicts(user: User) -> QuerySet[Conflict]:
    """Return the ties of the contests that a colleague runs."""
    rows = Conflict.objects.filter(judge__contest__in=_run_by(user))
    return rows.select_related("judge__person", "judge__contest", "entry__account", "entry__team")


def _run_by(user: User) -> QuerySet[Contest]:
    return visibility.contests_run_by(user)


def judges_of(contest: Contest) -> QuerySet[Judge]:
    """Return the panel with what each holds and has done, and how long an entry takes them."""
    mine = Q(assignments__place__entry__anchor=False)
    rows = contest.judges.select_related("person", "contest").annotate(
        held=Count("assignments", filter=mine & Q(assignments__state__in=HELD)),
        scored=Count("assignments", filter=mine & Q(assignments__state__in=SCORED)),
    )
    return rows.order_by("number", "pk")


@dataclass(frozen=True)
class Panel:
    """The panel in figures."""

    asked: int
    said_yes: int
    ready: int
    room: int
    independent: int
    customers: int


def panel_of(contest: Contest) -> Panel:
    """Return the panel of a contest in figures; one query."""
    yes = Q(state__in=EXPECTED)
    found = contest.judges.aggregate(
        asked=Count("pk", filter=~Q(state=JudgeState.SUGGESTED)),
        said_yes=Count("pk", filter=yes),
        ready=Count("pk", filter=Q(state__in=["onboarded", "active", "completed"])),
        room=Sum("load_cap", filter=yes),
        independent=Count("pk", filter=yes & Q(kind__in=INDEPENDENT)),
        customers=Count("pk", filter=yes & Q(kind__in=[JudgeKind.CUSTOMER, JudgeKind.PAST_WINNER])),
    )
    return Panel(**{**found, "room": found["room"] or 0})


def places_of(round_: Round) -> Any:
    """Return what a round judges, with how many judges it has, how many scored, and of which kinds."""
    mine = Q(assignments__round=round_)
    held = mine & Q(assignments__state__in=HELD)
    rows = CategoryEntry.objects.filter(
        category__contest=round_.contest_id, entry__anchor=False, entry__state__in=JUDGED,
        round_number=round_.number,
    ).exclude(state=PlaceState.NOT_ADVANCED)  # fmt: skip
    return rows.select_related("entry", "category").annotate(
        held=Count("assignments", filter=held),
        scored=Count("assignments", filter=mine & Q(assignments__state__in=SCORED)),
        customers=Count(
            "assignments",
            filter=held & Q(assignments__judge__kind__in=[JudgeKind.CUSTOMER, JudgeKind.PAST_WINNER]),
        ),
        independent=Count("assignments", filter=held & Q(assignments__judge__kind__in=INDEPENDENT)),
        short=round_.per_entry - F("held"),
    )


@dataclass(frozen=True)
class Coverage:
    """How far a round is."""

    entries: int
    needed: int
    held: int
    scored: int
    short: int
    calibration: int


def coverage_of(round_: Round) -> Coverage:
    """Return how many entries are short of judges, and how many ballots are in; two queries."""
    rows = places_of(round_).values_list("held", "scored")
    found = list(rows)
    anchors = Assignment.objects.filter(round=round_, place__entry__anchor=True, state__in=OPEN_WORK)
    return Coverage(
        entries=len(found),
        needed=len(found) * round_.per_entry,
        held=sum(held for held, _scored in found),
        scored=sum(scored for _held, scored in found),
        short=sum(held < round_.per_entry for held, _scored in found),
        calibration=anchors.count(),
    )


def rounds_of(contest: Contest) -> list[Round]:
    """Return the rounds of a contest."""
    return list(contest.rounds.select_related("contest").order_by("number"))


def work_of(judge: Judge, viewer: User) -> list[Assignment]:
    """Return what a judge was given, with states and seconds, without what the viewer has a tie to."""
    rows = visible_assignments(viewer).filter(judge=judge).order_by("round__number", "order")
    return list(rows)


def ballots_in(rows: Iterable[Assignment]) -> dict[int, Ballot]:
    """Return the ballots that count, by assignment: for states, seconds and what was asked about them."""
    found = Ballot.objects.filter(assignment__in=[row.pk for row in rows], current=True, state__in=[*COUNTED, "voided"])
    return {ballot.assignment_id: ballot for ballot in found.select_related("void_asked_by__person")}


def ties_of(judge: Judge) -> list[Conflict]:
    """Return the ties of one judge, binding ones first."""
    rows = judge.conflicts.select_related("entry__account", "entry__team").order_by("-status", "entry__code")
    return list(rows)


def ties_in(contest: Contest, *, status: str = "", kind: str = "") -> QuerySet[Conflict]:
    """Return the ties of a contest."""
    rows = Conflict.objects.filter(judge__contest=contest)
    if status in ConflictStatus.values:
        rows = rows.filter(status=status)
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("judge__person", "judge__contest", "entry__account", "entry__team")
    return rows.order_by("judge__number", "entry__code", "kind")


def entry_by_code(contest: Contest, code: str) -> ContestEntry | None:
    """Return an entry of a contest by what blind judges call it."""
    return ContestEntry.objects.filter(contest=contest, code__iexact=code.strip()).first()


def place_by_code(contest: Contest, code: str, category_id: int) -> CategoryEntry | None:
    """Return an entry in a category, by its code."""
    rows = CategoryEntry.objects.filter(entry__contest=contest, category=category_id, entry__code__iexact=code.strip())
    return rows.select_related("entry", "category").first()


def suggested(contest: Contest) -> list[tuple[Person, str]]:
    """Return past winners who were not asked yet, newest first, with what they won: the contacts of winning entries."""
    asked = contest.judges.values("person")
    rows = CategoryEntry.objects.filter(
        state=PlaceState.WON, entry__contest__state__in=AFTER_PUBLICATION, entry__contact__isnull=False,
        entry__contact__left_company_at__isnull=True, entry__contact__merged_into__isnull=True,
    ).exclude(entry__contact__person__in=asked).exclude(entry__contest=contest)  # fmt: skip
    rows = rows.select_related("entry__contact__person", "entry__contest", "category", "entry__account")
    found: dict[int, tuple[Person, str]] = {}
    for row in rows.order_by("-entry__contest__year", "category__precedence")[:60]:
        contact = row.entry.contact
        if contact is not None and contact.person.email:
            found.setdefault(contact.person_id, (contact.person, f"{row.category.name} {row.entry.contest.year}"))
    return list(found.values())[:12]


def runners_of(contest: Contest) -> list[User]:
    """Return who is told how judging goes: the managers of the contest."""
    rows = User.objects.filter(is_active=True, pk__in=contest.members.filter(part="manager").values("user"))
    return list(rows.select_related("person"))


def judges_with_open_work(round_: Round) -> list[tuple[Judge, int]]:
    """Return who still has something to score in a round, and how much."""
    rows = Judge.objects.filter(contest=round_.contest_id, state__in=EXPECTED).select_related("person", "contest")
    waiting = Q(assignments__round=round_, assignments__state__in=TO_DO)
    found = rows.annotate(left=Count("assignments", filter=waiting)).filter(left__gt=0)
    return [(row, row.left) for row in found.order_by("pk")]


def lapsed_in(round_: Round) -> int:
    """Return how much was not scored in time."""
    return Assignment.objects.filter(round=round_, state=AssignmentState.LAPSED).count()


def tied(user: User) -> QuerySet[Conflict, Any]:
    """Return the entries that the reader has a tie to."""
    return visibility.tied_entries(user)
