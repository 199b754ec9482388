"""Whom a wave is for, and in which cohort each of them is asked."""

from collections.abc import Collection, Iterable, Sequence
from operator import attrgetter

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nominations.campaigns.selectors.audience import audience_of, colleagues_asked
from nominations.models import Cohort, CohortMember, Wave
from nominations.waves.cutting import NOWHERE, Colleague, Rule, matcher
from nominations.waves.enums import WaveCut
from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.selectors import cut
from refprogram.people.models import Region, Team, User

_WITHOUT = {WaveCut.TEAM: _("Without a team"), WaveCut.REGION: _("Without a region")}
COLUMNS = ("pk", "public_id", "person__name", "team_id", "team__region_id")


def population(wave: Wave) -> QuerySet[User]:
    """Return the colleagues whom a wave is for: its campaign's audience, narrowed to its roles."""
    rows = audience_of(wave.campaign) if wave.campaign is not None else colleagues_asked()
    return rows.filter(role__in=wave.roles) if wave.roles else rows


def reached(wave: Wave) -> QuerySet[User]:
    """Return those of them whom it asks by now: while it is tried, the people of its pilot."""
    return cut(population(wave), PilotKind.WAVE, wave.public_id)


def colleagues_of(wave: Wave) -> list[Colleague]:
    """Return the same as a cut asks for them; one query."""
    return [Colleague(*row) for row in population(wave).order_by("pk").values_list(*COLUMNS)]


def counts(wave: Wave, rules: Sequence[Rule], people: Collection[Colleague]) -> list[int]:
    """Return how many each of these rules asks."""
    asked = [matcher(wave.cut, rule, wave.public_id) for rule in rules]
    return [sum(map(ask, people)) for ask in asked]


def placed(wave: Wave, cohorts: Sequence[Cohort], people: Iterable[Colleague]) -> dict[int, Cohort]:
    """Return in which cohort each of these is asked: by the rule, or where that is over or has none for them,
    in the first one that is not over yet."""
    asked = [(cohort, matcher(wave.cut, cohort.rule, wave.public_id)) for cohort in cohorts]
    later = next((cohort for cohort in cohorts if cohort.closed_at is None), None)
    found = {}
    for one in people:
        own = next((cohort for cohort, ask in asked if ask(one)), None)
        cohort = own if own is not None and own.closed_at is None else later
        if cohort is not None:
            found[one.user_id] = cohort
    return found


def turn_of(wave: Wave, user: User) -> Cohort | None:
    """Return the cohort in which a wave asks this colleague, open, over or to come; None for whom it is not."""
    member = CohortMember.objects.filter(wave=wave, user=user).select_related("cohort").first()
    if member is not None:
        return member.cohort
    cohorts = list(Cohort.objects.filter(wave=wave).order_by("number"))
    asked = [Colleague(*row) for row in reached(wave).filter(pk=user.pk).values_list(*COLUMNS)]
    return placed(wave, cohorts, asked).get(user.pk)


def unplaced(wave: Wave) -> list[Colleague]:
    """Return whom the wave is for and who is in none of its cohorts yet."""
    members = CohortMember.objects.filter(wave=wave).values("user")
    rows = reached(wave).exclude(pk__in=members).order_by("pk")
    return [Colleague(*row) for row in rows.values_list(*COLUMNS)]


def groups(cut: str) -> dict[int, str]:
    """Return what a cohort by team or region may be made of: id and name."""
    if cut not in {WaveCut.TEAM, WaveCut.REGION}:
        return {}
    rows: QuerySet[Team] | QuerySet[Region] = Team.objects.all() if cut == WaveCut.TEAM else Region.objects.all()
    return dict(rows.order_by("name").values_list("pk", "name"))


def choices_of(cut: str, people: Iterable[Colleague]) -> dict[int, str]:
    """Return the same, with "without" where somebody has none."""
    if cut not in _WITHOUT:
        return {}
    found = groups(cut)
    key = attrgetter("team_id" if cut == WaveCut.TEAM else "region_id")
    if any(key(one) is None for one in people):
        found[NOWHERE] = str(_WITHOUT[WaveCut(cut)])
    return found
