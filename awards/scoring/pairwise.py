"""Two at a time: strengths of entries from comparisons, and which two to show next.

Bradley and Terry's model: i beats k with probability p_i / (p_i + p_k). Fitted by Hunter's MM algorithm (2004). Each
entry also wins and loses half a comparison against a phantom of strength 1, so that it always converges.
"""

import itertools
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PHANTOM = 0.5
TOLERANCE = 1e-12
MOST_STEPS = 20_000


class Duel(NamedTuple):
    """One comparison: who stood beside whom, and the winner's share (1: the first; 0.5: a tie; 0: the second)."""

    first: Hashable
    second: Hashable
    share: float


def duels_from_scores(given: Iterable[tuple[Hashable, Hashable, float]]) -> list[Duel]:
    """Make comparisons of (judge, entry, score): each judge compares all that they scored."""
    by_judge: dict[Hashable, list[tuple[Hashable, float]]] = {}
    for judge, entry, score in given:
        by_judge.setdefault(judge, []).append((entry, score))
    return [
        Duel(one, other, 0.5 if mine == theirs else float(mine > theirs))
        for scored in by_judge.values()
        for (one, mine), (other, theirs) in itertools.combinations(scored, 2)
    ]


def _tables(entries: Sequence[Hashable], duels: Sequence[Duel]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return wins of each entry, and how often each two met; the phantom's halves are in the wins."""
    at = {entry: place for place, entry in enumerate(entries)}
    met = np.zeros((len(entries), len(entries)))
    wins = np.full(len(entries), PHANTOM)
    for duel in duels:
        one, other = at[duel.first], at[duel.second]
        met[one, other] += 1
        met[other, one] += 1
        wins[one] += duel.share
        wins[other] += 1 - duel.share
    return wins, met


def bradley_terry(entries: Sequence[Hashable], duels: Sequence[Duel]) -> dict[Hashable, float]:
    """Return the logarithm of each entry's strength; 0 is the phantom's. An entry that met nobody stands at 0."""
    wins, met = _tables(entries, duels)
    strength = np.ones(len(entries))
    for _ in range(MOST_STEPS):
        pull = (met / (strength[:, None] + strength[None, :])).sum(axis=1) + 2 * PHANTOM / (strength + 1)
        better = wins / pull
        moved = float(np.abs(np.log(better / strength)).max(initial=0.0))
        strength = better
        if moved < TOLERANCE:
            break
    return dict(zip(entries, np.log(strength).tolist(), strict=True))


def most_telling(
    entries: Sequence[Hashable], duels: Sequence[Duel], allowed: Iterable[tuple[Hashable, Hashable]]
) -> tuple[Hashable, Hashable] | None:
    """Return the two whose comparison would tell most: open in its outcome, and between strengths least known.

    The measure is p(1 - p) times the variance of the difference of their log-strengths (inverse of the information
    matrix), to first order the information gained; after Chen et al. 2013. None if no two are allowed.
    """
    strengths = bradley_terry(entries, duels)
    strength = np.exp(np.array([strengths[entry] for entry in entries]))
    _, met = _tables(entries, duels)
    chance = strength[:, None] / (strength[:, None] + strength[None, :])
    weight = met * chance * (1 - chance)
    phantom = 2 * PHANTOM * strength / (strength + 1) ** 2
    covariance = np.linalg.inv(np.diag(weight.sum(axis=1) + phantom) - weight)
    own = np.diag(covariance)
    gain = chance * (1 - chance) * (own[:, None] + own[None, :] - 2 * covariance)
    at = {entry: place for place, entry in enumerate(entries)}
    return max(allowed, key=lambda pair: gain[at[pair[0]], at[pair[1]]], default=None)
