"""A round as the linear program sees it: who may judge what, who holds what, what is still needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from awards.assignment import policy
from awards.assignment.enums import RunKind
from awards.assignment.solving import Floats, Ints, Quota, Task, jittered
from awards.assignment.spare import no_show_rate, spare
from awards.entries.enums import JUDGED
from awards.judging.enums import EXPECTED, HELD, INDEPENDENT, AssignmentState, JudgeKind
from awards.judging.selectors import blocked_pairs
from awards.models import Assignment, CategoryEntry, Judge, Round

CUSTOMERS = (JudgeKind.CUSTOMER, JudgeKind.PAST_WINNER)
FAMILIAR = 1  # a judge who said nothing about a category


@dataclass(frozen=True)
class World:
    """Rows are places (an entry in a category), columns judges. `stays` holds pairs that are not moved any more.

    `moves` holds pairs that were released and nobody has opened: an evening-out may take them elsewhere. `spare` counts
    judges beyond each entry's need, for those who do not come; `no_show` is the share that it goes by.
    """

    places: Sequence[CategoryEntry]
    judges: Sequence[Judge]
    task: Task
    category: Ints
    stays: Sequence[tuple[int, int]]
    moves: Mapping[tuple[int, int], int]
    spare: Ints
    no_show: float


def read(round_: Round, kind: RunKind) -> World:
    """Read a round in six queries, whatever its size."""
    places = list(
        CategoryEntry.objects.filter(
            category__contest=round_.contest_id,
            round_number=round_.number,
            entry__state__in=JUDGED,
            entry__anchor=False,
        )
        .select_related("entry", "category")
        .order_by("pk")
    )
    judges = list(Judge.objects.filter(contest=round_.contest_id, state__in=EXPECTED).order_by("pk"))
    row = {place.pk: at for at, place in enumerate(places)}
    column = {judge.pk: at for at, judge in enumerate(judges)}
    stays, moves, met = _standing(round_, kind, row, column)
    figures = policy.now()
    cost = _expertise(places, judges, figures)
    for pair in met:
        cost[pair] = np.inf
    if kind == RunKind.REBALANCE:
        for pair in moves:
            cost[pair] -= figures.keep / 100
    for judge, entry in blocked_pairs(round_.contest):
        if judge in column:
            cost[[at for at, place in enumerate(places) if place.entry_id == entry], column[judge]] = np.inf
    held = np.bincount([judge for _, judge in stays], minlength=len(judges)).astype(np.intp)
    has = np.bincount([place for place, _ in stays], minlength=len(places)).astype(np.intp)
    task = Task(
        cost=jittered(cost, seed=round_.seed),
        need=np.maximum(round_.per_entry - has, 0).astype(np.intp),
        cap=np.array([judge.load_cap for judge in judges], dtype=np.intp),
        held=held,
        step=figures.load_step / 100,
        quotas=_quotas(round_, judges, len(places), stays),
    )
    rate = no_show_rate(round_)
    return World(
        places,
        judges,
        task,
        np.array([place.category_id for place in places], dtype=np.intp),
        stays,
        moves,
        spare(task, per_entry=round_.per_entry, has=has, rate=rate, seed=round_.seed),
        rate,
    )


def _standing(
    round_: Round, kind: RunKind, row: Mapping[int, int], column: Mapping[int, int]
) -> tuple[list[tuple[int, int]], dict[tuple[int, int], int], set[tuple[int, int]]]:
    """Return what stays, what may move (with the row's id), and who has met already and does not meet again."""
    stays: list[tuple[int, int]] = []
    moves: dict[tuple[int, int], int] = {}
    met: set[tuple[int, int]] = set()
    rows = Assignment.objects.filter(round=round_).order_by("pk").values_list("pk", "place", "judge", "state")
    for pk, place, judge, state in rows:
        if place not in row or judge not in column:
            continue
        pair = (row[place], column[judge])
        if state == AssignmentState.RELEASED and kind != RunKind.TOP_UP:
            moves[pair] = pk
        elif state in HELD:
            stays.append(pair)
            met.add(pair)
        elif state != AssignmentState.REASSIGNED:
            met.add(pair)
    return stays, moves, met


def _expertise(places: Sequence[CategoryEntry], judges: Sequence[Judge], figures: policy.Figures) -> Floats:
    """Return what each pair costs by how well the judge knows the category."""
    price = np.array([0.0, figures.familiar / 100, figures.outside / 100])
    categories = sorted({place.category_id for place in places})
    known = {
        category: np.array(
            [price[min(max(int(judge.expertise.get(str(category), FAMILIAR)), 0), 2)] for judge in judges]
        )
        for category in categories
    }
    return np.array([known[place.category_id] for place in places], dtype=float).reshape(len(places), len(judges))


def _quotas(round_: Round, judges: Sequence[Judge], entries: int, stays: Sequence[tuple[int, int]]) -> list[Quota]:
    """Return the quotas of the round, less what is there already."""
    asked = [("customer", round_.min_customers, CUSTOMERS), ("independent", round_.min_independent, INDEPENDENT)]
    found = []
    for name, least, kinds in asked:
        if not least:
            continue
        of_them = np.array([judge.kind in kinds for judge in judges], dtype=bool)
        there = np.bincount([place for place, judge in stays if of_them[judge]], minlength=entries)
        found.append(Quota(name, of_them, np.maximum(least - there, 0).astype(np.intp)))
    return found
