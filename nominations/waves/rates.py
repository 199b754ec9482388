"""The program's own past, as rates: nominations per person and week after an opening, decisions per working day."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Min, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from nominations.campaigns.enums import CampaignState
from nominations.campaigns.selectors.audience import audience_of, colleagues_asked
from nominations.enums import OwnerAnswer
from nominations.models import Campaign, Cohort, Nomination
from nominations.waves import policy
from references.accounts import clock
from refprogram.people.calendars.selectors import default_calendar, working_time

WEEKS: Final = 8
A_WEEK: Final = dt.timedelta(days=7)
# Below so many days with decisions the plan's own figure is used instead.
ENOUGH_DAYS: Final = 10
# Working days that an owner takes to answer, before anybody has answered.
USUAL_ANSWER: Final = 2
MOST_ANSWERS: Final = 2_000


@dataclass(frozen=True)
class Week:
    """What one week after openings brought: people who had it, nominations by them, the rate made of both."""

    people: int
    nominations: int
    rate: float


@dataclass(frozen=True)
class Rates:
    """What was learned, with the numbers it was learned from."""

    weeks: tuple[Week, ...]
    openings: int
    baseline: float
    nominations: int
    people: int
    over_weeks: float
    decided: int
    decided_days: int
    days_with_decisions: int
    answer_days: int
    answers: int

    @property
    def assumed(self) -> bool:
        """Whether there is no past, so that the program settings had to stand in."""
        return self.nominations == 0

    def capacity(self, per_day: int) -> float:
        """Return how many are decided on a working day: as on busy days lately, as planned while too little is known.

        `decided` and `decided_days` are of the busier half of the days with decisions: on the others there may have
        been little to decide, which says nothing of what can be done.
        """
        enough = self.days_with_decisions >= ENOUGH_DAYS
        return self.decided / self.decided_days if enough else float(per_day)


@dataclass(frozen=True)
class _Opened:
    """Something that asked people to nominate, and when."""

    kind: str
    pk: int
    on: dt.date
    until: dt.date
    people: int


def learn() -> Rates:
    """Read the past; the number of queries does not grow with it but by one for each past campaign."""
    figures, today = policy.now(), clock.today()
    since = timezone.now() - figures.learned_from
    rows = Nomination.objects.filter(submitted_at__gte=since)
    seen = rows.aggregate(n=Count("pk"), first=Min("submitted_at"))
    people = colleagues_asked().count()
    weeks_of = max(1.0, (timezone.now() - seen["first"]) / A_WEEK) if seen["first"] else 0.0
    baseline = seen["n"] / (people * weeks_of) if seen["n"] and people else figures.per_hundred / 100
    openings = _openings(since.date(), today)
    decided, decided_days, days_with_decisions = _decisions(figures.decided_lately)
    answer_days, answers = _answers(since)
    return Rates(
        weeks=_weeks(openings, baseline, figures.weight, today),
        openings=len(openings),
        baseline=baseline,
        nominations=seen["n"],
        people=people,
        over_weeks=weeks_of,
        decided=decided,
        decided_days=decided_days,
        days_with_decisions=days_with_decisions,
        answer_days=answer_days,
        answers=answers,
    )


def _openings(since: dt.date, today: dt.date) -> list[_Opened]:
    cohorts = Cohort.objects.filter(opened_at__isnull=False, opens_on__gte=since).annotate(n=Count("members"))
    found = [
        _Opened("cohort", row.pk, clock.today(row.opened_at), min(row.closes_on, today), row.n)
        for row in cohorts.order_by("pk")
    ]
    begun = (CampaignState.RUNNING, CampaignState.ENDED)
    alone = Campaign.objects.filter(state__in=begun, starts_on__range=(since, today), waves__isnull=True)
    for row in alone.prefetch_related("teams", "regions").order_by("pk"):
        people = audience_of(row).count()
        found.append(_Opened("campaign", row.pk, row.starts_on, min(row.ends_on, today), people))
    return found


def _weeks(openings: list[_Opened], baseline: float, weight: int, today: dt.date) -> tuple[Week, ...]:
    """Count whole weeks only; the yearly mean weighs as much as `weight` people would for a week."""
    people, number = [0] * WEEKS, [0] * WEEKS
    known = {(one.kind, one.pk): one for one in openings}
    for one in openings:
        whole = ((min(one.until, today) - one.on).days + 1) // 7
        for week in range(min(whole, WEEKS)):
            people[week] += one.people
    asked = Q(cohort__in=[pk for kind, pk in known if kind == "cohort"])
    asked |= Q(campaign__in=[pk for kind, pk in known if kind == "campaign"])
    for cohort, campaign, at in Nomination.objects.filter(asked).values_list("cohort", "campaign", "submitted_at"):
        found = known.get(("cohort", cohort)) or known.get(("campaign", campaign))
        if found is None:
            continue
        week, whole = (clock.today(at) - found.on).days // 7, ((found.until - found.on).days + 1) // 7
        if 0 <= week < min(whole, WEEKS):
            number[week] += 1
    return tuple(
        Week(people[at], number[at], (number[at] + weight * baseline) / (people[at] + weight)) for at in range(WEEKS)
    )


def _decisions(lately: dt.timedelta) -> tuple[int, int, int]:
    """Return how many were decided on the busier half of the days with decisions; how many days these, and all, are."""
    rows = Nomination.objects.filter(decided_at__gte=timezone.now() - lately)
    by_day = rows.annotate(day=TruncDate("decided_at", tzinfo=clock.zone())).values("day").annotate(n=Count("pk"))
    counted = sorted((row["n"] for row in by_day.order_by("day")), reverse=True)
    busier = counted[: (len(counted) + 1) // 2]
    return sum(busier), len(busier), len(counted)


def _answers(since: dt.datetime) -> tuple[int, int]:
    """Return how many working days an owner takes, and of how many answers that is the mean."""
    rows = Nomination.objects.filter(owner_answered_at__gte=since).exclude(owner_answer=OwnerAnswer.NOT_NEEDED)
    pairs = rows.filter(owner_answered_at__gte=F("submitted_at")).order_by("-owner_answered_at")
    answered = list(pairs.values_list("submitted_at", "owner_answered_at")[:MOST_ANSWERS])
    if not answered:
        return USUAL_ANSWER, 0
    works = working_time(default_calendar())
    days = [max(0, works.days_between(clock.today(a), clock.today(b)) - 1) for a, b in answered]
    return round(sum(days) / len(days)), len(answered)
