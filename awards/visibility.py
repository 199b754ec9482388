"""Who sees what of a contest: the one policy that lists, counts, mails, search, exports and the API all ask.

Deny by default: what is not granted here is not shown. The matrix is that of the research (section 3, 4.8). Rooms ask
with the question they have; none decides for itself.
"""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, BooleanField, Exists, ExpressionWrapper, Func, OuterRef, Q, QuerySet
from django.utils import timezone

from awards.contests.enums import SHOWN, ContestState
from awards.entries.enums import JUDGED, EntryState
from awards.judging.enums import JUDGES_WORK, MAY_JUDGE, ConflictStatus
from awards.models import (
    Assignment,
    Ballot,
    Category,
    CategoryEntry,
    Conflict,
    Contest,
    ContestEntry,
    ContestMember,
    EntryHelper,
    GlassBroken,
    Judge,
    PlanItem,
)
from references.accounts.selectors import hidden_from
from refprogram.kernel.prepared import Among, Given, PreparedCount
from refprogram.people.models import Team, User

# A draft belongs to who writes it: others see that it is there, and not what it says.
HANDED_IN = [state for state in EntryState.values if state not in (EntryState.DRAFT, EntryState.APPROVAL)]

# As long as judging goes on, scores are nobody's but their judges'. A contest that was called off has none to show.
BEFORE_SCORES = (
    *(ContestState.DRAFT, ContestState.ANNOUNCED, ContestState.OPEN, ContestState.CLOSED),
    *(ContestState.SCREENING, ContestState.JUDGING, ContestState.CANCELLED),
)


def contests_for(user: User) -> QuerySet[Contest]:
    """Return the contests that a colleague may look at: announced ones, and those that they run or work for."""
    if user.has_perm("awards.start_contests"):
        return Contest.objects.all()
    mine = Q(pk__in=ContestMember.objects.filter(user=user.pk).values("contest"))
    mine |= Q(pk__in=PlanItem.objects.filter(owner=user.pk).values("contest"))
    if not user.has_perm("awards.see_contests"):
        return Contest.objects.filter(mine)
    return Contest.objects.filter(Q(state__in=SHOWN) | mine)


def entries_for(user: User) -> QuerySet[ContestEntry]:
    """Return the entries whose existence and state a colleague may know: those of the contests they run or screen,

    of accounts that they own, that they brought, or that they help to write. What they may read is `may_read`.
    """
    everything = ContestEntry.objects.filter(anchor=False)
    if user.has_perm("awards.start_contests"):
        return everything
    works_for = ContestMember.objects.filter(user=user.pk, part__in=["manager", "screener", "certifier"])
    mine = (
        Q(contest__in=works_for.values("contest"))
        | Q(account__owner=user.pk)
        | Q(nominator=user.pk)
        | Q(pk__in=EntryHelper.objects.filter(person=user.person_id).values("entry"))
        | Q(owner=user.person_id)
        | Q(team__in=User.objects.filter(pk=user.pk, team__isnull=False).values("team"))
    )
    # Whose name they may not know is no row of theirs; who works for the contest reads who entered it.
    masked = Q(account__in=hidden_from(user)) & ~Q(contest__in=works_for.values("contest"))
    return everything.filter(mine).exclude(masked)


def readable_for(user: User) -> QuerySet[ContestEntry]:
    """Return the handed-in entries that the program side may read: the set of which `may_read` asks for one."""
    rows = ContestEntry.objects.filter(Q(version__gt=0) | Q(anchor=True), state__in=HANDED_IN)
    tied = Conflict.objects.filter(judge__person=user.person_id, status=ConflictStatus.CONFIRMED)
    rows = rows.exclude(pk__in=tied.values("entry"))
    if user.has_perm("awards.start_contests"):
        return rows
    works_for = ContestMember.objects.filter(user=user.pk, part__in=["manager", "screener", "certifier"])
    return rows.filter(contest__in=works_for.values("contest"))


def may_read(user: User, entry: ContestEntry) -> bool:
    """Whether a colleague may read what the entry says: helpers always, the program once it was handed in."""
    if entry.owner_id == user.person_id or _HELPING(entry=entry.pk, person=user.person_id):
        return True
    if entry.state not in HANDED_IN or not entry.version:  # withdrawn before it was handed in: nobody reads it
        return False
    if is_conflicted(user, entry):
        return False
    return user.has_perm("awards.screen_entries", entry.contest) or user.has_perm(
        "awards.certify_results", entry.contest
    )


def is_conflicted(user: User, entry: ContestEntry) -> bool:
    """Whether a colleague who judges in this contest too has a tie to the entry."""
    return bool(_TIES(contest=entry.contest_id, person=user.person_id, entry=entry.pk))


_HELPING: Final = PreparedCount(
    lambda: EntryHelper.objects.filter(
        entry=Given("entry", BigIntegerField()), person=Given("person", BigIntegerField())
    )
)
_TIES: Final = PreparedCount(
    lambda: Conflict.objects.filter(
        judge__contest=Given("contest", BigIntegerField()), judge__person=Given("person", BigIntegerField()),
        entry=Given("entry", BigIntegerField()), status=ConflictStatus.CONFIRMED,
    )
)  # fmt: skip


def work_for(judge: Judge) -> QuerySet[Assignment]:
    """Return what a judge sees as theirs: released, papers signed, still in the contest, without a tie that binds."""
    return work_of(judge.pk) if judge.state in MAY_JUDGE else Assignment.objects.none()


def work_of(judge: Any) -> QuerySet[Assignment]:
    """Return the same by the judge's key, for statements that are written once: papers are the caller's to ask for."""
    bound = Conflict.objects.filter(judge=judge, status=ConflictStatus.CONFIRMED).values("entry")
    theirs = Assignment.objects.filter(judge=judge, state__in=JUDGES_WORK, place__entry__state__in=JUDGED)
    return theirs.exclude(place__entry__in=bound)


def work_of_each(judges: str) -> QuerySet[Assignment]:
    """Return the same for all judges whose keys a call gives under this name."""
    bound = Conflict.objects.filter(
        judge=OuterRef("judge"), entry=OuterRef("place__entry"), status=ConflictStatus.CONFIRMED
    )
    theirs = Assignment.objects.filter(Among("judge", judges), state__in=JUDGES_WORK, place__entry__state__in=JUDGED)
    return theirs.exclude(Exists(bound))


def contests_run_by(user: User) -> QuerySet[Contest]:
    """Return the contests whose judging a colleague runs: panel, ties, coverage."""
    if user.has_perm("awards.start_contests"):
        return Contest.objects.all()
    return Contest.objects.filter(members__user=user.pk, members__part="manager")


def own_entries(user: User) -> QuerySet[ContestEntry, Any]:
    """Return the entries in which a colleague has a part: brought, written, helped, their customer, their team.

    Ids alone, for `__in`. One way in after the other, each by an index: one condition of all would read every entry.
    """
    rows, teams = ContestEntry.objects.values("pk"), Team.objects.filter(manager=user.pk).values("pk")
    return rows.filter(nominator=user.pk).union(
        rows.filter(owner=user.person_id),
        rows.filter(account__owner=user.pk),
        rows.filter(team__members=user.pk),
        rows.filter(team__in=teams),
        EntryHelper.objects.filter(person=user.person_id).values("entry"),
    )


def tied_entries(user: User) -> QuerySet[ContestEntry, Any]:
    """Return the entries that a colleague has a tie to: by a part in them, or because they judge and must not."""
    bound = Conflict.objects.filter(judge__person=user.person_id, status=ConflictStatus.CONFIRMED).values("entry")
    return own_entries(user).union(bound)


def masked_categories(user: User, at: Any = None) -> QuerySet[Category, Any]:
    """Return the categories of whose judging a colleague sees nothing, whatever they run: an entry of theirs competes.

    Who judges, counts, ballots and order of the others would tell how their own stands. Whoever broke the glass sees
    them until it closes again. `at`: the moment that is asked for, where a statement is written once; else now.
    """
    # As a list, which is found first: few have a tie, and asked by category the database would look through all places.
    tied = Func(
        "entry", ArraySubquery(tied_entries(user)), arg_joiner=" = ANY(", template="%(expressions)s)",
        output_field=BooleanField(),
    )  # fmt: skip
    mine = CategoryEntry.objects.filter(tied).values("category")
    return Category.objects.filter(pk__in=mine).exclude(pk__in=glass_broken_by(user, at)).values("pk")


def glass_broken_by(user: User, at: Any = None) -> QuerySet[GlassBroken, Any]:
    """Return the categories that a colleague with a tie opened for themselves, with a reason, and may look at now."""
    return GlassBroken.objects.filter(user=user.pk, ends_at__gt=at or timezone.now()).values("category")


def delegated_to(user: User) -> QuerySet[Category, Any]:
    """Return the categories whose judging a colleague runs for a manager with a tie."""
    return Category.objects.filter(delegate__user=user.pk).values("pk")


def scores_open(user: User, contest: Contest) -> bool:
    """Whether means, ranks and ballots may be seen, once judging is over: by who runs or certifies the contest.

    Who stands in for a manager sees those of their categories: `results_for` says which.
    """
    if contest.state in BEFORE_SCORES:
        return False
    return user.has_perm("awards.read_results", contest) or stands_in(user, contest)


def stands_in(user: User, contest: Contest) -> bool:
    """Whether a colleague runs the judging of a category of the contest for a manager with a tie."""
    return Category.objects.filter(contest=contest, delegate__user=user.pk).exists()


def results_for(user: User, contest: Contest, categories: Sequence[Category]) -> list[Category]:
    """Return those of a contest's categories whose results a colleague may ask for: all, or those they stand in for."""
    if user.has_perm("awards.read_results", contest):
        return list(categories)
    mine = set(delegated_to(user).filter(contest=contest).values_list("pk", flat=True))
    return [category for category in categories if category.pk in mine]


def with_scores_open(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """Say of each ballot of contests that the reader runs whether its scores may be seen: `scores_open`."""
    closed = Q(assignment__round__contest__state__in=BEFORE_SCORES)
    return ballots.annotate(scores_open=ExpressionWrapper(~closed, output_field=BooleanField()))
