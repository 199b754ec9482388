"""Which customers could still enter a contest, and whose they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from awards.contests.models import Contest
from awards.entries.enums import OPEN_INVITES, EntryState
from awards.models import ContestEntry, EntryInvite
from references.accounts.enums import Membership
from references.models import Account
from refprogram.people.models import User

# Members first: they have said yes to speaking for us.
MEMBERS = (Membership.ACTIVE, Membership.REVIEW_DUE)
SHOWN = 25
NAMED = 3


def could_enter(contest: Contest) -> QuerySet[Account]:
    """Return the customers who could be asked to enter: members of the program, free, and not in it already."""
    entered = ContestEntry.objects.filter(contest=contest, account=OuterRef("pk"))
    asked = EntryInvite.objects.filter(contest=contest, account=OuterRef("pk"), state__in=OPEN_INVITES)
    rows = Account.objects.filter(state__in=MEMBERS, frozen=False, merged_into__isnull=True)
    return rows.exclude(Exists(entered)).exclude(Exists(asked))


def of_colleague(contest: Contest, user: User) -> list[Account]:
    """Return those that one colleague looks after, the most willing first."""
    rows = could_enter(contest).filter(Q(owner=user.pk) | Q(csm=user.pk))
    return list(rows.order_by("-readiness", "name", "pk")[:SHOWN])


def entries_of_colleague(contest: Contest, user: User) -> list[ContestEntry]:
    """Return the entries of their customers; what a draft says is not read here."""
    rows = ContestEntry.objects.filter(Q(account__owner=user.pk) | Q(account__csm=user.pk), contest=contest)
    return list(rows.select_related("account").order_by("account__name", "pk")[:SHOWN])


@dataclass(frozen=True)
class Duty:
    """What one account owner could do for a contest."""

    user: User
    could: list[str]
    drafts: int


def duties(contest: Contest) -> Iterator[Duty]:
    """Yield every account owner with customers who could enter or have not finished. Three queries."""
    could: dict[int, list[str]] = {}
    rows = could_enter(contest).filter(owner__isnull=False).order_by("-readiness", "name", "pk")
    for owner, name in rows.values_list("owner", "name"):
        could.setdefault(owner, []).append(name)
    drafts: dict[int, int] = {}
    unfinished = ContestEntry.objects.filter(contest=contest, state__in=(EntryState.DRAFT, EntryState.APPROVAL))
    for owner in unfinished.filter(account__owner__isnull=False).values_list("account__owner", flat=True):
        drafts[owner] = drafts.get(owner, 0) + 1
    owners = User.objects.filter(pk__in={*could, *drafts}, is_active=True).select_related("person")
    for user in owners.order_by("pk"):
        yield Duty(user, could.get(user.pk, []), drafts.get(user.pk, 0))
