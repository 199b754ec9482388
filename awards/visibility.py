"""Who sees what of a contest: the one policy that lists, counts, mails, search, exports and the API all ask.

Deny by default: what is not granted here is not shown. The matrix is that of the research (section 3, 4.8). Rooms ask
with the question they have; none decides for itself.
"""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from awards.contests.enums import SHOWN, ContestState
from awards.entries.enums import JUDGED, EntryState
from awards.judging.enums import JUDGES_WORK, MAY_JUDGE, ConflictStatus
from awards.models import (
    Assignment,
    Ballot,
    Conflict,
    Contest,
    ContestEntry,
    ContestMember,
    EntryHelper,
    Judge,
    PlanItem,
)
from references.accounts.selectors import hidden_from
from refprogram.people.models import User

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
    rows = ContestEntry.objects.filter(state__in=HANDED_IN, version__gt=0)
    tied = Conflict.objects.filter(judge__person=user.person_id, status=ConflictStatus.CONFIRMED)
    rows = rows.exclude(pk__in=tied.values("entry"))
    if user.has_perm("awards.start_contests"):
        return rows
    works_for = ContestMember.objects.filter(user=user.pk, part__in=["manager", "screener", "certifier"])
    return rows.filter(contest__in=works_for.values("contest"))


def may_read(user: User, entry: ContestEntry) -> bool:
    """Whether a colleague may read what the entry says: helpers always, the program once it was handed in."""
    if entry.owner_id == user.person_id or entry.helpers.filter(person=user.person_id).exists():
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
    return Conflict.objects.filter(
        judge__contest=entry.contest_id, judge__person=user.person_id, entry=entry, status=ConflictStatus.CONFIRMED
    ).exists()


def work_for(judge: Judge) -> QuerySet[Assignment]:
    """Return what a judge sees as theirs: released, papers signed, still in the contest, without a tie that binds."""
    return work_of(judge.pk) if judge.state in MAY_JUDGE else Assignment.objects.none()


def work_of(judge: Any) -> QuerySet[Assignment]:
    """Return the same by the judge's key, for statements that are written once: papers are the caller's to ask for."""
    bound = Conflict.objects.filter(judge=judge, status=ConflictStatus.CONFIRMED).values("entry")
    theirs = Assignment.objects.filter(judge=judge, state__in=JUDGES_WORK, place__entry__state__in=JUDGED)
    return theirs.exclude(place__entry__in=bound)


def contests_run_by(user: User) -> QuerySet[Contest]:
    """Return the contests whose judging a colleague runs: panel, ties, coverage."""
    if user.has_perm("awards.start_contests"):
        return Contest.objects.all()
    return Contest.objects.filter(members__user=user, members__part="manager")


def tied_entries(user: User) -> QuerySet[Conflict, Any]:
    """Return the entries that a colleague who judges too has a tie to: nothing of who judges them is shown."""
    rows = Conflict.objects.filter(judge__person=user.person_id, status=ConflictStatus.CONFIRMED)
    return rows.values("entry")


def scores_open(user: User, contest: Contest) -> bool:
    """Whether means, ranks and ballots may be seen: by who runs or certifies it, once judging is over."""
    return contest.state not in BEFORE_SCORES and user.has_perm("awards.read_results", contest)


def with_scores_open(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """Say of each ballot of contests that the reader runs whether its scores may be seen: `scores_open`."""
    closed = Q(assignment__round__contest__state__in=BEFORE_SCORES)
    return ballots.annotate(scores_open=ExpressionWrapper(~closed, output_field=BooleanField()))
