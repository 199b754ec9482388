"""What stands out in a judge's ballots. It is shown to people who then ask, add a ballot, recuse; nothing is deleted.

The residual figures come from the least-squares fit (lambda = 0), where no judge is pulled towards the others.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from awards.scoring.effects import TINY, Design, Fit, Matrix, Vector, fit_design

SEVERE_T = 2.0
SEVERE_POINTS = 5.0
FIT_BAND = (0.4, 1.2)  # Wright & Linacre 1994, judged, agreement encouraged
FIT_BAND_FEW = (0.4, 1.6)
FEW_BALLOTS = 8
LEAST_CORRELATION = 0.2
CORRELATE_FROM = 5
SPREAD_PART = 1 / 3
HALO_FROM = 3
HASTY_SECONDS = 20
SHUFFLES = 2000


@dataclass(frozen=True)
class Diagnosis:
    """One judge's figures, and the names of what stands out (`severe`, `generous`, `misfit`, …)."""

    judge: Hashable
    ballots: int
    severity: float
    error: float
    fit: float | None
    correlation: float | None
    spread: float | None
    flags: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Manner:
    """How a judge filled in ballots: seconds of each, and on how many all criteria got the same mark."""

    seconds: Sequence[int] = ()
    alike: int = 0


def diagnose(scores: Fit, manners: Mapping[Hashable, Manner] | None = None) -> list[Diagnosis]:
    """Return the figures of every judge, in the order of the design."""
    design = scores.design
    plain = fit_design(design, ratio=0)
    residual = design.score - plain.score[design.row] - plain.effect[design.column]
    free = 1 - leverage(design)
    errors = np.sqrt(np.maximum(plain.noise * np.diag(design.inverse), 0)) if plain.variances else None
    net = design.score - scores.effect[design.column]
    whole = np.bincount(design.row, net, len(design.entries))[design.row]
    order = np.argsort(design.column, kind="stable")
    parts = np.split(order, np.cumsum(design.per_judge).astype(int)[:-1])
    pooled = _pooled(design)
    told = []
    for at, (judge, own) in enumerate(zip(design.judges, parts, strict=True)):
        others = design.per_entry[design.row[own]] - 1
        told.append(
            _flagged(
                Diagnosis(
                    judge=judge,
                    ballots=len(own),
                    severity=float(plain.effect[at]),
                    error=float(errors[at]) if errors is not None else float("nan"),
                    fit=_misfit(residual[own], free[own], plain.noise),
                    correlation=_correlation(design.score[own], whole[own] - net[own], others),
                    spread=_spread(design.score[own], pooled),
                ),
                (manners or {}).get(judge, Manner()),
            )
        )
    return told


def leverage(design: Design) -> Vector:
    """Return h of each vote in the additive model: how far it pulls its own fitted value (0 to 1)."""
    through: Matrix = design.shared @ design.inverse
    own = np.asarray(design.shared.multiply(through).sum(axis=1)).ravel()
    row, column = design.row, design.column
    return 1 / design.per_entry[row] + np.diag(design.inverse)[column] - 2 * through[row, column] + own[row]


def _misfit(residual: Vector, free: Vector, noise: float) -> float | None:
    """Return the mean square of a judge's residuals, 1 where the judge is as erratic as the rest."""
    room = float(free.sum()) * noise
    return float((residual**2).sum()) / room if np.isfinite(room) and room > 0 else None


def _correlation(mine: Vector, others: Vector, count: Vector) -> float | None:
    """Return how a judge's votes go with what `count` others gave the same entries, their effects taken out."""
    both = count > 0
    if both.sum() < CORRELATE_FROM:
        return None
    mine, theirs = mine[both], others[both] / count[both]
    if np.ptp(mine) == 0 or np.ptp(theirs) <= TINY * np.abs(theirs).max():
        return 0.0
    return float(np.corrcoef(mine, theirs)[0, 1])


def _pooled(design: Design) -> float:
    """Return the variance within judges, pooled; 0 where nothing varies."""
    means = np.bincount(design.column, design.score, len(design.judges)) / design.per_judge
    free = float((design.per_judge - 1).sum())
    return float(((design.score - means[design.column]) ** 2).sum()) / free if free else 0.0


def _spread(given: Vector, pooled: float) -> float | None:
    """Return a judge's standard deviation as part of the pooled one of all judges."""
    if len(given) < CORRELATE_FROM or not pooled:
        return None
    return float(given.std(ddof=1) / np.sqrt(pooled))


def _flagged(one: Diagnosis, manner: Manner) -> Diagnosis:
    low, high = FIT_BAND if one.ballots >= FEW_BALLOTS else FIT_BAND_FEW
    sure = one.error > 0 and abs(one.severity) / one.error > SEVERE_T
    found = {
        "severe": sure and one.severity <= -SEVERE_POINTS,
        "generous": sure and one.severity >= SEVERE_POINTS,
        "erratic": one.fit is not None and one.fit > high,
        "too_smooth": one.fit is not None and one.fit < low,
        "apart": one.correlation is not None and one.correlation < LEAST_CORRELATION,
        "narrow": one.spread is not None and one.spread < SPREAD_PART,
        "alike": manner.alike >= HALO_FROM and 2 * manner.alike >= one.ballots,
        "hasty": sum(seconds < HASTY_SECONDS for seconds in manner.seconds) * 2 > len(manner.seconds),
    }
    one.flags.extend(name for name, holds in found.items() if holds)
    return one


@dataclass(frozen=True)
class OwnSide:
    """Whether a judge leans to their own side (company, region, partner): by how many points, and how likely by chance.

    The p is that of shuffling which of the judge's entries are of their side (after Emerson, Seltzer and Lin 2009).
    """

    judge: Hashable
    lead: float
    p: float


def own_side(scores: Fit, sides: Mapping[Hashable, set[Hashable]], *, seed: int) -> list[OwnSide]:
    """Compare residuals on entries of a judge’s own side with the others. Judges without both are left out."""
    design = scores.design
    plain = fit_design(design, ratio=0)
    residual = design.score - plain.score[design.row] - plain.effect[design.column]
    chance = np.random.default_rng(seed)
    told = []
    for at, judge in enumerate(design.judges):
        mine = sides.get(judge, set())
        own = design.column == at
        near = np.array([design.entries[row] in mine for row in design.row[own]], dtype=bool)
        if not near.any() or near.all():
            continue
        left = residual[own]
        lead = float(left[near].mean() - left[~near].mean())
        shuffled = [_lead(left, chance.permutation(near)) for _ in range(SHUFFLES)]
        beyond = sum(abs(other) >= abs(lead) - 1e-12 for other in shuffled)
        told.append(OwnSide(judge, lead, (beyond + 1) / (SHUFFLES + 1)))
    return told


def _lead(residual: Vector, near: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> float:
    return float(residual[near].mean() - residual[~near].mean())
