"""What came of a contest: references, stories, outcomes, and what one reference cost."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from awards import visibility
from awards.closing.models import FollowUp, RecordedResult
from awards.contests.enums import Audience
from awards.entries.enums import JUDGED, EntryState
from awards.models import Contest, ContestEntry, EntryConsent, EntryMetric
from references.accounts import clock
from references.accounts.enums import Membership
from references.content.enums import USABLE
from references.models import MembershipStep
from refprogram.people.models import User

STORY = "case_study"
NOT_HANDED_IN = (EntryState.DRAFT, EntryState.APPROVAL)


@dataclass(frozen=True)
class Yield:
    """What a customers' contest brought, in figures.

    A *reference* is a customer with an eligible entry who, after handing it in, began to take part in the reference
    program, or gave a story that may be used; each customer counts once.
    `per_entry` = references / eligible entries. `cost_each` = what the contest cost / references.
    """

    entries: int
    eligible: int
    agreed: int
    drafted: int
    usable: int
    recorded: int
    verified: int
    references: int
    cost: Decimal | None

    @property
    def per_entry(self) -> float | None:
        """References per eligible entry; None without an entry."""
        return self.references / self.eligible if self.eligible else None

    @property
    def cost_each(self) -> Decimal | None:
        """Cost per reference; None while nothing came of it, or its cost is not known."""
        if self.cost is None or not self.references:
            return None
        return (self.cost / self.references).quantize(Decimal("0.01"))


def agreed_to_story() -> QuerySet[EntryConsent]:
    """Return the consents to a story that hold today."""
    rows = EntryConsent.objects.filter(use=STORY, given=True, revoked_at__isnull=True)
    gone = Q(consent__revoked_at__isnull=False) | Q(consent__expires_on__lt=clock.today())
    return rows.exclude(gone)


def yield_of(contest: Contest) -> Yield:
    """Return what came of a contest; two queries, whatever its size."""
    usable = FollowUp.objects.filter(entry=OuterRef("pk"), asset__state__in=USABLE)
    joined = MembershipStep.objects.filter(
        account=OuterRef("account"), contact__isnull=True, state=Membership.ACTIVE, at__gte=OuterRef("submitted_at")
    )
    mine = ContestEntry.objects.filter(contest=contest, anchor=False).exclude(state__in=NOT_HANDED_IN)
    mine = mine.filter(submitted_at__isnull=False)
    judged = Q(state__in=JUDGED, account__isnull=False)
    counted = mine.annotate(
        is_usable=Exists(usable), has_joined=Exists(joined),
        has_agreed=Exists(agreed_to_story().filter(entry=OuterRef("pk"))),
        is_drafted=Exists(FollowUp.objects.filter(entry=OuterRef("pk"), asset__isnull=False)),
    ).aggregate(
        entries=Count("pk"),
        eligible=Count("pk", filter=Q(state__in=JUDGED)),
        agreed=Count("pk", filter=judged & Q(has_agreed=True)),
        drafted=Count("pk", filter=judged & Q(is_drafted=True)),
        usable=Count("pk", filter=judged & Q(is_usable=True)),
        references=Count("account", filter=judged & (Q(is_usable=True) | Q(has_joined=True)), distinct=True),
    )  # fmt: skip
    outcomes = RecordedResult.objects.filter(metric__entry__contest=contest).aggregate(
        recorded=Count("pk"), verified=Count("pk", filter=Q(outcome__verified_at__isnull=False))
    )
    return Yield(**counted, **outcomes, cost=contest.cost)


# ---------------------------------------------------------------- entry by entry


def followed_in(contest: Contest, user: User) -> QuerySet[ContestEntry]:
    """Return the customers' entries of a contest that were judged, each with what it became. Not what the reader has

    a tie to. Two queries for a page of any length.
    """
    results = EntryMetric.objects.filter(before__isnull=False, after__isnull=False)
    results = results.select_related("recorded__outcome").order_by("position", "pk")
    rows = ContestEntry.objects.filter(contest=contest, anchor=False, account__isnull=False, state__in=JUDGED)
    rows = rows.exclude(pk__in=visibility.tied_entries(user))
    rows = rows.annotate(agreed=Exists(agreed_to_story().filter(entry=OuterRef("pk"))))
    rows = rows.select_related("contest", "account", "follow_up__asset", "follow_up__writer__person")
    return rows.prefetch_related(Prefetch("metrics", results)).order_by(F("submitted_at"), "pk")


def entry_to_follow(user: User, public_id: str) -> QuerySet[ContestEntry]:
    """Return one judged entry of a customer, of a contest that the colleague runs."""
    rows = ContestEntry.objects.filter(contest__in=visibility.contests_run_by(user), public_id=public_id, anchor=False)
    rows = rows.exclude(pk__in=visibility.tied_entries(user)).filter(account__isnull=False, state__in=JUDGED)
    return rows.select_related("contest__owner", "account", "contact", "owner")


def of_account(user: User, account: Any) -> list[ContestEntry]:
    """Return the entries of a customer that a colleague may know of, newest first, without drafts' words."""
    rows = visibility.entries_for(user).filter(account=account).exclude(state=EntryState.DRAFT)
    rows = rows.select_related("contest", "follow_up__asset")
    return list(rows.prefetch_related("places__category").order_by("-contest__year", "-pk")[:20])


def is_about_customers(contest: Contest) -> bool:
    """Whether references may come of it at all."""
    return contest.audience == Audience.CUSTOMERS
