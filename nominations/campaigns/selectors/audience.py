"""Whom a campaign is for: colleagues, and the customers of the same teams and regions."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from nominations.models import Campaign, CohortMember
from nominations.waves.enums import WaveState
from references.accounts.enums import POOL
from references.models import Contact
from refprogram.people.enums import Role
from refprogram.people.models import NO_MAIL_DOMAIN, User

# While one of these is planned or under way, a campaign's colleagues are asked cohort by cohort.
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


def asked_now(campaign: Campaign) -> QuerySet[User]:
    """Return those of them whose turn it is: with waves, who is in a cohort that has opened."""
    rows = audience_of(campaign)
    if not campaign.waves.filter(state__in=WITH_COHORTS).exists():
        return rows
    opened = CohortMember.objects.filter(cohort__opened_at__isnull=False, wave__campaign=campaign, user=OuterRef("pk"))
    return rows.filter(Exists(opened))


def all_asked(campaign: Campaign) -> bool:
    """Whether everybody's turn has come: no cohort of the campaign's waves is still to open."""
    waves = campaign.waves.filter(state__in=WITH_COHORTS)
    return not waves.filter(cohorts__opened_at__isnull=True).exists()


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
