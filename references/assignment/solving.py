"""Who is asked for which request, so that the whole is worth most; and what first come, first served would do.

Pure: numbers in, numbers out, no database. An account answers one request at most: who is asked is busy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Numbers = npt.NDArray[np.int64]
NOBODY: Final = -1


@dataclass(frozen=True)
class Wish:
    """One request: whom it could have (keys of accounts, best first), and what each would be worth to the whole."""

    keys: Sequence[int] | Numbers
    worth: Sequence[int] | Numbers


def allocate(wishes: Sequence[Wish]) -> list[int]:
    """Return for each request the place in its `keys` of who is asked, or NOBODY; the sum of `worth` is the highest.

    Going without is worth nothing, so nobody is given away below that. The same wishes give the same answer.
    """
    if not wishes:
        return []
    count = len(wishes)
    rows = np.concatenate([np.full(len(wish.keys), row, np.int64) for row, wish in enumerate(wishes)])
    keys = np.concatenate([np.asarray(wish.keys, np.int64) for wish in wishes])
    worth = np.concatenate([np.asarray(wish.worth, np.int64) for wish in wishes])
    places = np.concatenate([np.arange(len(wish.keys), dtype=np.int64) for wish in wishes])
    useful = worth > 0
    rows, keys, worth, places = rows[useful], keys[useful], worth[useful], places[useful]
    accounts, columns = np.unique(keys, return_inverse=True)
    # Each request has a column of its own that means "nobody": a full matching always exists, and costs stay above 0.
    dear = int(worth.max(initial=0)) + 1
    costs = np.concatenate([dear - worth, np.full(count, dear)]).astype(np.float64)
    all_rows = np.concatenate([rows, np.arange(count)])
    all_columns = np.concatenate([columns, len(accounts) + np.arange(count)])
    matrix = coo_matrix((costs, (all_rows, all_columns)), shape=(count, len(accounts) + count)).tocsr()
    _requests, chosen = min_weight_full_bipartite_matching(matrix)
    place_of = dict(zip(zip(rows.tolist(), columns.tolist(), strict=True), places.tolist(), strict=True))
    return [place_of.get((row, int(column)), NOBODY) for row, column in enumerate(chosen)]


def first_come(wishes: Sequence[Wish], order: Sequence[int]) -> list[int]:
    """Return the same where each request in turn takes the first of its `keys` that is left."""
    taken: set[int] = set()
    chosen = [NOBODY] * len(wishes)
    for row in order:
        for place, key in enumerate(np.asarray(wishes[row].keys).tolist()):
            if key not in taken:
                taken.add(key)
                chosen[row] = place
                break
    return chosen


def concentration(asked: Numbers, picked: Numbers) -> float:
    """Return which share of all asks lies with the tenth of the accounts that is asked most; `picked` come on top."""
    counts = asked.copy()
    np.add.at(counts, picked, 1)
    total = int(counts.sum())
    if not total:
        return 0.0
    tenth = max(1, len(counts) // 10)
    return float(np.sort(counts)[::-1][:tenth].sum() / total)
