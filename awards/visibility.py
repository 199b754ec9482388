"""Who sees what of a contest: the one policy that lists, counts, mails, search, exports and the API all ask.

Deny by default: what is not granted here is not shown. The matrix is that of the research (section 3, 4.8). Rooms ask
with the question they have; none decides for itself.
"""

from django.db.models import Q, QuerySet

from awards.contests.enums import SHOWN, ContestState
from awards.entries.enums import EntryState
from awards.judging.enums import ConflictStatus
from awards.models import CategoryEntry, Conflict, Contest, ContestEntry, Judge
from refprogram.people.models import User

# A draft belongs to who writes it: others see that it is there, and not what it says.
HANDED_IN = [state for state in EntryState.values if state not in (EntryState.DRAFT, EntryState.APPROVAL)]


def contests_for(user: User) -> QuerySet[Contest]:
    """Return the contests that a colleague may look at: announced ones, and those that they run or work for."""
    if user.has_perm("awards.start_contests"):
        return Contest.objects.all()
    if not user.has_perm("awards.see_contests"):
        return Contest.objects.filter(members__user=user).distinct()
    return Contest.objects.filter(Q(state__in=SHOWN) | Q(members__user=user)).distinct()


def entries_for(user: User) -> QuerySet[ContestEntry]:
    """Return the entries whose existence and state a colleague may know: those of the contests they run or screen,

    of accounts that they own, that they brought, or that they help to write. What they may read is `may_read`.
    """
    everything = ContestEntry.objects.filter(anchor=False)
    if user.has_perm("awards.start_contests"):
        return everything
    mine = (
        Q(contest__members__user=user, contest__members__part__in=["manager", "screener", "certifier"])
        | Q(account__owner=user)
        | Q(nominator=user)
        | Q(helpers__person=user.person_id)
        | Q(owner=user.person_id)
        | Q(team__members=user)
    )
    return everything.filter(mine).distinct()


def may_read(user: User, entry: ContestEntry) -> bool:
    """Whether a colleague may read what the entry says: helpers always, the program once it was handed in."""
    if entry.owner_id == user.person_id or entry.helpers.filter(person=user.person_id).exists():
        return True
    if entry.state not in HANDED_IN:
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


def places_for(judge: Judge) -> QuerySet[CategoryEntry]:
    """Return what a judge may open: what is assigned to them and released, without a tie that binds."""
    from_conflicts = Conflict.objects.filter(judge=judge, status=ConflictStatus.CONFIRMED).values("entry")
    return CategoryEntry.objects.filter(
        assignments__judge=judge,
        assignments__state__in=["released", "opened", "in_progress", "submitted", "locked", "lapsed"],
    ).exclude(entry__in=from_conflicts)


def scores_open(user: User, contest: Contest) -> bool:
    """Whether means, ranks and ballots may be seen: by who runs or certifies it, once judging is over."""
    over = contest.state not in (
        *(ContestState.DRAFT, ContestState.ANNOUNCED, ContestState.OPEN, ContestState.CLOSED),
        *(ContestState.SCREENING, ContestState.JUDGING, ContestState.CANCELLED),
    )
    return over and (user.has_perm("awards.run_contest", contest) or user.has_perm("awards.certify_results", contest))
