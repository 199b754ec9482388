"""After the program: swaps that let all entries of a category be compared, and spread who judges with whom.

Judges' severity can only be told apart from entries' quality where panels overlap. A swap takes one judge from each of
two entries and exchanges them: loads and needs stay as they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from awards.assignment.solving import Flags, Floats, Ints, Pairs, Task
from awards.scoring.effects import Design

TRIES_PER_PAIR = 12
LEAST = 2


@dataclass
class Panels:
    """Who judges what, as it stands and may be swapped: `fixed` pairs stay, `pairs` may move."""

    task: Task
    pairs: Pairs
    fixed: Sequence[tuple[int, int]] = ()

    def __post_init__(self) -> None:
        self.judges_of: list[set[int]] = [set() for _ in range(self.task.cost.shape[0])]
        for entry, judge in [*self.fixed, *self.pairs]:
            self.judges_of[entry].add(judge)

    def may_swap(self, one: int, other: int) -> bool:
        """Whether the judges of two movable pairs (by their place) can be exchanged."""
        (i, j), (k, m) = self.pairs[one], self.pairs[other]
        return (
            i != k and j != m
            and m not in self.judges_of[i] and j not in self.judges_of[k]
            and bool(np.isfinite(self.task.cost[i, m]) and np.isfinite(self.task.cost[k, j]))
        )  # fmt: skip

    def price(self, one: int, other: int) -> float:
        """What a swap adds to the cost."""
        (i, j), (k, m) = self.pairs[one], self.pairs[other]
        cost = self.task.cost
        return float(cost[i, m] + cost[k, j] - cost[i, j] - cost[k, m])

    def swap(self, one: int, other: int) -> None:
        """Exchange the judges of two pairs; doing it again undoes it."""
        (i, j), (k, m) = self.pairs[one], self.pairs[other]
        self.pairs[one], self.pairs[other] = (i, m), (k, j)
        self.judges_of[i] ^= {j, m}
        self.judges_of[k] ^= {j, m}

    def keeps_quotas(self, entries: Iterable[int]) -> bool:
        """Whether these entries still have the judges that quotas ask for."""
        return all(
            sum(bool(quota.judges[judge]) for judge in self.judges_of[entry]) >= quota.least[entry]
            for entry in entries
            for quota in self.task.quotas
        )


def components(panels: Panels) -> Ints:
    """Return to which group of entries and judges that hang together each entry belongs."""
    above = list(range(sum(panels.task.cost.shape)))

    def root(node: int) -> int:
        while above[node] != node:
            above[node] = above[above[node]]
            node = above[node]
        return node

    entries = panels.task.cost.shape[0]
    for entry, judges in enumerate(panels.judges_of):
        for judge in judges:
            above[root(entry)] = root(entries + judge)
    return np.array([root(entry) for entry in range(entries)], dtype=np.intp)


def splits(found: Ints, category: Ints) -> int:
    """Return by how much categories fall apart: groups that hold entries of a category, beyond one, summed."""
    return len(set(zip(category.tolist(), found.tolist(), strict=True))) - len(set(category.tolist()))


def connect(panels: Panels, category: Ints) -> float:
    """Swap until each category hangs together, always by the cheapest swap that helps; return what it cost.

    Stops where no single swap helps: `splits(components(panels), category)` tells whether something is left.
    """
    paid = 0.0
    found = components(panels)
    while (apart := splits(found, category)) and (swap := _cheapest_joining(panels, found, category, apart)):
        paid += panels.price(*swap)
        panels.swap(*swap)
        found = components(panels)
    return paid


def _cheapest_joining(panels: Panels, found: Ints, category: Ints, apart: int) -> tuple[int, int] | None:
    """Return the cheapest swap after which categories fall into fewer groups; None if nothing may move, or helps."""
    if not panels.pairs:
        return None
    group = np.array([found[entry] for entry, _ in panels.pairs])
    names, sizes = np.unique(group, return_counts=True)
    smallest = np.flatnonzero(group == names[np.argmin(sizes)])
    others = np.flatnonzero(group != names[np.argmin(sizes)])
    swaps = sorted(
        (panels.price(int(one), int(other)), int(one), int(other))
        for one in smallest
        for other in others
        if panels.may_swap(int(one), int(other))
    )
    for _, one, other in swaps:
        touched = (panels.pairs[one][0], panels.pairs[other][0])
        panels.swap(one, other)
        helps = panels.keeps_quotas(touched) and splits(components(panels), category) < apart
        panels.swap(one, other)
        if helps:
            return one, other
    return None


def overlaps(panels: Panels) -> Ints:
    """Return how many entries each two judges have in common; the diagonal is empty."""
    shared = np.zeros((panels.task.cost.shape[1],) * 2, dtype=np.intp)
    for judges in panels.judges_of:
        at = np.array(sorted(judges), dtype=np.intp)
        shared[np.ix_(at, at)] += 1
    np.fill_diagonal(shared, 0)
    return shared


def spread(panels: Panels, *, seed: int, dearest: float = 0.0) -> int:
    """Swap at random where that lowers the sum of squared overlaps; return how many swaps were made.

    The practical stand-in for balanced incomplete blocks (Fleiss 1981). `dearest`: the most a swap may add to the cost.
    """
    shared = overlaps(panels)
    chance = np.random.default_rng(seed)
    size = len(panels.pairs)
    if size < LEAST:
        return 0
    done = 0
    for one, other in chance.integers(0, size, (TRIES_PER_PAIR * size, 2)).tolist():
        if not panels.may_swap(one, other) or panels.price(one, other) > dearest:
            continue
        gain, moves = _change(panels, shared, one, other)
        if gain >= 0:
            continue
        touched = (panels.pairs[one][0], panels.pairs[other][0])
        panels.swap(one, other)
        if not panels.keeps_quotas(touched):
            panels.swap(one, other)
            continue
        for a, b, by in moves:
            shared[a, b] += by
            shared[b, a] += by
        done += 1
    return done


def _change(panels: Panels, shared: Ints, one: int, other: int) -> tuple[int, list[tuple[int, int, int]]]:
    """Return by how much a swap changes the sum of squared overlaps, and which overlaps it moves."""
    (i, j), (k, m) = panels.pairs[one], panels.pairs[other]
    with_i, with_k = panels.judges_of[i] - {j}, panels.judges_of[k] - {m}
    moves = [(j, a, -1) for a in with_i - with_k] + [(m, a, 1) for a in with_i - with_k]
    moves += [(m, a, -1) for a in with_k - with_i] + [(j, a, 1) for a in with_k - with_i]
    return sum(2 * by * int(shared[a, b]) + 1 for a, b, by in moves), moves


def variance_of_difference(panels: Panels, category: Ints) -> float | None:
    """Return the mean variance of a difference between two entries of a category, in units of one ballot's variance.

    With r judges each and full overlap it is 2/r. None if a category does not hang together.
    """
    if splits(components(panels), category):
        return None
    judged = [entry for entry, judges in enumerate(panels.judges_of) if judges]
    row = np.array([at for at, entry in enumerate(judged) for _ in panels.judges_of[entry]], dtype=np.intp)
    column = np.array([judge for entry in judged for judge in sorted(panels.judges_of[entry])], dtype=np.intp)
    judges = list(range(panels.task.cost.shape[1]))
    design = Design(list(judged), list(judges), row, column, np.zeros(len(row)))
    total, pairs = 0.0, 0
    for name in np.unique(category[judged]):
        inside: Flags = category[judged] == name
        many = int(inside.sum())
        if many < LEAST:
            continue
        shared: Floats = design.shared[np.flatnonzero(inside)].toarray()
        through = shared @ design.inverse
        own = float((1 / design.per_entry[inside]).sum())
        trace = own + float((through * shared).sum())
        whole = own + float((shared.sum(axis=0) @ design.inverse) @ shared.sum(axis=0))
        total += many * trace - whole
        pairs += many * (many - 1) // 2
    return total / pairs if pairs else None
