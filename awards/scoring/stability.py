"""Would somebody else have won without one of the judges?"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import lapack

from awards.scoring.effects import LEAST_DF, LEAST_JUDGES, LEAST_PER_JUDGE, TINY, Design, Fit, Matrix, Vector

DECIMALS = 2


@dataclass(frozen=True)
class Rest:
    """The scores without each judge in turn: a row for each entry, a column for each judge.

    Minus infinity where nobody else scored the entry.
    """

    judges: list[Hashable]
    scores: Matrix


def without_each(scores: Fit, *, adjust: bool = True) -> Rest:
    """Score again without each judge in turn, with the variances estimated anew.

    The least number of ballots per entry is waived. It says what `fit` says of the
    votes of all the others: but only entries that a judge scored change, so S is corrected instead of built anew.
    """
    design = scores.design
    shape = (len(design.entries), len(design.judges))
    effects = np.zeros((shape[1], shape[1]))  # of the others, in the column of who is left out
    if adjust and shape[1] > LEAST_JUDGES:
        rows, few = _Left(design), design.per_judge < LEAST_PER_JUDGE
        for judge in range(shape[1]):
            if few.sum() == few[judge]:  # each of the others has enough
                effects[np.arange(shape[1]) != judge, judge] = rows.effects_without(judge)
    reach = design.shared @ effects
    left = design.mean[:, None] - reach
    # Where the judge was among the readers, the mean and each other reader's part of it change.
    row, column, count = design.row, design.column, design.per_entry[design.row]
    others = np.maximum(count - 1, 1)
    mean = (np.bincount(row, design.score, shape[0])[row] - design.score) / others
    left[row, column] = np.where(count > 1, mean - reach[row, column] * count / others, -np.inf)
    return Rest(design.judges, left)


class _Left:
    """A design as it is without one judge: S, q and the squares, corrected for the entries that the judge scored."""

    def __init__(self, design: Design) -> None:
        self.design = design
        self.order = np.argsort(design.column, kind="stable")
        self.ends = np.concatenate([[0], np.cumsum(design.per_judge)]).astype(int)
        self.seen = design.seen.toarray()
        self.overlap = np.diag(design.per_judge) - design.information  # N'R⁻¹N
        self.off = design.score - design.mean[design.row]
        self.within = np.bincount(design.row, self.off**2, len(design.entries))

    def effects_without(self, judge: int) -> Vector:
        """Return how the others lean, shrunk; zeros where it is not sound to say."""
        design, own = self.design, self.order[self.ends[judge] : self.ends[judge + 1]]
        rows, off, count = design.row[own], self.off[own], design.per_entry[design.row[own]]
        there = np.arange(len(design.judges)) != judge
        more = np.where(count > 1, 1 / (count * np.maximum(count - 1, 1)), 0.0)
        seen = self.seen[rows]
        overlap = (self.overlap + (seen.T * more) @ seen)[np.ix_(there, there)]
        information = np.diag(design.per_judge[there]) - overlap
        shift = np.where(count > 1, off / np.maximum(count - 1, 1), 0.0)  # by how much less the mean of the others is
        leaning = (design.leaning + shift @ seen)[there]
        # Squares around the mean of the others: their own, less what the judge and the moved mean took.
        lost = np.where(count > 1, off**2 * count / np.maximum(count - 1, 1), self.within[rows])
        within = float(self.within.sum() - lost.sum())
        entries = len(design.entries) - int((count == 1).sum())
        return _shrunk(information, leaning, within, len(design.score) - len(own), entries)


def _shrunk(information: Matrix, leaning: Vector, within: float, votes: int, entries: int) -> Vector:
    """Return b = (S + lambda I)⁻¹q with lambda by Henderson's method 3; zeros where nothing can be said."""
    judges = len(leaning)
    nothing = np.zeros(judges)
    df = votes - entries - judges + 1
    if df < LEAST_DF or not _hang_together(information):
        return nothing
    level = information + 1 / judges
    explained = float(_solved(level, leaning) @ leaning)
    residual = max(within - explained, 0.0)
    noise = (residual if residual >= TINY * within else 0.0) / df
    trace = float(np.trace(information))
    between = (explained - (judges - 1) * noise) / trace if trace > 0 else 0.0
    if between <= TINY * (within / votes or 1):
        return nothing
    if noise == 0:
        return _solved(level, leaning)
    shrunk = information + np.diag(np.full(judges, noise / between))
    return _solved(shrunk, leaning)


def _solved(matrix: Matrix, right: Vector) -> Vector:
    """Solve a symmetric positive definite system."""
    _factor, found, failed = lapack.dposv(matrix, right)
    return np.asarray(np.linalg.solve(matrix, right) if failed else found, dtype=float)


def _hang_together(information: Matrix) -> bool:
    """Whether the ballots of all judges are joined by entries in common."""
    joined = information < -TINY
    reached = joined[0] | (np.arange(len(joined)) == 0)
    while not reached.all():
        farther = reached | joined[reached].any(axis=0)
        if (farther == reached).all():
            return False
        reached = farther
    return True


def leaders(scores: Fit, found: Rest, among: Collection[Hashable]) -> dict[Hashable, Hashable]:
    """Return who of `among` leads without each judge: the highest score to two decimals, of equals who stands first.

    Judges without whom none of them is left are passed over.
    """
    entries = scores.design.entries
    counted = np.flatnonzero(scores.design.counted(among))
    if not len(counted):
        return {}
    left = np.round(found.scores[counted], DECIMALS)
    first, best = counted[left.argmax(axis=0)], left.max(axis=0)
    return {judge: entries[at] for judge, at, most in zip(found.judges, first, best, strict=True) if most > -np.inf}
