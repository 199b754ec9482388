"""What a campaign brought: its funnel by cohort and team, its messages with how many followed them, its money."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db.models import Count, Q, QuerySet

from nominations.enums import NominationState
from nominations.models import Campaign, CampaignMessage, KickoffItem, MessageSend, Nomination
from references.models import Contact
from refprogram.governance.budgets.models import Commitment
from refprogram.people.models import User

N = NominationState
# Somebody said yes to these; what the customer said comes after.
APPROVED = (N.APPROVED, N.OUTREACH, N.CUSTOMER_DECLINED, N.ENROLLED, N.FIRST_ACT)
NOT_COUNTED = (N.DRAFT, N.WITHDRAWN, N.MERGED)


@dataclass(frozen=True)
class Funnel:
    """How far the nominations of one group came; each step counts those who came at least so far."""

    nominated: int = 0
    approved: int = 0
    enrolled: int = 0
    first_act: int = 0

    def __add__(self, other: "Funnel") -> "Funnel":
        return Funnel(
            self.nominated + other.nominated,
            self.approved + other.approved,
            self.enrolled + other.enrolled,
            self.first_act + other.first_act,
        )


@dataclass(frozen=True)
class Group:
    """The funnel of one cohort or team; both names empty: of none."""

    cohort: str
    team: str
    funnel: Funnel


def _counted(campaign: Campaign) -> QuerySet[Nomination]:
    return Nomination.objects.filter(campaign=campaign).exclude(state__in=NOT_COUNTED)


_STEPS: Final = {
    "came": Count("pk"),
    "wanted": Count("pk", filter=Q(state__in=APPROVED) | Q(enrolled_at__isnull=False)),
    "won": Count("pk", filter=Q(enrolled_at__isnull=False)),
    "acted": Count("pk", filter=Q(first_act_at__isnull=False)),
}


def funnel_of(campaign: Campaign) -> list[Group]:
    """Return how far the nominations of a campaign came, by cohort and team; one grouped statement."""
    counted = _counted(campaign).order_by("cohort__number", "team__name")
    found = counted.values_list("cohort__name", "team__name").annotate(**_STEPS)
    return [Group(cohort or "", team or "", Funnel(*steps)) for cohort, team, *steps in found]


def own_part(campaign: Campaign, user: User) -> Funnel:
    """Return how far the nominations of one colleague came."""
    found = _counted(campaign).filter(nominator=user.pk).aggregate(**_STEPS)
    return Funnel(*(found[step] for step in _STEPS))


def total_of(groups: Sequence[Group]) -> Funnel:
    """Return the funnel of all of them."""
    return sum((group.funnel for group in groups), Funnel())


def by_name(groups: Sequence[Group], part: str) -> list[tuple[str, Funnel]]:
    """Return the funnel by `cohort` or `team`, those without one last."""
    found: dict[str, Funnel] = {}
    for group in groups:
        name = getattr(group, part)
        found[name] = found.get(name, Funnel()) + group.funnel
    return sorted(found.items(), key=lambda pair: (not pair[0], pair[0]))


# ---------------------------------------------------------------- messages, checklist, money


def messages_of(campaign: Campaign) -> list[CampaignMessage]:
    """Return the calendar of messages, with how many copies left, were refused and were followed, by subject."""
    sent, other = Q(sends__sent_at__isnull=False), Q(sends__other_subject=True)
    followed = Q(sends__followed_at__isnull=False)
    rows = CampaignMessage.objects.filter(campaign=campaign).select_related("asset")
    return list(
        rows.annotate(
            copies=Count("sends", filter=sent),
            copies_other=Count("sends", filter=sent & other),
            followed=Count("sends", filter=followed),
            followed_other=Count("sends", filter=followed & other),
            refused=Count("sends", filter=~Q(sends__refused="") & Q(sends__isnull=False)),
            waiting=Count("sends", filter=Q(sends__sent_at__isnull=True, sends__refused="")),
        ).order_by("send_on", "pk")
    )


def refused_of(message: CampaignMessage) -> QuerySet[MessageSend]:
    """Return whom a message did not reach, with the reason."""
    return MessageSend.objects.filter(message=message).exclude(refused="").select_related("person").order_by("pk")


def kickoff_of(campaign: Campaign) -> list[KickoffItem]:
    """Return the checklist, team by team as it stands."""
    rows = KickoffItem.objects.filter(campaign=campaign)
    return list(rows.select_related("who__person", "done_by__person").order_by("position", "pk"))


def promises_of(campaign: Campaign) -> list[Commitment]:
    """Return the money asked for, with the lines of the funds it comes from."""
    return list(campaign.commitments.select_related("fund", "line").order_by("pk"))


def money_of(promises: Sequence[Commitment]) -> tuple[Decimal, Decimal]:
    """Return what is asked for or promised, and what of it was spent."""
    held = sum((row.amount for row in promises if row.state != "released"), Decimal(0))
    return held, sum((row.spent for row in promises), Decimal(0))


def send_behind_link(send_id: int) -> MessageSend | None:
    """Return a copy with everything that its page shows; None if it is gone. One query."""
    rows = MessageSend.objects.select_related("message__campaign__sponsor__person", "person")
    return rows.filter(pk=send_id).first()


def contact_of(send: MessageSend) -> Contact | None:
    """Return the customer's person to whom a copy went."""
    rows = Contact.objects.filter(person=send.person_id).select_related("account__owner__person", "person")
    return rows.order_by("pk").first()
