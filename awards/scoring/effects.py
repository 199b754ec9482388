"""Judge effects: how harsh or generous each judge is, and what an entry scores once that is taken out.

The model is y = a(entry) + b(judge) + error, entries fixed, judges random: Fisher's additive analysis of incomplete
blocks, its variance components by Henderson's method 3 (1953). Symbols are those of the literature: N is the 0/1
matrix of entries and judges, R and K the ballots per entry and per judge, S = K - N'R⁻¹N, lambda = s² / s_b². Nothing
is iterated. With every judge on every entry, the adjusted score is the plain mean.
"""

import enum
import itertools
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special
from scipy.sparse.csgraph import connected_components

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Places = NDArray[np.intp]
LEAST_JUDGES = 3
LEAST_DF = 4
LEAST_PER_JUDGE = 2
CONFIDENCE = 0.95
TINY = 1e-9  # variances below this part of the scores' own variance are rounding, not variance


class Vote(NamedTuple):
    """What one judge gave one entry."""

    entry: Hashable
    judge: Hashable
    score: float


class Refusal(enum.StrEnum):
    """Why scores are not adjusted; the words for people are in `results/wording.py`."""

    SWITCHED_OFF = "switched_off"
    FEW_JUDGES = "few_judges"
    NOT_CONNECTED = "not_connected"
    LITTLE_DATA = "little_data"
    JUDGE_WITH_ONE = "judge_with_one"
    ENTRY_WITH_FEW = "entry_with_few"
    NO_SEVERITY = "no_severity"


class Design:
    """Who scored what: the matrices that the model needs.

    `row`, `column` and `score` have one place per vote: which entry, which judge, how much.
    """

    def __init__(
        self, entries: list[Hashable], judges: list[Hashable], row: Places, column: Places, score: Vector
    ) -> None:
        self.entries, self.judges = entries, judges
        self.row, self.column, self.score = row, column, score
        self.per_entry: Vector = np.bincount(row, minlength=len(entries)).astype(float)  # R
        self.per_judge: Vector = np.bincount(column, minlength=len(judges)).astype(float)  # K

    @classmethod
    def of(cls, votes: Sequence[Vote]) -> "Design":
        """Return the design of these votes. Entries and judges keep the order of their first vote."""
        entries: list[Hashable] = list(dict.fromkeys(vote.entry for vote in votes))
        judges: list[Hashable] = list(dict.fromkeys(vote.judge for vote in votes))
        row = {entry: at for at, entry in enumerate(entries)}
        column = {judge: at for at, judge in enumerate(judges)}
        return cls(
            entries,
            judges,
            np.array([row[vote.entry] for vote in votes], dtype=np.intp),
            np.array([column[vote.judge] for vote in votes], dtype=np.intp),
            np.array([vote.score for vote in votes], dtype=float),
        )

    def among(self, entries: Collection[Hashable]) -> "Design":
        """Return what was said of some of the entries."""
        there = self.counted(entries)
        kept = there[self.row]
        columns, column = np.unique(self.column[kept], return_inverse=True)
        return Design(
            list(itertools.compress(self.entries, there.tolist())),
            [self.judges[at] for at in columns.tolist()],
            (np.cumsum(there) - 1)[self.row[kept]],
            column,
            self.score[kept],
        )

    def counted(self, entries: Collection[Hashable]) -> "NDArray[np.bool_]":
        """Whether each entry is one of these."""
        there = np.zeros(len(self.entries), dtype=bool)
        there[[self.row_of[entry] for entry in entries if entry in self.row_of]] = True
        return there

    def scored(self, score: Vector) -> "Design":
        """Return the same work with other scores."""
        return Design(self.entries, self.judges, self.row, self.column, score)

    @cached_property
    def row_of(self) -> dict[Hashable, int]:
        """Where an entry stands."""
        return {entry: at for at, entry in enumerate(self.entries)}

    @cached_property
    def seen(self) -> sparse.csr_array:
        """N: who scored what."""
        shape = (len(self.entries), len(self.judges))
        return sparse.csr_array((np.ones(len(self.score)), (self.row, self.column)), shape=shape)

    @property
    def votes(self) -> list[Vote]:
        """The votes one by one."""
        given = zip(self.row.tolist(), self.column.tolist(), self.score.tolist(), strict=True)
        return [Vote(self.entries[row], self.judges[column], score) for row, column, score in given]

    @cached_property
    def median(self) -> Vector:
        """The median of what each entry was given."""
        ordered = self.score[np.lexsort((self.score, self.row))]
        count = self.per_entry.astype(np.intp)
        first = np.cumsum(count) - count
        return np.asarray((ordered[first + (count - 1) // 2] + ordered[first + count // 2]) / 2)

    @cached_property
    def mean(self) -> Vector:
        """The plain mean of each entry."""
        return np.bincount(self.row, self.score, len(self.entries)) / self.per_entry

    @cached_property
    def labels(self) -> NDArray[np.int32]:
        """Which of the groups without a ballot in common each entry, then each judge, belongs to: 0, 1, …"""
        size = len(self.entries) + len(self.judges)
        edges = (np.ones(len(self.row)), (self.row, self.column + len(self.entries)))
        found = connected_components(sparse.csr_array(edges, shape=(size, size)), directed=False)[1]
        return np.asarray(found, dtype=np.int32)

    @property
    def components(self) -> int:
        """How many groups of entries and judges have no ballot in common (C); 1 if all hang together."""
        return int(self.labels.max()) + 1

    @cached_property
    def shared(self) -> sparse.csr_array:
        """R⁻¹N: each entry's judges, each with its part of the mean."""
        return sparse.csr_array(self.seen.multiply(1 / self.per_entry[:, None]))

    @cached_property
    def information(self) -> Matrix:
        """S = K - N'R⁻¹N: what the ballots tell about differences between judges."""
        return np.diag(self.per_judge) - (self.seen.T @ self.shared).toarray()

    @cached_property
    def leaning(self) -> Vector:
        """q: how much each judge gave above the means of the entries they scored, summed."""
        return np.bincount(self.column, self.score - self.mean[self.row], len(self.judges)).astype(float)

    @cached_property
    def inverse(self) -> Matrix:
        """S⁺, the Moore-Penrose inverse of S.

        Where all hang together S is singular in one direction alone, that of equal effects: filled up there, it can
        be inverted like any other matrix, many times faster.
        """
        if self.components > 1:
            return np.asarray(np.linalg.pinv(self.information, hermitian=True), dtype=float)
        level = np.full(self.information.shape, 1 / len(self.judges))
        return np.asarray(np.linalg.inv(self.information + level), dtype=float) - level

    @cached_property
    def plain_effects(self) -> Vector:
        """b⁰ = S⁺q: the least-squares effect of each judge; they sum to 0 within a component."""
        return self.inverse @ self.leaning


@dataclass(frozen=True)
class Variances:
    """What the scores vary by: s² is noise, s_b² the judges'; `df` the noise's degrees of freedom."""

    noise: float
    judges: float
    df: int
    explained: float  # Q
    residual: float  # RSS
    trace: float  # tr S
    severity_f: float
    severity_p: float

    @property
    def ratio(self) -> float:
        """The shrinkage lambda: 0 believes each judge's effect, infinity none."""
        return self.noise / self.judges if self.judges > 0 else np.inf


def variances(design: Design) -> Variances | None:
    """Estimate noise and the judges' variance (Henderson 1953, method 3); None without a degree of freedom."""
    entries, judges, groups = len(design.entries), len(design.judges), design.components
    df = len(design.score) - entries - judges + groups
    if df <= 0:
        return None
    within = float(np.sum((design.score - design.mean[design.row]) ** 2))
    explained = float(design.plain_effects @ design.leaning)
    residual = max(within - explained, 0.0)
    if residual < TINY * within:
        residual = 0.0
    noise = residual / df
    trace = float(np.trace(design.information))
    between = (explained - (judges - groups) * noise) / trace if trace > 0 else 0.0
    if between <= TINY * (within / len(design.score) or 1):
        between = min(between, 0.0)
    free = judges - groups
    ratio = explained / free / noise if free and noise else np.inf if explained > 0 else 0.0
    chance = float(special.fdtrc(free, df, ratio)) if free else 1.0
    return Variances(noise, between, df, explained, residual, trace, float(ratio), chance)


class Difference(NamedTuple):
    """One entry beside another: by how much it leads, how sure that is, and the two-sided p."""

    lead: float
    error: float
    probability: float
    p: float


@dataclass(frozen=True)
class Fit:
    """Scores of all entries of one design, adjusted or not, with their uncertainty.

    `score` has the order of `design.entries`, `effect` that of `design.judges`. `refusal` says why scores are plain
    means; then `effect` is zero for everybody.
    """

    design: Design
    variances: Variances | None
    ratio: float
    score: Vector
    effect: Vector
    refusal: Refusal | None
    spread: Matrix  # G - 11'/(J lambda), by which the effects' uncertainty reaches the entries; zero if not adjusted

    @property
    def row_of(self) -> dict[Hashable, int]:
        """Where an entry stands."""
        return self.design.row_of

    @property
    def noise(self) -> float:
        """The estimated variance of one ballot around entry and judge; not a number where nothing can be said."""
        return self.variances.noise if self.variances else np.nan

    @cached_property
    def error(self) -> Vector:
        """The standard error of each entry's score."""
        reach = self.design.shared @ self.spread
        through = np.asarray(self.design.shared.multiply(reach).sum(axis=1)).ravel()
        return np.sqrt(np.maximum(self.noise * (1 / self.design.per_entry + through), 0.0))

    @cached_property
    def t(self) -> float:
        """The quantile of Student's t for 95 %; not a number where nothing can be said."""
        return float(special.stdtrit(self.variances.df, (1 + CONFIDENCE) / 2)) if self.variances else np.nan

    def between(self, first: Hashable, second: Hashable) -> Difference:
        """Compare two entries. Without any degree of freedom, error and probability are not numbers."""
        one, other = self.row_of[first], self.row_of[second]
        rows = self.design.shared[[one, other]].toarray()
        step = rows[0] - rows[1]
        own = 1 / self.design.per_entry[one] + 1 / self.design.per_entry[other]
        lead = float(self.score[one] - self.score[other])
        error = float(np.sqrt(max(self.noise * (own + step @ self.spread @ step), 0.0))) if self.variances else np.nan
        if self.variances is None:
            return Difference(lead, np.nan, np.nan, np.nan)
        if error == 0:
            sure = 0.5 if lead == 0 else float(lead > 0)
            return Difference(lead, 0.0, sure, 1.0 if lead == 0 else 0.0)
        above = float(special.stdtr(self.variances.df, lead / error))
        return Difference(lead, error, above, 2 * min(above, 1 - above))


def in_turn(scores: Fit, entries: Sequence[Hashable]) -> list[Difference]:
    """Compare each of these entries with the one after it: what `Fit.between` says, of all at once."""
    at = np.array([scores.row_of[entry] for entry in entries], dtype=np.intp)
    one, other = at[:-1], at[1:]
    lead = scores.score[one] - scores.score[other]
    if scores.variances is None:
        return [Difference(ahead, np.nan, np.nan, np.nan) for ahead in lead.tolist()]
    rows = scores.design.shared[at]
    step = rows[:-1] - rows[1:]
    through = np.asarray(step.multiply(step @ scores.spread).sum(axis=1)).ravel()
    own = 1 / scores.design.per_entry[one] + 1 / scores.design.per_entry[other]
    error = np.sqrt(np.maximum(scores.noise * (own + through), 0.0))
    sure = error > 0
    score = np.divide(lead, error, out=np.where(lead == 0, 0.0, np.copysign(np.inf, lead)), where=sure)
    above = special.stdtr(scores.variances.df, score)
    chance = np.where(sure, 2 * np.minimum(above, 1 - above), lead == 0)
    columns = (lead.tolist(), error.tolist(), above.tolist(), chance.astype(float).tolist())
    return [Difference(*facts) for facts in zip(*columns, strict=True)]


def fit(
    votes: Sequence[Vote],
    *,
    least_ballots: int = 1,
    among: Collection[Hashable] | None = None,
    adjust: bool = True,
    ratio: float | None = None,
) -> Fit:
    """Score all entries. Adjusts only where that is sound; otherwise plain means, and `refusal` says why.

    `among`: the entries that need `least_ballots` (default: all). `ratio` fixes lambda (0: least squares, infinity:
    plain means) instead of estimating it. Raises ValueError without a vote.
    """
    if not votes:
        message = "nothing was scored"
        raise ValueError(message)
    design = Design.of(votes)
    return fit_design(design, few=too_few(design, least_ballots, among), adjust=adjust, ratio=ratio)


def too_few(design: Design, least_ballots: int, among: Collection[Hashable] | None = None) -> bool:
    """Whether one of these entries (all, where nothing is said) has fewer ballots than it should."""
    counts = design.per_entry if among is None else design.per_entry[design.counted(among)]
    return bool((counts < least_ballots).any())


def fit_design(design: Design, *, few: bool = False, adjust: bool = True, ratio: float | None = None) -> Fit:
    """Score the entries of a design; see `fit`. `few`: some entry has fewer ballots than it should."""
    known = variances(design)
    refusal = _refusal(design, known, few=few, adjust=adjust)
    if ratio is None:
        ratio = known.ratio if known and refusal is None else np.inf
    if refusal is None and np.isinf(ratio):
        refusal = Refusal.NO_SEVERITY
    if np.isinf(ratio):
        nothing = np.zeros(len(design.judges))
        return Fit(design, known, ratio, design.mean, nothing, refusal, np.zeros((len(nothing), len(nothing))))
    effect, spread = _shrunk(design, ratio)
    score = design.mean - design.shared @ effect
    return Fit(design, known, ratio, score, effect, refusal, spread)


def _shrunk(design: Design, ratio: float) -> tuple[Vector, Matrix]:
    """Return b = (S + lambda I)⁻¹q, and what its uncertainty is made of."""
    if ratio == 0:
        return design.plain_effects, design.inverse
    judges = len(design.judges)
    inverse = np.linalg.inv(design.information + ratio * np.eye(judges))
    return inverse @ design.leaning, inverse - np.ones((judges, judges)) / (judges * ratio)


def _refusal(design: Design, known: Variances | None, *, few: bool, adjust: bool) -> Refusal | None:
    """Return what forbids to adjust, the first that applies."""
    found = [
        (not adjust, Refusal.SWITCHED_OFF),
        (len(design.judges) < LEAST_JUDGES, Refusal.FEW_JUDGES),
        (design.components > 1, Refusal.NOT_CONNECTED),
        (known is None or known.df < LEAST_DF, Refusal.LITTLE_DATA),
        (bool((design.per_judge < LEAST_PER_JUDGE).any()), Refusal.JUDGE_WITH_ONE),
        (few, Refusal.ENTRY_WITH_FEW),
    ]
    return next((reason for holds, reason in found if holds), None)
