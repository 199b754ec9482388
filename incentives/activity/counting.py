"""What a week of activity earns, how far the CRM was used, who is lowest. Pure: integers, and nothing by chance."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

HUNDRED: Final = 100
LOTS: Final = 10_000


class Done(NamedTuple):
    """One activity: what it was, as the CRM calls it, and its public key."""

    what: str
    key: str


@dataclass(frozen=True)
class Terms:
    """By which figures a week is counted."""

    weights: Mapping[str, int]
    whole_up_to: int
    half_up_to: int
    most_a_week: int


class Line(NamedTuple):
    """One kind of activity in a week: how many there were, what one is worth, what they earn together."""

    what: str
    times: int
    weight: int
    points: int


class WeekCount(NamedTuple):
    """A week as it comes out: `points` after the cap."""

    points: int
    lines: tuple[Line, ...]


def week(done: Iterable[Done], terms: Terms) -> WeekCount:
    """Count a week: of each kind the first ones whole, the next half, the rest nothing; a half point is dropped."""
    times = Counter(one.what for one in done if terms.weights.get(one.what))
    lines = tuple(_line(what, n, terms) for what, n in sorted(times.items()))
    return WeekCount(min(sum(line.points for line in lines), terms.most_a_week), lines)


def _line(what: str, times: int, terms: Terms) -> Line:
    weight = terms.weights[what]
    whole = min(times, terms.whole_up_to)
    half = max(0, min(times, terms.half_up_to) - terms.whole_up_to)
    return Line(what, times, weight, weight * whole + weight * half // 2)


def drawn(done: Iterable[Done], monday: dt.date, *, weights: Mapping[str, int], least: int, percent: int,
          most: int) -> list[str]:  # fmt: skip
    """Return the keys of the activities that the lot chose for proof; the same week draws the same ones again."""
    lots = sorted((lot(monday, one.key), one.key) for one in done if weights.get(one.what, 0) >= least)
    return [key for number, key in lots if number * HUNDRED < percent * LOTS][:most]


def lot(monday: dt.date, key: str) -> int:
    """Return the lot of an activity, 0 to 9999. Keys are made at random when the CRM tells it: nobody can choose."""
    return int(hashlib.sha256(f"{monday}:{key}".encode()).hexdigest()[:12], 16) % LOTS


class Use(NamedTuple):
    """On how many of the days that were due the CRM was used."""

    used: int
    due: int

    @property
    def percent(self) -> int:
        """Of 100, rounded down; nothing due is all of it."""
        return HUNDRED * self.used // self.due if self.due else HUNDRED

    def reaches(self, percent: int) -> bool:
        """Whether it is so many in a hundred, or more; never where nothing was due."""
        return self.due > 0 and HUNDRED * self.used >= percent * self.due


def use(due: Iterable[dt.date], used: Collection[dt.date]) -> Use:
    """Count the days; what is done on a day off is no use of a working day."""
    days = set(due)
    return Use(len(days.intersection(used)), len(days))


def lowest(figures: Mapping[int, Decimal], percent: Decimal, least: int) -> set[int]:
    """Return the lowest few: so many in a hundred, rounded down, and nobody among fewer than `least`.

    Who has the same figure as somebody who is not named is not named either.
    """
    n = len(figures)
    places = int(n * percent / HUNDRED)
    if n < least or not places:
        return set()
    ranked = sorted(figures.values())
    limit = ranked[places - 1]
    if n > places and ranked[places] == limit:
        return {key for key, figure in figures.items() if figure < limit}
    return {key for key, figure in figures.items() if figure <= limit}
