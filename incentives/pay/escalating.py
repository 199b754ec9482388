"""The arithmetic of the escalator, without the database: tiers, what they add, what the next one would add.

A tier says from which score the month's base counts how many times; below the first it counts once. What is added is
base x (times - 1), rounded half to even to the cent, and never more than `most`. A base of nothing, or less, gets
nothing added: an escalator is no way to take more back than was given.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

CENT = Decimal("0.01")
ONCE = Decimal(1)
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Tier:
    """From this score on, the base counts so many times."""

    score: int
    times: Decimal


@dataclass(frozen=True)
class Terms:
    """An escalator's tiers, rising, and the most it changes one person's month by."""

    tiers: tuple[Tier, ...]
    most: Decimal

    def times_at(self, score: int) -> Decimal:
        """Return how many times the base counts at a score."""
        return next((tier.times for tier in reversed(self.tiers) if score >= tier.score), ONCE)

    def added(self, base: Decimal, score: int) -> Decimal:
        """Return what it adds to a month's base at a score; less than nothing where a tier counts less than once."""
        if base <= 0:
            return NOTHING
        change = (base * (self.times_at(score) - ONCE)).quantize(CENT, ROUND_HALF_EVEN)
        return max(-self.most, min(self.most, change))


@dataclass(frozen=True)
class Step:
    """What a better score would bring: so many points more, and so much more money."""

    points: int
    score: int
    more: Decimal


def next_step(terms: Terms, base: Decimal, score: int) -> Step | None:
    """Return the nearest tier that would bring more than now; None where none does."""
    now = terms.added(base, score)
    for tier in terms.tiers:
        more = terms.added(base, tier.score) - now
        if tier.score > score and more > 0:
            return Step(tier.score - score, tier.score, more)
    return None


def worth_of_more(terms: Terms, base: Decimal, score: int, amount: Decimal) -> Decimal:
    """Return what `amount` more of base would bring at this score, with what the escalator adds to it."""
    return amount + terms.added(base + amount, score) - terms.added(base, score)


def faults_in(tiers: Sequence[Tier], lowest: Decimal, highest: Decimal) -> str:
    """Return the name of what is wrong with tiers: "none", "score", "times", "rising"; empty where nothing is."""
    if not tiers:
        return "none"
    if any(not 1 <= tier.score <= 100 for tier in tiers):
        return "score"
    if any(not lowest <= tier.times <= highest for tier in tiers):
        return "times"
    if any(a.score >= b.score or a.times >= b.times for a, b in itertools.pairwise(tiers)):
        return "rising"
    return ""
