"""What who runs a contest reads of its judging: the panel, coverage, ties. Counts and states, never a score."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import (
    BigIntegerField,
    Count,
    DateTimeField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
)
from django.utils import timezone

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
    BallotState,
    ConflictStatus,
    JudgeKind,
    JudgeState,
)
from awards.models import (
    Assignment,
    Ballot,
    Category,
    CategoryEntry,
    Conflict,
    Contest,
    ContestEntry,
    Criterion,
    GlassBroken,
    Judge,
    Round,
)
from refprogram.kernel.prepared import Among, Given, Prepared, PreparedValues
from refprogram.people.models import Person, User
from refprogram.people.prepared import PreparedFor

# Without the rows that hold what somebody scored once its name is gone: nobody was asked to be them.
ASKED = Q(person__erased_at__isnull=True) | Q(answered_at__isnull=False)


def visible_judges(user: User) -> QuerySet[Judge]:
    """Return the judges of the contests that a colleague runs."""
    rows = Judge.objects.select_related("person", "contest", "invited_by__person")
    return rows.filter(contest__in=_run_by(user))


def visible_rounds(user: User) -> QuerySet[Round]:
    """Return the rounds of the contests that a colleague runs."""
    return Round.objects.select_related("contest").filter(contest__in=_run_by(user))


_JUDGE: Final = PreparedFor(lambda viewer: visible_judges(viewer).filter(public_id=Given("key", TextField())))
_ROUND: Final = PreparedFor(lambda viewer: visible_rounds(viewer).filter(public_id=Given("key", TextField())))


def judge_or_404(user: User, public_id: str) -> Judge:
    """Return a judge whose contest a colleague runs. One query."""
    return _JUDGE.or_404(user, key=public_id)


def round_or_404(user: User, public_id: str) -> Round:
    """Return a round of a contest that a colleague runs. One query."""
    return _ROUND.or_404(user, key=public_id)


def visible_criteria(user: User) -> QuerySet[Criterion]:
    """Return the criteria of the contests that a colleague runs."""
    return Criterion.objects.select_related("round__contest", "category").filter(round__contest__in=_run_by(user))


def visible_assignments(user: User, at: Any = None) -> QuerySet[Assignment]:
    """Return the work of the contests and categories that a colleague runs, without what is masked for them (`at`)."""
    mine = Q(round__contest__in=_run_by(user)) | Q(place__category__in=visibility.delegated_to(user))
    rows = Assignment.objects.filter(mine)
    rows = rows.select_related("judge__person", "round__contest", "place__entry", "place__category")
    return rows.exclude(place__category__in=visibility.masked_categories(user, at))


def covered_rounds(user: User) -> QuerySet[Round]:
    """Return the rounds of which a colleague runs all, or the categories they stand in for."""
    delegated = Contest.objects.filter(categories__in=visibility.delegated_to(user)).values("pk")
    return Round.objects.select_related("contest").filter(Q(contest__in=_run_by(user)) | Q(contest__in=delegated))


def categories_for(contest: Contest, user: User) -> QuerySet[Category]:
    """Return the categories of a contest whose judging a colleague runs: all that are not masked, or the delegated."""
    rows = _unmasked(contest.pk, user)
    return rows if user.has_perm("awards.run_contest", contest) else rows.filter(pk__in=visibility.delegated_to(user))


def _unmasked(contest: Any, user: User, at: Any = None) -> QuerySet[Category]:
    return Category.objects.filter(contest=contest).exclude(pk__in=visibility.masked_categories(user, at))


def _unmasked_given(user: User) -> QuerySet[Category]:
    return _unmasked(Given("contest", BigIntegerField()), user, Given("now", DateTimeField()))


_CATEGORIES: Final = PreparedFor(_unmasked_given, one_plan=True)
_DELEGATED: Final = PreparedFor(
    lambda viewer: _unmasked_given(viewer).filter(pk__in=visibility.delegated_to(viewer)), one_plan=True
)
_COVERED: Final = PreparedFor(lambda viewer: covered_rounds(viewer).filter(public_id=Given("key", TextField())))


def covered_round_or_404(user: User, public_id: str) -> Round:
    """Return a round of which a colleague runs all, or the categories they stand in for. One query."""
    return _COVERED.or_404(user, key=public_id)


def categories_run_by(user: User, contest: Contest) -> list[Category]:
    """Return the same as `categories_for`, read. One query."""
    ask = _CATEGORIES if user.has_perm("awards.run_contest", contest) else _DELEGATED
    return ask(user, contest=contest.pk, now=timezone.now())


def visible_ballots(user: User) -> QuerySet[Ballot]:
    """Return the ballots of those contests, without what they have a tie to; scores are gated by `scores_open`."""
    rows = Ballot.objects.filter(assignment__in=visible_assignments(user)).exclude(state="draft")
    return rows.select_related(
        "assignment__judge__person", "assignment__round__contest", "assignment__place__entry",
        "assignment__place__category",
    )  # fmt: skip


def visible_conflicts(user: User) -> QuerySet[Conflict]:
    """Return the ties of the contests that a colleague runs, without those to entries they have a tie to themselves."""
    rows = Conflict.objects.filter(judge__contest__in=_run_by(user)).exclude(entry__in=visibility.tied_entries(user))
    return rows.select_related("judge__person", "judge__contest", "entry__account", "entry__team")


def _run_by(user: User) -> QuerySet[Contest]:
    return visibility.contests_run_by(user)


@dataclass(frozen=True)
class Panel:
    """The panel in figures."""

    asked: int
    said_yes: int
    ready: int
    independent: int
    customers: int
    room: int


def panel_of(contest: Contest) -> Panel:
    """Return the panel of a contest in figures; one query."""
    counted = next(iter(_PANEL(contest=contest.pk)), ())
    return Panel(*(number or 0 for number in counted or (0,) * 6))


def _counted_panel() -> QuerySet[Judge, Any]:
    yes = Q(state__in=EXPECTED)
    rows = Judge.objects.filter(ASKED, contest=Given("contest", BigIntegerField())).order_by().values("contest")
    counted = rows.annotate(
        asked=Count("pk", filter=~Q(state=JudgeState.SUGGESTED)),
        said_yes=Count("pk", filter=yes),
        ready=Count("pk", filter=Q(state__in=["onboarded", "active", "completed"])),
        independent=Count("pk", filter=yes & Q(kind__in=INDEPENDENT)),
        customers=Count("pk", filter=yes & Q(kind__in=[JudgeKind.CUSTOMER, JudgeKind.PAST_WINNER])),
        room=Sum("load_cap", filter=yes),
    )
    return counted.values_list("asked", "said_yes", "ready", "independent", "customers", "room")


_PANEL: Final = PreparedValues(_counted_panel)


def judged_in(round_: Round) -> QuerySet[CategoryEntry]:
    """Return what a round judges."""
    return CategoryEntry.objects.filter(
        category__contest=round_.contest_id, entry__anchor=False, entry__state__in=JUDGED,
        round_number=round_.number,
    ).exclude(state=PlaceState.NOT_ADVANCED)  # fmt: skip


def short_of_ballots(round_: Round) -> Any:
    """Return what has fewer ballots than an adjusted score needs, each with how many judges it has."""
    mine = Q(assignments__round=round_)
    rows = judged_in(round_).annotate(
        held=Count("assignments", filter=mine & Q(assignments__state__in=HELD)),
        scored=Count("assignments", filter=mine & Q(assignments__state__in=SCORED)),
    )
    return rows.filter(scored__lt=round_.min_ballots)


_ROUNDS: Final = Prepared(
    lambda: (
        Round.objects.select_related("contest").filter(contest=Given("contest", BigIntegerField())).order_by("number")
    )
)


def rounds_of(contest: Contest) -> list[Round]:
    """Return the rounds of a contest."""
    return _ROUNDS(contest=contest.pk)


_BALLOTS = Prepared(
    lambda: Ballot.objects.filter(
        Among("assignment", "work"), current=True, state__in=[*COUNTED, BallotState.VOIDED]
    ).select_related("void_asked_by__person")
)


def ballots_in(work: Iterable[int]) -> dict[int, Ballot]:
    """Return the ballots that count, by assignment: for states, seconds and what was asked about them."""
    return {ballot.assignment_id: ballot for ballot in _BALLOTS(work=list(work))}


def ties_of(judge: Judge, viewer: User) -> list[Conflict]:
    """Return the ties of one judge that the viewer may know of, binding ones first."""
    return _TIES(viewer, judge=judge.pk)


_TIES: Final = PreparedFor(
    lambda viewer: (
        visible_conflicts(viewer).filter(judge=Given("judge", BigIntegerField())).order_by("-status", "entry__code")
    ),
    one_plan=True,
)


def ties_in(contest: Contest, viewer: User, *, status: str = "", kind: str = "") -> QuerySet[Conflict]:
    """Return the ties of a contest that the viewer may know of."""
    rows = visible_conflicts(viewer).filter(judge__contest=contest)
    if status in ConflictStatus.values:
        rows = rows.filter(status=status)
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.select_related("judge__person", "judge__contest", "entry__account", "entry__team")
    return rows.order_by("judge__number", "entry__code", "kind")


def anchors_in(contest: Contest) -> Any:
    """Return the calibration entries of a contest, each with whether judges were given it."""
    return _with_given(contest).select_related("contest", "answer__version__design", "owner")


def anchors_shown(contest: Contest) -> list[Any]:
    """Return the same as the page of judging lists them. One query."""
    return _ANCHORS(contest=contest.pk)


def _with_given(contest: Any) -> QuerySet[Any]:
    given = Assignment.objects.filter(place__entry=OuterRef("pk"))
    return ContestEntry.objects.filter(contest=contest, anchor=True).annotate(given=Exists(given)).order_by("pk")


_ANCHORS: Final = Prepared(
    lambda: _with_given(Given("contest", BigIntegerField())).only("public_id", "title", "summary")
)


def entry_by_code(contest: Contest, code: str) -> ContestEntry | None:
    """Return an entry of a contest by what blind judges call it."""
    return ContestEntry.objects.filter(contest=contest, code__iexact=code.strip()).first()


def place_by_code(contest: Contest, code: str, category_id: int) -> CategoryEntry | None:
    """Return an entry in a category, by its code."""
    rows = CategoryEntry.objects.filter(entry__contest=contest, category=category_id, entry__code__iexact=code.strip())
    return rows.select_related("entry", "category").first()


def _winners_not_asked() -> QuerySet[CategoryEntry]:
    contest = Given("contest", BigIntegerField())
    rows = CategoryEntry.objects.filter(
        state=PlaceState.WON, entry__contest__state__in=AFTER_PUBLICATION, entry__contact__isnull=False,
        entry__contact__left_company_at__isnull=True, entry__contact__merged_into__isnull=True,
    ).exclude(entry__contact__person__in=Judge.objects.filter(contest=contest).values("person"))  # fmt: skip
    rows = rows.exclude(entry__contest=contest)
    rows = rows.select_related("entry__contact__person", "entry__contest", "category", "entry__account")
    return rows.order_by("-entry__contest__year", "category__precedence")[:60]


_WINNERS: Final = Prepared(_winners_not_asked)


def suggested(contest: Contest) -> list[tuple[Person, str]]:
    """Return past winners who were not asked yet, newest first, with what they won: the contacts of winning entries."""
    found: dict[int, tuple[Person, str]] = {}
    for row in _WINNERS(contest=contest.pk):
        contact = row.entry.contact
        if contact is not None and contact.person.email:
            found.setdefault(contact.person_id, (contact.person, f"{row.category.name} {row.entry.contest.year}"))
    return list(found.values())[:12]


def runners_of(contest: Contest) -> list[User]:
    """Return who is told how judging goes: the managers of the contest."""
    rows = User.objects.filter(is_active=True, pk__in=contest.members.filter(part="manager").values("user"))
    return list(rows.select_related("person"))


def watchers_of(contest: Contest) -> list[User]:
    """Return who looks after the fairness of a contest: its certifiers and managers."""
    parts = contest.members.filter(part__in=["manager", "certifier"]).values("user")
    return list(User.objects.filter(is_active=True, pk__in=parts).select_related("person"))


def categories_in(contest: Contest) -> QuerySet[Category]:
    """Return the categories of a contest."""
    return Category.objects.filter(contest=contest)


def categories_with_masks(contest: Contest, user: User) -> list[Category]:
    """Return the categories with who stands in, whether they are masked for the reader, until when they are open."""
    mine = GlassBroken.objects.filter(user=user, category=OuterRef("pk"), ends_at__gt=timezone.now())
    rows = categories_in(contest).select_related("delegate__user__person").annotate(
        masked=Exists(visibility.masked_categories(user).filter(pk=OuterRef("pk"))),
        opened_until=Subquery(mine.order_by("-ends_at").values("ends_at")[:1]),
    )  # fmt: skip
    return list(rows.order_by("precedence", "pk"))


def glasses_broken_in(contest: Contest) -> list[GlassBroken]:
    """Return who opened what in spite of a tie, the newest first."""
    rows = GlassBroken.objects.filter(category__contest=contest)
    return list(rows.select_related("category", "user__person").order_by("-at")[:50])


def judges_with_open_work(round_: Round) -> list[tuple[Judge, int]]:
    """Return who still has something to score in a round, and how much."""
    rows = Judge.objects.filter(contest=round_.contest_id, state__in=EXPECTED).select_related("person", "contest")
    waiting = Q(assignments__round=round_, assignments__state__in=TO_DO)
    found = rows.annotate(left=Count("assignments", filter=waiting)).filter(left__gt=0)
    return [(row, row.left) for row in found.order_by("pk")]


def lapsed_in(round_: Round) -> int:
    """Return how much was not scored in time."""
    return Assignment.objects.filter(round=round_, state=AssignmentState.LAPSED).count()
