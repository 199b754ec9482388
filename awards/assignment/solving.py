"""Who judges what, as a linear program: pure, repeatable, and free of tables.

Minimise   sum of cost(i,j) x(i,j)  +  step * sum over judges of k * z(j,k)
such that  every entry i gets need(i) judges; judge j takes sum of z(j,k) entries, k from what they hold to their cap;
           0 <= x <= 1 on pairs without a conflict, 0 <= z <= 1.

The rising price of each further entry evens out the load. The matrix is that of a minimum-cost flow, so the optimum is
whole without asking for it; only quotas (a customer among the judges of each entry) need an integer program.
Source: research on awards, section 5; the load's price is HotCRP's idea.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
Flags = NDArray[np.bool_]
JITTER = 0.01


@dataclass(frozen=True)
class Quota:
    """At least so many of these judges for each entry. `least` counts what is still missing, per entry."""

    name: str
    judges: Flags
    least: Ints


@dataclass(frozen=True)
class Task:
    """What is to be divided. Rows are entries, columns judges.

    `cost` is infinite where the two must not meet (or have met). `need`: judges that an entry still lacks. `held`:
    entries that a judge has already, `cap` how many they take in all. `step`: the price of each further entry.
    """

    cost: Floats
    need: Ints
    cap: Ints
    held: Ints
    step: float = 1.0
    quotas: Sequence[Quota] = ()

    @property
    def allowed(self) -> Flags:
        """Which pairs may be made."""
        return np.isfinite(self.cost)


class Pairs(list[tuple[int, int]]):
    """Who judges what: (entry, judge), in order."""

    def cost(self, task: Task) -> float:
        """The cost of the pairs, without the price of load."""
        return float(sum(task.cost[pair] for pair in self))


@dataclass(frozen=True)
class Impossible(Exception):
    """Why the work cannot be divided, and the smallest repair that would do.

    `short`: entries that have fewer judges without a conflict than they need, and how many they have. `more_room`:
    judges and the number of further entries they would have to take. `unmet`: quotas that cannot be kept, with the
    entries that lack somebody.
    """

    short: dict[int, int] = field(default_factory=dict)
    more_room: dict[int, int] = field(default_factory=dict)
    unmet: dict[str, list[int]] = field(default_factory=dict)


def jittered(cost: Floats, *, seed: int) -> Floats:
    """Return the cost with less than a hundredth added at random, so that nobody can predict who gets what."""
    return cost + np.random.default_rng(seed).uniform(0, JITTER, cost.shape)


def solve(task: Task) -> Pairs:
    """Return the cheapest division. Raises Impossible with what stands in the way."""
    pairs = np.argwhere(task.allowed)
    loads = [(judge, k) for judge in range(len(task.cap)) for k in range(task.held[judge], task.cap[judge])]
    if not task.need.any():
        return Pairs()
    price = np.array([task.cost[i, j] for i, j in pairs] + [task.step * k for _, k in loads])
    equal, right = _equalities(task, pairs, loads)
    rules = [optimize.LinearConstraint(equal, right, right)]
    quotas = [quota for quota in task.quotas if quota.least.any()]
    if quotas:
        rules.append(optimize.LinearConstraint(*_floors(task, pairs, quotas, len(price))))
    whole = np.full(len(price), bool(quotas), dtype=int)  # without quotas the optimum is whole by itself
    found = optimize.milp(price, integrality=whole, bounds=optimize.Bounds(0, 1), constraints=rules)
    if found.x is None:
        raise why_not(task)
    return Pairs((int(i), int(j)) for (i, j), chosen in zip(pairs, found.x, strict=False) if chosen > 0.5)


def _equalities(task: Task, pairs: Ints, loads: Sequence[tuple[int, int]]) -> tuple[sparse.csr_array, Floats]:
    """Return the rows "each entry gets what it needs" and "each judge's pairs are their load"."""
    entries, judges = task.cost.shape
    made = len(pairs)
    row = np.concatenate(
        [pairs[:, 0], entries + pairs[:, 1], np.array([entries + judge for judge, _ in loads], dtype=np.intp)]
    )
    column = np.concatenate([np.arange(made), np.arange(made), made + np.arange(len(loads))])
    value = np.concatenate([np.ones(2 * made), -np.ones(len(loads))])
    matrix = sparse.csr_array((value, (row, column)), shape=(entries + judges, made + len(loads)))
    return matrix, np.concatenate([task.need.astype(float), np.zeros(judges)])


def _floors(task: Task, pairs: Ints, quotas: Sequence[Quota], width: int) -> tuple[sparse.csr_array, Floats]:
    """Return the rows "at least so many of these judges for each entry"."""
    entries = task.cost.shape[0]
    row, column = [], []
    for at, quota in enumerate(quotas):
        of_them = np.flatnonzero(quota.judges[pairs[:, 1]])
        row.append(at * entries + pairs[of_them, 0])
        column.append(of_them)
    rows, columns = np.concatenate(row), np.concatenate(column)
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(quotas) * entries, width))
    return matrix, np.concatenate([quota.least.astype(float) for quota in quotas])


def why_not(task: Task) -> Impossible:
    """Say why a task cannot be done: entries without enough judges, else the fewest further entries to take."""
    free = task.allowed.sum(axis=1)
    short = {int(entry): int(free[entry]) for entry in np.flatnonzero(free < task.need)}
    room = _more_room(task, np.minimum(task.need, free))
    unmet = {
        quota.name: [int(entry) for entry in np.flatnonzero(task.allowed[:, quota.judges].sum(axis=1) < quota.least)]
        for quota in task.quotas
    }
    missing = {name: entries for name, entries in unmet.items() if entries}
    if not (short or room or missing):
        # Each alone could be kept, all together not: the quotas are what is too much.
        missing = {quota.name: [int(entry) for entry in np.flatnonzero(quota.least)] for quota in task.quotas}
    return Impossible(short, room, missing)


def _more_room(task: Task, need: Ints) -> dict[int, int]:
    """Return the smallest number of entries that judges would have to take beyond their caps, by judge."""
    pairs = np.argwhere(task.allowed)
    entries, judges = task.cost.shape
    made = len(pairs)
    room = np.maximum(task.cap - task.held, 0)
    # Each judge's pairs, less what they take beyond their cap, stay within it; the price is on what is beyond.
    get = sparse.csr_array((np.ones(made), (pairs[:, 0], np.arange(made))), shape=(entries, made + judges))
    row = np.concatenate([pairs[:, 1], np.arange(judges)])
    column = np.concatenate([np.arange(made), made + np.arange(judges)])
    value = np.concatenate([np.ones(made), -np.ones(judges)])
    take = sparse.csr_array((value, (row, column)), shape=(judges, made + judges))
    found = optimize.milp(
        np.concatenate([np.zeros(made), np.ones(judges)]),
        bounds=optimize.Bounds(0, np.concatenate([np.ones(made), np.full(judges, np.inf)])),
        constraints=[
            optimize.LinearConstraint(take, -np.inf, room.astype(float)),
            optimize.LinearConstraint(get, need.astype(float), need.astype(float)),
        ],
    )
    beyond = np.rint(np.asarray(found.x)[made:]).astype(int)
    return {int(judge): int(beyond[judge]) for judge in np.flatnonzero(beyond)}
