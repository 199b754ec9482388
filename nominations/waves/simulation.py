"""Simulating a wave day by day: what comes in, what waits, how long an answer takes. Pure; same seed, same answer.

On a working day each colleague of an open cohort nominates with a fifth of the rate of the week since its opening,
the others with a fifth of the yearly mean; how many that makes is drawn (Poisson). Screening takes in what it has room
for, the owner is asked first, and the screeners decide as many as they lately did, give or take (Poisson again).
Cohorts wait while the backlog is too large, as they do in a real wave.
"""

import datetime as dt
import math
import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

WORKDAYS: Final = 5
# Beyond this mean, a Poisson draw is as good as a normal one.
LARGE_MEAN: Final = 30
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Opening:
    """One cohort: its first day counted from the simulation's, for how many days it is open, how many people."""

    on: int
    days: int
    people: int


@dataclass(frozen=True)
class Setting:
    """What is simulated. `works` has one entry a day; `rates` are per person and week since the opening."""

    first: dt.date
    works: Sequence[bool]
    openings: Sequence[Opening]
    people: int
    rates: Sequence[float]
    baseline: float
    capacity: float
    answer_days: int
    in_work: int
    per_day: int
    pause_after_days: int
    backlog: int = 0


@dataclass(frozen=True)
class Band:
    """The mean of all runs, and the ends of the interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Outcome:
    """What a simulation says: a band a day, and in all. `delay`: by how many days the last cohort opens later."""

    days: list[dt.date]
    arrivals: list[Band]
    backlog: list[Band]
    wait: list[Band]
    total: Band
    peak: Band
    longest: Band
    delay: Band

    def as_json(self) -> dict[str, Any]:
        """Return it as a job keeps it."""
        lists = {name: [_row(one) for one in getattr(self, name)] for name in ("arrivals", "backlog", "wait")}
        ends = {name: _row(getattr(self, name)) for name in ("total", "peak", "longest", "delay")}
        return {"days": [day.isoformat() for day in self.days], **lists, **ends}

    @classmethod
    def of_json(cls, kept: dict[str, Any]) -> "Outcome":
        """Return it from what a job kept."""
        facts: dict[str, Any] = {name: [Band(*row) for row in kept[name]] for name in ("arrivals", "backlog", "wait")}
        facts |= {name: Band(*kept[name]) for name in ("total", "peak", "longest", "delay")}
        return cls(days=[dt.date.fromisoformat(day) for day in kept["days"]], **facts)


def _row(band: Band) -> list[float]:
    return [round(band.mean, 2), round(band.low, 2), round(band.high, 2)]


class _Run:
    """One course of the wave: screening's desk, and the cohorts as they open."""

    def __init__(self, setting: Setting, chance: random.Random) -> None:
        self.setting, self.chance = setting, chance
        self.queued, self.ready, self.asking = setting.backlog, 0, deque[tuple[int, int]]()
        self.opened: list[tuple[int, Opening]] = []
        self.late, self.paused, self.workday = 0, False, 0
        self.arrived: list[int] = []
        self.backlogs: list[int] = []
        self.decided: list[int] = []

    @property
    def in_work(self) -> int:
        return self.ready + sum(number for _day, number in self.asking)

    def live(self) -> None:
        """Go through all days."""
        for day, works in enumerate(self.setting.works):
            self._open(day, works=works)
            arrived = self._draw(self._mean(day)) if works else 0
            decided = self._screen(arrived) if works else 0
            self.arrived.append(arrived)
            self.decided.append(decided)
            self.backlogs.append(self.queued + self.in_work)
            self._pace()

    def _open(self, day: int, *, works: bool) -> None:
        to_come = self.setting.openings[len(self.opened) :]
        for opening in to_come:
            if day < opening.on + self.late:
                return
            if self.paused or not works:
                self.late += self.paused
                return
            self.opened.append((min(day, opening.on) if opening.on < 0 else day, opening))

    def _mean(self, day: int) -> float:
        """Return how many nominations this working day brings on average."""
        rates, asked, weekly = self.setting.rates, 0, 0.0
        for since, opening in self.opened:
            if day - since < opening.days:
                week = (day - since) // 7
                asked += opening.people
                weekly += opening.people * (rates[week] if week < len(rates) else self.setting.baseline)
        weekly += max(0, self.setting.people - asked) * self.setting.baseline
        return weekly / WORKDAYS

    def _screen(self, arrived: int) -> int:
        """Take in, ask the owner, decide; one working day. Return how many were decided."""
        self.workday += 1
        self.queued += arrived
        taken = max(0, min(self.queued, self.setting.in_work - self.in_work))
        self.queued -= taken
        self.asking.append((self.workday + self.setting.answer_days, taken))
        while self.asking and self.asking[0][0] <= self.workday:
            self.ready += self.asking.popleft()[1]
        decided = min(self.ready, self._draw(self.setting.capacity))
        self.ready -= decided
        return decided

    def _pace(self) -> None:
        days = self.backlogs[-1] / self.setting.per_day
        if days > self.setting.pause_after_days:
            self.paused = True
        elif days < self.setting.pause_after_days / 2:
            self.paused = False

    def _draw(self, mean: float) -> int:
        if mean <= 0:
            return 0
        if mean > LARGE_MEAN:
            return max(0, round(self.chance.gauss(mean, math.sqrt(mean))))
        left, number, limit = self.chance.random(), 0, math.exp(-mean)
        while left > limit:
            number += 1
            left *= self.chance.random()
        return number

    def waits(self) -> list[int]:
        """Return for each day after how many days the last that came in by then is decided (first in, first out)."""
        found, decided, at = [], 0, 0
        came = self.setting.backlog
        for day, number in enumerate(self.arrived):
            came += number
            while decided < came and at < len(self.decided):
                decided += self.decided[at]
                at += 1
            left = came - decided
            rest = left / max(self.setting.capacity, 0.1) * 7 / WORKDAYS if left > 0 else 0
            found.append(max(0, at - 1 - day) + round(rest))
        return found


def simulate(
    setting: Setting, *, seed: int, runs: int, interval: int, progress: Progress = lambda _done, _of: None
) -> Outcome:
    """Run it `runs` times and return means and intervals; `interval` in percent of the runs."""
    chance = random.Random(seed)  # noqa: S311 - a simulation, no secret
    courses, waits = [], []
    for number in range(runs):
        run = _Run(setting, chance)
        run.live()
        courses.append(run)
        waits.append(run.waits())
        progress(number + 1, runs)
    days = [setting.first + dt.timedelta(days=at) for at in range(len(setting.works))]

    def band(values: Sequence[float]) -> Band:
        return _band(values, interval)

    return Outcome(
        days=days,
        arrivals=[band([run.arrived[at] for run in courses]) for at in range(len(days))],
        backlog=[band([run.backlogs[at] for run in courses]) for at in range(len(days))],
        wait=[band([wait[at] for wait in waits]) for at in range(len(days))],
        total=band([sum(run.arrived) for run in courses]),
        peak=band([max(run.backlogs, default=0) for run in courses]),
        longest=band([max(wait, default=0) for wait in waits]),
        delay=band([run.late for run in courses]),
    )


def _band(values: Sequence[float], interval: int) -> Band:
    order = sorted(values)
    tail = (100 - interval) / 200
    low = order[math.floor(tail * (len(order) - 1))]
    return Band(sum(order) / len(order), low, order[math.ceil((1 - tail) * (len(order) - 1))])
