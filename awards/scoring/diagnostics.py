"""What stands out in a judge's ballots. It is shown to people who then ask, add a ballot, recuse; nothing is deleted.

The residual figures come from the least-squares fit (lambda = 0), where no judge is pulled towards the others.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from awards.scoring.effects import Design, Fit, Matrix, Vector, fit_design

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
    told = []
    for at, judge in enumerate(design.judges):
        own = design.column == at
        told.append(
            _flagged(
                Diagnosis(
                    judge=judge,
                    ballots=int(own.sum()),
                    severity=float(plain.effect[at]),
                    error=float(errors[at]) if errors is not None else float("nan"),
                    fit=_misfit(residual[own], free[own], plain.noise),
                    correlation=_correlation(scores, at),
                    spread=_spread(design, at),
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


def _correlation(scores: Fit, judge: int) -> float | None:
    """Return how a judge's votes go with what the others gave the same entries, their effects taken out."""
    design = scores.design
    net = design.score - scores.effect[design.column]
    own = design.column == judge
    others = np.bincount(design.row[~own], net[~own], len(design.entries))
    count = np.bincount(design.row[~own], minlength=len(design.entries))
    seen = design.row[own]
    both = count[seen] > 0
    if both.sum() < CORRELATE_FROM:
        return None
    mine, theirs = design.score[own][both], others[seen[both]] / count[seen[both]]
    if mine.std() == 0 or theirs.std() == 0:
        return 0.0
    return float(np.corrcoef(mine, theirs)[0, 1])


def _spread(design: Design, judge: int) -> float | None:
    """Return a judge's standard deviation as part of the pooled one of all judges."""
    counts = design.per_judge
    means = np.bincount(design.column, design.score, len(design.judges)) / counts
    squares = np.bincount(design.column, (design.score - means[design.column]) ** 2, len(design.judges))
    free = float((counts - 1).sum())
    if counts[judge] < CORRELATE_FROM or not free or not squares.sum():
        return None
    return float(np.sqrt(squares[judge] / (counts[judge] - 1)) / np.sqrt(squares.sum() / free))


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
