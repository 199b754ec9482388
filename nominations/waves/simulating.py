"""Simulating a wave of ours: its plan and the program's past put together; large ones as a job with progress."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import Any, Final

from django.db import transaction

from nominations.models import Cohort, Wave
from nominations.waves import policy
from nominations.waves.rates import Rates, learn
from nominations.waves.selectors import by_id, load
from nominations.waves.selectors.people import colleagues_of, counts
from nominations.waves.simulation import Opening, Outcome, Setting, simulate
from references.accounts import clock
from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.models import Job
from refprogram.people.calendars.selectors import default_calendar, working_time
from refprogram.people.models import User

KIND: Final = "simulate_wave"


@dataclass(frozen=True)
class WhatIf:
    """Other figures than the plan's; None: as planned."""

    in_work: int | None = None
    per_day: int | None = None
    days_each: int | None = None

    def __bool__(self) -> bool:
        return any(value is not None for value in asdict(self).values())


@dataclass(frozen=True)
class Simulated:
    """What the page shows: the numbers used, the plan's outcome, and beside it the other one."""

    rates: Rates
    setting: Setting
    plan: Outcome | None
    other_setting: Setting | None = None
    other: Outcome | None = None


def prepare(wave: Wave, what_if: WhatIf, rates: Rates) -> Setting:
    """Return what is simulated: the cohorts to come and those that are open, from today or the first opening on."""
    cohorts = list(Cohort.objects.filter(wave=wave).order_by("number"))
    people = colleagues_of(wave)
    sizes = counts(wave, [row.rule for row in cohorts], people)
    first = max(clock.today(), min((row.opens_on for row in cohorts), default=clock.today()))
    openings = [
        Opening(on=(opens - first).days, days=(closes - opens).days + 1, people=size)
        for (opens, closes), size in zip(_dates(cohorts, what_if.days_each), sizes, strict=True)
    ]
    last = max((one.on + one.days for one in openings), default=0)
    length = min(dt.timedelta(days=max(1, last)) + policy.TAIL, policy.LONGEST)
    works = working_time(default_calendar())
    per_day = what_if.per_day or wave.per_day
    return Setting(
        first=first,
        works=tuple(works.works_on(first + dt.timedelta(days=at)) for at in range(length.days)),
        openings=tuple(openings),
        people=len(people),
        rates=tuple(week.rate for week in rates.weeks),
        baseline=rates.baseline,
        capacity=float(what_if.per_day) if what_if.per_day else rates.capacity(wave.per_day),
        answer_days=rates.answer_days,
        in_work=what_if.in_work or wave.in_work,
        per_day=per_day,
        pause_after_days=wave.pause_after_days,
        backlog=load().backlog,
    )


def _dates(cohorts: list[Cohort], days_each: int | None) -> list[tuple[dt.date, dt.date]]:
    """Return the dates of each; with other days between openings, what has not opened follows at that pace."""
    if days_each is None or not cohorts:
        return [(row.opens_on, row.closes_on) for row in cohorts]
    found, opens = [], cohorts[0].opens_on
    for at, row in enumerate(cohorts):
        opens = row.opens_on if row.opened_at is not None or at == 0 else opens + dt.timedelta(days=days_each)
        closes = row.closes_on if row.opened_at is not None else opens + dt.timedelta(days=days_each - 1)
        found.append((opens, closes))
    return found


def is_large(*settings: Setting) -> bool:
    """Whether it takes too long for a page."""
    figures = policy.now()
    return sum(len(one.works) for one in settings) * figures.runs >= figures.large_from


def seed_of(wave: Wave) -> int:
    """Return the wave's own seed: who looks twice sees the same."""
    return int.from_bytes(hashlib.sha256(wave.public_id.encode()).digest()[:6], "big")


def outcome_of(setting: Setting, *, seed: int, progress: Callable[[int, int], None] | None = None) -> Outcome:
    """Simulate as the program's settings say."""
    figures = policy.now()
    told = {"progress": progress} if progress else {}
    return simulate(setting, seed=seed, runs=figures.runs, interval=figures.interval, **told)


def look(wave: Wave, what_if: WhatIf, *, seed: int | None = None) -> Simulated:
    """Return the simulation of a wave, with another one beside it; a large one only when its job is done."""
    rates = learn()
    setting = prepare(wave, WhatIf(), rates)
    other = prepare(wave, what_if, rates) if what_if else None
    found = Simulated(rates, setting, None, other)
    seed = seed_of(wave) if seed is None else seed
    if is_large(*([setting] if other is None else [setting, other])):
        kept = _kept(key_of(setting, other, seed))
        return found if kept is None else replace(found, **kept)
    found = replace(found, plan=outcome_of(setting, seed=seed))
    return found if other is None else replace(found, other=outcome_of(other, seed=seed))


def key_of(setting: Setting, other: Setting | None, seed: int) -> str:
    """Return by what a kept answer is found again: everything that goes into it."""
    figures = policy.now()
    facts = [asdict(setting), asdict(other) if other else None, seed, figures.runs, figures.interval]
    return hashlib.sha256(json.dumps(facts, default=str, sort_keys=True).encode()).hexdigest()


def _kept(key: str) -> dict[str, Any] | None:
    rows = Job.objects.filter(kind=KIND, state=JobState.DONE, params__key=key).order_by("-pk")
    job = rows.first()
    if job is None:
        return None
    return {name: Outcome.of_json(job.result[name]) for name in ("plan", "other") if job.result.get(name)}


@transaction.atomic
def start(*, wave: Wave, what_if: WhatIf, actor: User) -> Job:
    """Simulate in the background; the job's page tells how far it is, and leads back to the wave."""
    rates = learn()
    setting = prepare(wave, WhatIf(), rates)
    other = prepare(wave, what_if, rates) if what_if else None
    params = {"wave": wave.pk, "what_if": asdict(what_if), "key": key_of(setting, other, seed_of(wave))}
    return jobs.start(kind=KIND, params=params, user=actor)


def run_job(job: Job, progress: jobs.Progress) -> dict[str, Any]:
    """Run the simulation of a job."""
    wave, what_if = by_id(job.params["wave"]), WhatIf(**job.params["what_if"])
    rates = learn()
    settings = [prepare(wave, WhatIf(), rates), *([prepare(wave, what_if, rates)] if what_if else [])]
    runs, result = policy.now().runs, dict[str, Any]()
    for name, setting in zip(("plan", "other"), settings, strict=False):
        told = partial(_tell, progress, len(result) * runs, len(settings) * runs)
        result[name] = outcome_of(setting, seed=seed_of(wave), progress=told).as_json()
    query = "&".join(f"{name}={value}" for name, value in asdict(what_if).items() if value is not None)
    return {**result, "url": f"{wave.get_absolute_url()}{'?' + query if query else ''}#simulation"}


def _tell(progress: jobs.Progress, before: int, total: int, done: int, _of: int) -> None:
    progress(before + done, total, "")
