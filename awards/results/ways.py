"""The same ballots counted in other ways, side by side: how far an order hangs on the method. Pure; decides nothing."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from awards.results.ballots import Ballots
from awards.scoring.orders import DECIMALS
from awards.scoring.robust import huber, trimmed

WAYS: Final = ("score", "raw", "median", "trimmed", "huber")  # the first is the one that counts


class Counted(NamedTuple):
    """One entry's line: what it comes to by each way, and by which of them it leads."""

    entry: str
    worth: Mapping[str, float]
    leads: frozenset[str]


def counted(
    ballots: Ballots, scores: Mapping[Hashable, float], order: Sequence[str], ratio: float, *, most: int
) -> list[Counted]:
    """Return the first `most` entries of an order by each way, and whoever leads by one of them.

    `scores` are those that count, of the category's entries in their `order`; `ratio` is the shrinkage they were
    adjusted with (infinity: not at all). Of equals, to two decimals, whoever stands first in the order leads.
    """
    design = ballots.design(ballots.total)
    at = np.array([design.row_of[entry] for entry in order], dtype=np.intp)
    columns = {
        "score": np.array([scores[entry] for entry in order]),
        "raw": design.mean[at],
        "median": design.median[at],
        "trimmed": trimmed(design)[at],
        "huber": huber(design, ratio).score[at],
    }
    leader = {way: int(np.argmax(np.round(columns[way], DECIMALS))) for way in WAYS}
    shown = [*range(min(most, len(order))), *sorted({one for one in leader.values() if one >= most})]
    return [
        Counted(
            order[n], {way: float(columns[way][n]) for way in WAYS}, frozenset(way for way in WAYS if leader[way] == n)
        )
        for n in shown
    ]


def ratio_of(fit: Mapping[str, Any]) -> float:
    """Return the shrinkage that a tally was adjusted with, as it keeps it."""
    found = fit.get("ratio")
    return float("inf") if found is None else float(found)
