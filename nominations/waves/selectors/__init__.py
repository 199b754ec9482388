"""Reading waves: which runs, what it does to a nomination that comes in, how far it is."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet

from nominations.enums import NominationState
from nominations.models import Cohort, Nomination, Wave
from nominations.waves.cutting import Colleague, Problem, clean, problems
from nominations.waves.enums import WaveState
from nominations.waves.selectors import people
from references.accounts import clock
from references.coverage.enums import OPEN_PLANS
from references.models import Account, TargetPlan
from refprogram.kernel.labels import Label
from refprogram.people.calendars.selectors import default_calendar, working_time
from refprogram.people.models import User

__all__ = [
    "IN_WORK",
    "Intake",
    "Load",
    "Plan",
    "by_id",
    "cohort_labels",
    "cohorts_of",
    "expected_day",
    "intake",
    "load",
    "plan_of",
    "running_wave",
    "tried",
    "visible_to",
    "wave_labels",
    "with_list_facts",
]

# What takes a screener's room: also what waits for the owner's word, for it comes to them within days.
IN_WORK = (NominationState.SUBMITTED, NominationState.SCREENING)
UNDER_WAY = (WaveState.RUNNING, WaveState.PAUSED)


def visible_to(user: User) -> QuerySet[Wave]:
    """Return the waves that this colleague may see."""
    rows = Wave.objects.select_related("campaign", "owner__person")
    return rows if user.has_perm("nominations.see_waves") else rows.none()


def wave_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return how waves are called in a sentence; with a link for who may open them."""
    may = viewer.has_perm("nominations.see_waves")
    rows = Wave.objects.filter(pk__in=list(ids)).only("public_id", "name")
    return {row.pk: Label(row.name, row.get_absolute_url() if may else "") for row in rows}


def cohort_labels(ids: Iterable[int], viewer: Any) -> Mapping[int, Label]:
    """Return how cohorts are called in a sentence, with the page of their wave."""
    may = viewer.has_perm("nominations.see_waves")
    rows = Cohort.objects.filter(pk__in=list(ids)).select_related("wave")
    return {row.pk: Label(row.name, row.wave.get_absolute_url() if may else "") for row in rows}


def by_id(pk: int) -> Wave:
    """Return a wave, for handlers and jobs."""
    return Wave.objects.select_related("campaign", "owner__person").get(pk=pk)


def cohorts_of(wave: Wave) -> list[Cohort]:
    """Return a wave's cohorts in their order, with how many are members."""
    return list(Cohort.objects.filter(wave=wave).annotate(size=Count("members")).order_by("number"))


def running_wave() -> Wave | None:
    """Return the wave that is under way; there is at most one, because there is one room for screening."""
    return Wave.objects.filter(state__in=UNDER_WAY).order_by("pk").first()


# ---------------------------------------------------------------- intake


@dataclass(frozen=True)
class Load:
    """What screening has to do: what is in work, and what waits before it."""

    in_work: int
    queued: int

    @property
    def backlog(self) -> int:
        """Everything that somebody has nominated and nobody has decided on."""
        return self.in_work + self.queued

    def days(self, wave: Wave) -> float:
        """Return how many working days the screeners need for all of it."""
        return self.backlog / wave.per_day


def load() -> Load:
    """Count what screening has to do; one query."""
    rows = Nomination.objects.aggregate(
        # A second nomination of a customer takes no room of its own: it is joined to the first.
        in_work=Count("pk", filter=Q(state__in=IN_WORK, second_to__isnull=True)),
        queued=Count("pk", filter=Q(state=NominationState.QUEUED)),
    )
    return Load(rows["in_work"], rows["queued"])


@dataclass(frozen=True)
class Intake:
    """What happens to a nomination that comes in now: whether it waits, with which cohort it came, until when."""

    queue: bool
    cohort: Cohort | None = None
    expected_on: dt.date | None = None


def intake(user: User, account: Account | None = None) -> Intake:
    """Return what the wave under way does to a nomination by this colleague; without a wave nothing waits.

    What comes in while a wave is paused, while others wait, or beyond the room of screening, waits for its turn. An
    account that is on somebody's plan was looked for: it never waits. Two that come in at the same moment are let in
    one after the other (inside a transaction the wave's row is held), so the room is never overrun.
    """
    waves = Wave.objects.filter(state__in=UNDER_WAY).order_by("pk")
    wave = (waves.select_for_update() if connection.in_atomic_block else waves).first()
    if wave is None:
        return Intake(queue=False)
    cohort = Cohort.objects.filter(wave=wave, opened_at__isnull=False, members__user=user).first()
    now = load()
    room = wave.state == WaveState.RUNNING and not now.queued and now.in_work < wave.in_work
    if room or (account is not None and _is_planned(account)):
        return Intake(queue=False, cohort=cohort)
    return Intake(queue=True, cohort=cohort, expected_on=expected_day(wave, now, place=now.queued + 1))


def _is_planned(account: Account) -> bool:
    return TargetPlan.objects.filter(account=account, state__in=OPEN_PLANS).exists()


def expected_day(wave: Wave, now: Load, *, place: int, works: Any = None) -> dt.date:
    """Return the working day on which the nomination at this place of the queue is expected to have its turn."""
    works = works or working_time(default_calendar())
    to_go = max(1, now.in_work + place - wave.in_work)
    day: dt.date = works.add_days(clock.today(), math.ceil(to_go / wave.per_day))
    return day


# ---------------------------------------------------------------- a wave's page


def with_list_facts(rows: QuerySet[Wave]) -> QuerySet[Wave]:
    """Return the waves with how many cohorts each has."""
    return rows.annotate(cohort_count=Count("cohorts"))


@dataclass(frozen=True)
class Plan:
    """A wave's cohorts with everything that their calendar shows."""

    cohorts: list[Cohort]
    sizes: list[int]
    groups: Mapping[int, str]
    works: Any
    came: Mapping[int, int]
    problems: list[Problem]
    people: list[Colleague]


def plan_of(wave: Wave) -> Plan:
    """Return the cohorts: those that opened with their members, the others with whom their rule asks."""
    cohorts, colleagues = cohorts_of(wave), people.colleagues_of(wave)
    counted = people.counts(wave, [row.rule for row in cohorts], colleagues)
    rows = Nomination.objects.filter(cohort__wave=wave).values_list("cohort").annotate(n=Count("pk")).order_by()
    return Plan(
        cohorts=cohorts,
        sizes=[
            row.size if row.opened_at is not None else number  # type: ignore[attr-defined]
            for row, number in zip(cohorts, counted, strict=True)
        ],
        groups=people.choices_of(wave.cut, colleagues),
        works=working_time(default_calendar()),
        came=dict(rows),
        problems=problems(wave.cut, [row.rule for row in cohorts], colleagues, wave.public_id),
        people=colleagues,
    )


def tried(wave: Wave, plan: Plan, planned: Sequence[Any]) -> Plan:
    """Return the plan with other people and dates for the cohorts that have not opened; nothing is kept."""
    for row, one in zip(plan.cohorts, planned, strict=True):
        if row.opened_at is None:
            row.rule, row.name = clean(wave.cut, one.rule), one.name
            row.opens_on, row.closes_on = one.opens_on, one.closes_on
    rules = [row.rule for row in plan.cohorts]
    counted = people.counts(wave, rules, plan.people)
    sizes = [
        size if row.opened_at is not None else number
        for row, size, number in zip(plan.cohorts, plan.sizes, counted, strict=True)
    ]
    return replace(plan, sizes=sizes, problems=problems(wave.cut, rules, plan.people, wave.public_id))
