"""Would somebody else have won without one of the judges, or by another method?"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass

import numpy as np

from awards.scoring.effects import Fit, fit_design


@dataclass(frozen=True)
class WithoutJudge:
    """The scores as they would be without one judge, with the variances estimated anew."""

    judge: Hashable
    fit: Fit
    leader: Hashable


def leader_of(scores: Fit, among: Collection[Hashable]) -> Hashable:
    """Return the entry with the highest score, to two decimals; of equals the one that stands first. None: nobody."""
    best, found = -np.inf, None
    for entry, score in zip(scores.design.entries, np.round(scores.score, 2).tolist(), strict=True):
        if entry in among and score > best:
            best, found = score, entry
    return found


def without_each(scores: Fit, among: Collection[Hashable], *, adjust: bool = True) -> list[WithoutJudge]:
    """Score again without each judge in turn. The least number of ballots per entry is waived.

    `among` are the entries that could lead. A judge without whom nothing is left of them is passed over.
    """
    told = []
    for at, judge in enumerate(scores.design.judges):
        rest = scores.design.without(at)
        if rest is None:
            continue
        again = fit_design(rest, adjust=adjust)
        leader = leader_of(again, among)
        if leader is not None:
            told.append(WithoutJudge(judge, again, leader))
    return told
