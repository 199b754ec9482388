"""Whom a campaign is for: colleagues, and the customers of the same teams and regions."""

import datetime as dt
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from nominations.campaigns.enums import CampaignState, MessageChannel
from nominations.models import Campaign, CohortMember
from nominations.waves.enums import WaveState
from references.accounts import clock
from references.accounts.enums import POOL
from references.models import Contact
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


def customers_of(campaign: Campaign) -> QuerySet[Contact]:
    """Return the customers' people whom a campaign may write to: who takes part, at accounts of its teams or regions.

    Whether each of them may be asked today is decided one by one, by `reserve_ask`.
    """
    rows = Contact.objects.filter(state__in=POOL, left_company_at__isnull=True).exclude(person__email="")
    teams, regions = _places(campaign)
    if teams or regions:
        rows = rows.filter(Q(account__owner__team__in=teams) | Q(account__region__in=regions))
    return rows


def _places(campaign: Campaign) -> tuple[list[int], list[int]]:
    return [row.pk for row in campaign.teams.all()], [row.pk for row in campaign.regions.all()]


def is_in_audience(campaign: Campaign, user: User) -> bool:
    """Whether a campaign asks somebody."""
    return audience_of(campaign).filter(pk=user.pk).exists()
