"""The division of judges' work: the oracle of the design (research on awards, section 5), and what must always hold."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.assignment.solving import Impossible, Pairs, Quota, Task, jittered, solve
from awards.assignment.weaving import Panels, components, connect, overlaps, splits, spread, variance_of_difference

COST = np.array([(9, 0, 1, 3), (1, 9, 3, 0), (0, 3, 1, 1), (3, 1, 0, 1)], dtype=float)


def counts(*numbers):
    return np.array(numbers, dtype=np.intp)


def oracle():
    cost = COST.copy()
    cost[0, 0] = cost[1, 1] = np.inf
    return Task(cost=cost, need=counts(2, 2, 2, 2), cap=counts(2, 2, 2, 2), held=counts(0, 0, 0, 0))


def panels_of(pairs):
    panels = {}
    for entry, judge in sorted(pairs):
        panels.setdefault(f"E{entry + 1}", set()).add(judge + 1)
    return panels


def test_the_cheapest_division_of_the_oracle():
    pairs = solve(oracle())
    assert panels_of(pairs) == {"E1": {2, 3}, "E2": {1, 4}, "E3": {1, 4}, "E4": {2, 3}}
    assert pairs.cost(oracle()) == pytest.approx(4)
    assert len(set(components(Panels(oracle(), pairs)).tolist())) == 2


def test_joining_the_oracles_panels_costs_one_more():
    pairs = solve(oracle())
    panels = Panels(oracle(), pairs)
    category = np.zeros(4, dtype=np.intp)
    assert connect(panels, category) == pytest.approx(1)
    assert panels_of(panels.pairs) == {"E1": {2, 3}, "E2": {1, 4}, "E3": {1, 3}, "E4": {2, 4}}
    assert panels.pairs.cost(oracle()) == pytest.approx(5)
    assert splits(components(panels), category) == 0


def test_there_are_25_divisions_of_the_oracle_and_one_of_them_is_cheapest():
    task = oracle()
    choices = [
        [pair for pair in itertools.combinations(range(4), 2) if np.isfinite(task.cost[entry, list(pair)]).all()]
        for entry in range(4)
    ]
    feasible = [
        Pairs((entry, judge) for entry, two in enumerate(chosen) for judge in two)
        for chosen in itertools.product(*choices)
        if np.bincount(np.concatenate(chosen), minlength=4).max() <= 2
    ]
    costs = sorted(pairs.cost(task) for pairs in feasible)
    assert len(feasible) == 25
    assert costs[0] == 4 < costs[1]


def test_an_entry_with_too_few_judges_is_named():
    cost = COST.copy()
    cost[0, :3] = np.inf
    task = Task(cost=cost, need=counts(2, 2, 2, 2), cap=counts(4, 4, 4, 4), held=counts(0, 0, 0, 0))
    with pytest.raises(Impossible) as refused:
        solve(task)
    assert (refused.value.short, refused.value.more_room) == ({0: 1}, {})


def test_too_little_room_names_the_fewest_further_entries():
    task = Task(cost=COST, need=counts(2, 2, 2, 2), cap=counts(2, 2, 2, 1), held=counts(0, 0, 0, 0))
    with pytest.raises(Impossible) as refused:
        solve(task)
    assert sum(refused.value.more_room.values()) == 1
    assert refused.value.short == {}


def test_a_quota_is_kept_and_its_lack_is_named():
    customers = np.array([True, False, False, False])
    quota = Quota("customer", customers, counts(0, 1, 1, 1))
    task = Task(COST, counts(2, 2, 2, 2), counts(4, 4, 4, 4), counts(0, 0, 0, 0), quotas=[quota])
    assert {entry for entry, judge in solve(task) if judge == 0} >= {1, 2, 3}
    blocked = COST.copy()
    blocked[1, 0] = np.inf
    with pytest.raises(Impossible) as refused:
        solve(Task(blocked, counts(2, 2, 2, 2), counts(4, 4, 4, 4), counts(0, 0, 0, 0), quotas=[quota]))
    assert refused.value.unmet == {"customer": [1]}


def test_what_judges_hold_counts_for_who_gets_more():
    cost = np.zeros((4, 2))
    task = Task(cost, need=counts(1, 1, 1, 1), cap=counts(6, 6), held=counts(4, 0))
    assert [judge for _, judge in solve(task)] == [1, 1, 1, 1]


def big(entries=60, judges=12, need=3, seed=1):
    chance = np.random.default_rng(seed)
    cost = chance.choice([0.0, 1.0, 3.0], size=(entries, judges))
    cost[chance.random(cost.shape) < 0.05] = np.inf
    cap = np.full(judges, entries * need // judges + 3, dtype=np.intp)
    return Task(jittered(cost, seed=seed), np.full(entries, need, dtype=np.intp), cap, np.zeros(judges, dtype=np.intp))


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=15)
def test_every_division_keeps_needs_caps_and_conflicts(seed):
    task = big(entries=20, judges=7, seed=seed)
    panels = Panels(task, solve(task))
    category = np.arange(20, dtype=np.intp) % 2
    spread(panels, seed=seed, dearest=0.5)
    connect(panels, category)
    assert len(set(panels.pairs)) == len(panels.pairs) == 60
    assert all(np.isfinite(task.cost[pair]) for pair in panels.pairs)
    assert np.bincount([entry for entry, _ in panels.pairs]).tolist() == [3] * 20
    assert (np.bincount([judge for _, judge in panels.pairs], minlength=7) <= task.cap).all()


def test_spreading_evens_out_who_judges_with_whom():
    task = big()
    panels = Panels(task, solve(task))
    before = int((overlaps(panels) ** 2).sum())
    assert spread(panels, seed=1, dearest=0.5) > 0
    assert int((overlaps(panels) ** 2).sum()) < before


def test_the_same_seed_divides_the_same_way():
    assert solve(big(seed=4)) == solve(big(seed=4))
    assert solve(big(seed=4)) != solve(big(seed=5))


def test_a_complete_design_is_as_sure_as_can_be():
    task = Task(
        np.zeros((6, 3)), np.full(6, 3, dtype=np.intp), np.full(3, 6, dtype=np.intp), np.zeros(3, dtype=np.intp)
    )
    panels = Panels(task, solve(task))
    assert variance_of_difference(panels, np.zeros(6, dtype=np.intp)) == pytest.approx(2 / 3)


def test_panels_that_do_not_meet_cannot_be_compared():
    panels = Panels(oracle(), solve(oracle()))
    assert variance_of_difference(panels, np.zeros(4, dtype=np.intp)) is None
