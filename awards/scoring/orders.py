"""Places: by score, and where scores are equal by a chain that is published beforehand. Never by id, time or chance."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from awards.scoring.effects import Design

DECIMALS = 2
Key = Callable[[Sequence[Hashable]], Mapping[Hashable, float]]


class Breaker(NamedTuple):
    """One link of the chain: its name, and what it says of entries that are still equal (more is better)."""

    name: str
    says: Key


class Placed(NamedTuple):
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


def head_to_head(design: Design) -> Key:
    """Return what judges who scored both say: how many put an entry above another, less how many below."""
    order = np.argsort(design.row, kind="stable")
    judges, scores = design.column[order].tolist(), design.score[order].tolist()
    ends = np.cumsum(design.per_entry).astype(int).tolist()

    def says(equals: Sequence[Hashable]) -> dict[Hashable, float]:
        lead = dict.fromkeys(equals, 0.0)
        by_judge: dict[int, list[tuple[Hashable, float]]] = defaultdict(list)
        for entry in equals:
            at = design.row_of.get(entry)
            for place in range(ends[at - 1] if at else 0, ends[at]) if at is not None else ():
                by_judge[judges[place]].append((entry, scores[place]))
        for given in by_judge.values():
            for (one, mine), (other, theirs) in itertools.combinations(given, 2):
                sign = (mine > theirs) - (mine < theirs)
                lead[one] += sign
                lead[other] -= sign
        return lead

    return says


def median_ballot(design: Design) -> Key:
    """Return the median of an entry's votes."""
    given = dict(zip(design.entries, design.median.tolist(), strict=True))
    return lambda equals: {entry: round(given.get(entry, 0.0), 6) for entry in equals}


def chairs_vote(votes: Iterable[tuple[Hashable, Hashable]]) -> Key:
    """Return what the chair decided, given as (first, second): how many of the equals an entry was put above."""
    above = set(votes)

    def says(equals: Sequence[Hashable]) -> dict[Hashable, float]:
        return {one: float(sum((one, other) in above for other in equals)) for one in equals}

    return says


def criterion(scores: Callable[[], Mapping[Hashable, float]]) -> Key:
    """Return an entry's score on one criterion alone, rounded as the whole is; entries without one come last.

    `scores` is asked only where entries are equal: most orders need no criterion.
    """

    def says(equals: Sequence[Hashable]) -> dict[Hashable, float]:
        worth = scores()
        return {entry: round(worth.get(entry, -1.0), DECIMALS) for entry in equals}

    return says


def borda(design: Design) -> dict[Hashable, float]:
    """Return the mean of (m - rank) / (m - 1) over the judges of an entry, m being how many that judge ranked.

    Fit for unequal numbers; the more the judge gives, the better; equal scores share the mean of their ranks. A judge
    of one entry says nothing about its place, and is left out.
    """
    order = np.lexsort((design.score, design.column))
    judge, score = design.column[order], design.score[order]
    begins = np.flatnonzero(np.r_[True, (judge[1:] != judge[:-1]) | (score[1:] != score[:-1])][: len(order)])
    size = np.diff(np.r_[begins, len(order)])
    below = begins - (np.cumsum(design.per_judge) - design.per_judge)[judge[begins]]
    others = design.per_judge[judge] - 1
    counted = others > 0
    share = np.repeat(below + (size - 1) / 2, size)[counted] / others[counted]
    rows, entries = design.row[order][counted], len(design.entries)
    met = np.bincount(rows, minlength=entries)
    points = np.bincount(rows, share, entries) / np.maximum(met, 1)
    return dict(zip(design.entries, points.tolist(), strict=True))
