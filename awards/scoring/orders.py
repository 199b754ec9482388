"""Places: by score, and where scores are equal by a chain that is published beforehand. Never by id, time or chance."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from awards.scoring.effects import Vote

DECIMALS = 2
Key = Callable[[Sequence[Hashable]], Mapping[Hashable, float]]


class Breaker(NamedTuple):
    """One link of the chain: its name, and what it says of entries that are still equal (more is better)."""

    name: str
    says: Key


@dataclass(frozen=True)
class Placed:
    """One entry's place. `by` names what parted it from the one before; `joint`: nothing could."""

    entry: Hashable
    place: int
    by: str
    joint: bool = False


def in_order(scores: Mapping[Hashable, float], chain: Sequence[Breaker]) -> list[Placed]:
    """Put entries in order of their score, rounded to two decimals half to even; of equals as the chain says.

    What the whole chain cannot part shares a place, and the places after it are left out (1, 1, 3).
    """
    placed: list[Placed] = []
    groups = _parted(list(scores), {entry: round(score, DECIMALS) for entry, score in scores.items()}, "score")
    for group, by in _broken(groups, chain):
        first = len(placed) + 1
        placed += [Placed(entry, first, "joint" if at else by, joint=len(group) > 1) for at, entry in enumerate(group)]
    return placed


def _broken(
    groups: Iterable[tuple[list[Hashable], str]], chain: Sequence[Breaker]
) -> Iterable[tuple[list[Hashable], str]]:
    for group, by in groups:
        if len(group) == 1 or not chain:
            yield group, by
            continue
        breaker, rest = chain[0], chain[1:]
        parts = _parted(group, breaker.says(group), breaker.name)
        # The first of them stands below the group before by what parted that one, not by this link.
        parts[0] = (parts[0][0], by)
        yield from _broken(parts, rest)


def _parted(
    entries: Sequence[Hashable], worth: Mapping[Hashable, float], name: str
) -> list[tuple[list[Hashable], str]]:
    ordered = sorted(entries, key=lambda entry: -worth[entry])
    return [(list(group), name) for _, group in itertools.groupby(ordered, key=lambda entry: worth[entry])]


def head_to_head(votes: Sequence[Vote]) -> Key:
    """Return what judges who scored both say: how many put an entry above another, less how many below."""
    given: dict[Hashable, dict[Hashable, float]] = defaultdict(dict)
    for vote in votes:
        given[vote.judge][vote.entry] = vote.score

    def says(equals: Sequence[Hashable]) -> dict[Hashable, float]:
        lead = dict.fromkeys(equals, 0.0)
        for scores in given.values():
            for one, other in itertools.combinations([entry for entry in equals if entry in scores], 2):
                sign = (scores[one] > scores[other]) - (scores[one] < scores[other])
                lead[one] += sign
                lead[other] -= sign
        return lead

    return says


def median_ballot(votes: Sequence[Vote]) -> Key:
    """Return the median of an entry's votes."""
    given: dict[Hashable, list[float]] = defaultdict(list)
    for vote in votes:
        given[vote.entry].append(vote.score)
    return lambda equals: {entry: round(median(given[entry]), 6) if given[entry] else 0.0 for entry in equals}


def chairs_vote(votes: Iterable[tuple[Hashable, Hashable]]) -> Key:
    """Return what the chair decided, given as (first, second): how many of the equals an entry was put above."""
    above = set(votes)

    def says(equals: Sequence[Hashable]) -> dict[Hashable, float]:
        return {one: float(sum((one, other) in above for other in equals)) for one in equals}

    return says


def criterion(scores: Mapping[Hashable, float]) -> Key:
    """Return an entry's score on one criterion alone, rounded as the whole is; entries without one come last."""
    return lambda equals: {entry: round(scores.get(entry, -1.0), DECIMALS) for entry in equals}


def borda(votes: Sequence[Vote]) -> dict[Hashable, float]:
    """Return the mean of (m - rank) / (m - 1) over the judges of an entry, m being how many that judge ranked.

    Fit for unequal numbers; the more the judge gives, the better; equal scores share the mean of their ranks. A judge
    of one entry says nothing about its place, and is left out.
    """
    given: dict[Hashable, list[Vote]] = defaultdict(list)
    for vote in votes:
        given[vote.judge].append(vote)
    points: dict[Hashable, list[float]] = {vote.entry: [] for vote in votes}
    for ranked in given.values():
        others = len(ranked) - 1
        for vote in ranked if others else ():
            above = sum(other.score > vote.score for other in ranked)
            equal = sum(other.score == vote.score for other in ranked) - 1
            points[vote.entry].append((others - above - equal / 2) / others)
    return {entry: sum(got) / len(got) if got else 0.0 for entry, got in points.items()}
