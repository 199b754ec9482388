"""Whom a campaign is for: colleagues, and the customers of the same teams and regions."""

import datetime as dt
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from nominations.campaigns.enums import CampaignState, MessageChannel
from nominations.models import Campaign, CampaignMessage, CohortMember
from nominations.waves.enums import WaveState
from references.accounts import clock
from references.accounts.enums import POOL
from references.models import Contact
from references.surveys.selectors.audience import contacts_of
from refprogram.people.enums import Role
from refprogram.people.models import NO_MAIL_DOMAIN, User

# While one of these is planned or under way, a campaign's colleagues are asked cohort by cohort.
A_BEGINNING: Final = dt.timedelta()
WITH_COHORTS = (WaveState.PLANNED, WaveState.RUNNING, WaveState.PAUSED)


def colleagues_asked() -> QuerySet[User]:
    """Return everybody who can be asked to nominate: colleagues with access, no judges, no programs."""
    return User.objects.filter(is_active=True).exclude(Q(role=Role.JUDGE) | Q(email__endswith=f"@{NO_MAIL_DOMAIN}"))


def audience_of(campaign: Campaign) -> QuerySet[User]:
    """Return the colleagues whom a campaign asks: of its roles, and in one of its teams or regions."""
    rows = colleagues_asked()
    if campaign.roles:
        rows = rows.filter(role__in=campaign.roles)
    teams, regions = _places(campaign)
    if teams or regions:
        rows = rows.filter(Q(team__in=teams) | Q(team__region__in=regions))
    return rows


def asked_now(campaign: Campaign, after: dt.timedelta = A_BEGINNING) -> QuerySet[User]:
    """Return those whose turn it is. With waves that is who is in an open cohort, each `after` its own opening: a
    later cohort gets the same messages in the same order, and never all of them on one day.
    """
    rows = audience_of(campaign)
    if not campaign.waves.filter(state__in=WITH_COHORTS).exists():
        return rows
    mine = CohortMember.objects.filter(wave__campaign=campaign, user=OuterRef("pk"), cohort__closed_at__isnull=True)
    return rows.filter(Exists(mine.filter(cohort__opened_at__lt=_midnight_after(clock.today() - after))))


def all_asked(campaign: Campaign, after: dt.timedelta = A_BEGINNING) -> bool:
    """Whether everybody's turn has come: no cohort of the campaign's waves is still to open, or not `after` it yet."""
    waiting = Q(cohorts__opened_at__isnull=True)
    waiting |= Q(cohorts__opened_at__gte=_midnight_after(clock.today() - after))
    waves = campaign.waves.filter(state__in=WITH_COHORTS)
    return not waves.filter(waiting & Q(cohorts__closed_at__isnull=True)).exists()


def _midnight_after(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time.min, tzinfo=clock.zone())


def mails_its_cohorts(campaign: Campaign | None) -> bool:
    """Whether who opens a cohort today gets a mail of the campaign anyway: then no second one says the same."""
    if campaign is None or campaign.state != CampaignState.RUNNING:
        return False
    return campaign.messages.filter(channel=MessageChannel.MAIL, send_on__lte=campaign.starts_on).exists()


def customers_of(message: CampaignMessage) -> QuerySet[Contact]:
    """Return the customers' people to whom a message may go: who takes part, and whom its filters name; without any,
    those at accounts of the campaign's teams or regions.

    Whether each of them may be asked today is decided one by one, by `reserve_ask`.
    """
    rows = contacts_of(message.customers).filter(state__in=POOL).exclude(person__email="")
    if message.customers:
        return rows
    teams, regions = _places(message.campaign)
    if teams or regions:
        rows = rows.filter(Q(account__owner__team__in=teams) | Q(account__region__in=regions))
    return rows


def customers_of_all(campaign: Campaign) -> QuerySet[Contact]:
    """Return the customers' people to whom any message of a campaign may go."""
    messages = list(campaign.messages.filter(channel=MessageChannel.CUSTOMERS).order_by("pk"))
    for message in messages:
        message.campaign = campaign
    to_any = [Q(pk__in=customers_of(message).values("pk")) for message in messages]
    return Contact.objects.filter(reduce(or_, to_any)) if to_any else Contact.objects.none()


def _places(campaign: Campaign) -> tuple[list[int], list[int]]:
    return [row.pk for row in campaign.teams.all()], [row.pk for row in campaign.regions.all()]


def is_in_audience(campaign: Campaign, user: User) -> bool:
    """Whether a campaign asks somebody."""
    return audience_of(campaign).filter(pk=user.pk).exists()
