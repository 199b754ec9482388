"""Scores that a single odd ballot moves little: views beside the adjusted scores, which decide nothing.

Trimming leaves out the highest and the lowest ballots of an entry: it also silences a judge who is lenient throughout.
Huber's way (1964) keeps the equations of `effects.py` and gives less weight to a ballot the farther it lies from what
entry and judge say together: S, q and the means are formed with the weights, and both are worked out in turn.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from awards.scoring.effects import TINY, Design, Vector

EACH_END: Final = 5  # one of so many ballots is left out at each end, and one at least
LEAST: Final = 3  # with fewer ballots nothing can be left out
TUNING: Final = 1.345  # in standard deviations: 95 % as good as least squares where noise is normal (Huber)
FROM_MEDIAN: Final = 1.482602218505602  # from the median of |r| to a standard deviation, where noise is normal
ROUNDS: Final = 200
SETTLED: Final = 1e-9  # in points


def trimmed(design: Design) -> Vector:
    """Return each entry's mean without a fifth of its ballots (one at least) at each end; plain below three ballots."""
    order = np.lexsort((design.score, design.row))
    count = design.per_entry.astype(np.intp)
    first = np.cumsum(count) - count
    place = np.arange(len(order)) - first[design.row[order]]  # from the lowest ballot of its entry
    off = np.where(count < LEAST, 0, np.maximum(1, count // EACH_END))[design.row[order]]
    kept = order[(place >= off) & (place < count[design.row[order]] - off)]
    rows = design.row[kept]
    return np.asarray(np.bincount(rows, design.score[kept], len(count)) / np.bincount(rows, minlength=len(count)))


@dataclass(frozen=True)
class Robust:
    """Scores by Huber, how each judge leans in them, what each ballot weighs (1: whole), and the scale of the noise."""

    score: Vector
    effect: Vector
    weight: Vector
    scale: float


def huber(design: Design, ratio: float) -> Robust:
    """Score all entries with Huber's weights; `ratio` is the shrinkage of the fit (infinity: judges do not differ).

    Where all ballots agree with entry and judge to the last digit there is no scale: then it is least squares.
    """
    weight: Vector = np.ones(len(design.score))
    score, effect = _solved(design, weight, ratio)
    scale = 0.0
    for _round in range(ROUNDS):
        off = np.abs(design.score - score[design.row] - effect[design.column])
        scale = float(FROM_MEDIAN * np.median(off))
        if scale <= TINY * max(1.0, float(np.ptp(design.score))):
            break
        weight = np.minimum(1.0, TUNING * scale / np.maximum(off, TINY))
        before = score
        score, effect = _solved(design, weight, ratio)
        if float(np.max(np.abs(score - before))) < SETTLED:
            break
    return Robust(score, effect, weight, scale)


def _solved(design: Design, weight: Vector, ratio: float) -> tuple[Vector, Vector]:
    """Return a and b of the weighted equations: b = (S + lambda I)⁻¹q, a the weighted mean of what b leaves."""
    entries, judges = len(design.entries), len(design.judges)
    per_entry = np.bincount(design.row, weight, entries)
    mean = np.bincount(design.row, weight * design.score, entries) / per_entry
    if np.isinf(ratio):
        return mean, np.zeros(judges)
    seen = sparse.csr_array((weight, (design.row, design.column)), shape=(entries, judges))
    shared = sparse.csr_array(seen.multiply(1 / per_entry[:, None]))
    per_judge = np.bincount(design.column, weight, judges)
    information = np.diag(per_judge) - (seen.T @ shared).toarray()
    leaning = np.bincount(design.column, weight * (design.score - mean[design.row]), judges).astype(float)
    effect = _effects(information, leaning, ratio)
    return mean - shared @ effect, effect


def _effects(information: NDArray[np.float64], leaning: Vector, ratio: float) -> Vector:
    if ratio == 0:
        return np.asarray(np.linalg.pinv(information, hermitian=True) @ leaning, dtype=float)
    return np.asarray(np.linalg.solve(information + ratio * np.eye(len(leaning)), leaning), dtype=float)
