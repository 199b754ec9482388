"""One piece of work looked at by itself: who may see it, who may correct it, and the ballots that were sent for it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from awards import visibility
from awards.judging.enums import BallotState
from awards.judging.selectors.running import visible_assignments
from awards.models import Assignment, Ballot, CategoryDelegate, ContestMember, Judge
from refprogram.people.models import User

NEVER_JUDGED = ("suggested", "declined", "expired")


@dataclass(frozen=True)
class Seen:
    """A piece of work that a colleague may look at, and whether they are one of those who correct it.

    Who runs the contest, or stands in for the category, opens a ballot again and asks that one does not count. The
    second person, who decides that, may also be a certifier: whoever sees the work.
    """

    work: Assignment
    corrects: bool


def seen_by(user: User, public_id: str) -> Seen | None:
    """Return one piece of work as a colleague may see it; None where they may not. One query, two for certifiers."""
    for rows, corrects in ((visible_assignments(user), True), (_certified_by(user), False)):
        if rows is not None and (work := rows.filter(public_id=public_id).first()) is not None:
            return Seen(work, corrects)
    return None


def _certified_by(user: User) -> QuerySet[Assignment] | None:
    """Return the work of closed rounds of contests that a colleague certifies and does not judge in, without ties."""
    if not user.has_perm("awards.may_certify"):
        return None
    signs = ContestMember.objects.filter(user=user.pk, part="certifier").values("contest")
    judges = Judge.objects.filter(person=user.person_id).exclude(state__in=NEVER_JUDGED).values("contest")
    rows = Assignment.objects.filter(round__closed_at__isnull=False, round__contest__in=signs)
    rows = rows.exclude(round__contest__in=judges).exclude(place__category__in=visibility.masked_categories(user))
    return rows.select_related("judge__person", "round__contest", "place__entry", "place__category")


def ballots_of(work: Assignment) -> list[Ballot]:
    """Return what was sent for it, the newest first, and a draft only where it was opened again by hand."""
    rows = Ballot.objects.filter(assignment=work).exclude(state=BallotState.DRAFT, reopened_reason="")
    return list(rows.select_related("void_asked_by__person", "voided_by__person").order_by("-version"))


def ballots_named(public_id: str) -> QuerySet[Ballot]:
    """Return the ballot of this name, as rows, with its work; whoever asks sees to who may know of it."""
    rows = Ballot.objects.filter(public_id=public_id).exclude(state=BallotState.DRAFT)
    return rows.select_related("assignment__judge", "assignment__round__contest")


def ballot_named(public_id: str) -> Ballot | None:
    """Return the ballot of this name that was sent."""
    return ballots_named(public_id).first()


def who_may_decide(work: Assignment) -> list[User]:
    """Return who may be the second person of a ballot: who runs or certifies the contest, or runs the category."""
    parts = ContestMember.objects.filter(contest=work.round.contest_id, part__in=["manager", "certifier"])
    delegate = CategoryDelegate.objects.filter(category=work.place.category_id)
    known = Q(pk__in=parts.values("user")) | Q(pk__in=delegate.values("user"))
    users = User.objects.filter(known, is_active=True).select_related("person").order_by("pk")
    return [user for user in users if seen_by(user, work.public_id) is not None]
