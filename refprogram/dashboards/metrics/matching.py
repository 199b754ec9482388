"""Honest influence: closed deals with a reference compared with deals like them without one. Pure.

Matched lift = sum over strata of (n_with,s / n_with) x (win rate with,s - win rate without,s). A stratum is the stage
in which the reference was asked for x size of the deal x size of the company x new customer or expansion. Strata that
have only one side are dropped, and counted. The interval is the middle 95 % of resamples with a fixed seed, so that
anybody who has the strata gets the same; below twenty matched deals with a reference nothing is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import numpy as np

from refprogram.dashboards.metrics.formulas import TOO_FEW, Facts, Measured, exact, none

SEED: Final = 20_261
RESAMPLES: Final = 2_000
LEAST_WITH: Final = 20
INTERVAL: Final = (2.5, 97.5)
UNKNOWN: Final = ""
SIZES: Final = ((10_000, "10k"), (50_000, "50k"), (250_000, "250k"))
LARGEST: Final = "more"


@dataclass(frozen=True)
class Stratum:
    """Deals that are alike: won and all, with a reference and without."""

    name: tuple[str, ...]
    with_won: int
    with_all: int
    without_won: int
    without_all: int

    @property
    def matched(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.with_all and self.without_all)


def size_of(amount: Decimal | None) -> str:
    """Return the band of a deal's amount: up to 10,000, 50,000, 250,000, or more; unknown without one."""
    if amount is None:
        return UNKNOWN
    return next((name for most, name in SIZES if amount <= most), LARGEST)


def strata_of(rows: Iterable[tuple[tuple[str, ...], bool, bool]]) -> list[Stratum]:
    """Return the strata of (name, had a reference, was won), in the order of their names."""
    found: dict[tuple[str, ...], list[int]] = {}
    for name, referenced, won in rows:
        counts = found.setdefault(name, [0, 0, 0, 0])
        side = 0 if referenced else 2
        counts[side] += won
        counts[side + 1] += 1
    return [Stratum(name, *counts) for name, counts in sorted(found.items())]


def lift_of(strata: Sequence[Stratum]) -> float:
    """Return the lift over strata that have both sides, as a share."""
    weight = sum(one.with_all for one in strata)
    return float(
        sum(one.with_all / weight * (one.with_won / one.with_all - one.without_won / one.without_all) for one in strata)
    )


def interval_of(strata: Sequence[Stratum]) -> tuple[float, float]:
    """Return the bounds: deals are drawn again within each side of each stratum, `RESAMPLES` times from `SEED`."""
    chance = np.random.default_rng(SEED)
    counts = np.array([[s.with_won, s.with_all, s.without_won, s.without_all] for s in strata], dtype=float)
    # So many of n drawn with putting back are won: a binomial number of the stratum's own rate.
    drawn = [
        chance.binomial(counts[:, at + 1].astype(int), counts[:, at] / counts[:, at + 1], (RESAMPLES, len(strata)))
        / counts[:, at + 1]
        for at in (0, 2)
    ]
    lifts = ((drawn[0] - drawn[1]) * counts[:, 1] / counts[:, 1].sum()).sum(axis=1)
    low, high = np.percentile(lifts, INTERVAL)
    return float(low), float(high)


def facts_of(strata: Sequence[Stratum]) -> dict[str, Any]:
    """Return what is kept: the strata, and how the interval is drawn."""
    return {
        "strata": [[list(s.name), s.with_won, s.with_all, s.without_won, s.without_all] for s in strata],
        "seed": SEED,
        "resamples": RESAMPLES,
    }


def strata_in(facts: Facts) -> list[Stratum]:
    """Return the strata that were kept."""
    return [Stratum(tuple(name), *counts) for name, *counts in facts["strata"]]


def dropped_in(strata: Iterable[Stratum]) -> Mapping[str, int]:
    """Return how many strata have one side only, and how many deals stand in them."""
    alone = [one for one in strata if not one.matched]
    return {
        "strata": len(alone),
        "with": sum(one.with_all for one in alone),
        "without": sum(one.without_all for one in alone),
    }


def matched_lift(facts: Facts) -> Measured:
    """Return the lift in percentage points with its interval, or that there are too few deals to say."""
    strata = [one for one in strata_in(facts) if one.matched]
    n = sum(one.with_all for one in strata)
    if n < LEAST_WITH:
        return none(TOO_FEW, n)
    low, high = interval_of(strata)
    return Measured(exact(100 * lift_of(strata)), n, exact(100 * low), exact(100 * high))
