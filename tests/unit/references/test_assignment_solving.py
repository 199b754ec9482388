"""The allocation against every other one that is possible, on cases small enough to try them all."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from references.assignment.solving import NOBODY, Wish, allocate, concentration, first_come

WISHES = st.lists(
    st.dictionaries(st.integers(1, 5), st.integers(-20, 100), max_size=5), min_size=1, max_size=4
)  # fmt: skip


def wishes_of(said):
    return [Wish(list(one), list(one.values())) for one in said]


def taken(wishes, chosen):
    return [wish.keys[place] for wish, place in zip(wishes, chosen, strict=True) if place != NOBODY]


def total(wishes, chosen):
    return sum(wish.worth[place] for wish, place in zip(wishes, chosen, strict=True) if place != NOBODY)


def best_of_all(said):
    """Try every account or nobody for every request."""
    found = 0
    for accounts in itertools.product(*([None, *one] for one in said)):
        used = [account for account in accounts if account is not None]
        if len(used) == len(set(used)):
            pairs = zip(said, accounts, strict=True)
            found = max(found, sum(one[account] for one, account in pairs if account is not None))
    return found


@given(WISHES)
def test_no_other_allocation_is_worth_more(said):
    wishes = wishes_of(said)
    assert total(wishes, allocate(wishes)) == best_of_all(said)


@given(WISHES)
def test_nobody_is_asked_twice_and_nobody_is_given_away_for_nothing(said):
    wishes = wishes_of(said)
    chosen = allocate(wishes)
    used = taken(wishes, chosen)
    assert len(used) == len(set(used))
    assert all(wish.worth[place] > 0 for wish, place in zip(wishes, chosen, strict=True) if place != NOBODY)


@given(WISHES, st.randoms(use_true_random=False))
def test_the_order_of_requests_does_not_matter_and_the_same_gives_the_same(said, shuffled):
    wishes = wishes_of(said)
    other = wishes[:]
    shuffled.shuffle(other)
    assert total(other, allocate(other)) == total(wishes, allocate(wishes))
    assert allocate(wishes) == allocate(wishes)


def test_first_come_first_served_and_the_better_way():
    """A (90, or 80) comes before B, which has only the same best one (60): 90 alone, or 80 + 60 = 140."""
    wishes = [Wish([1, 2], [90, 80]), Wish([1], [60])]
    assert first_come(wishes, [0, 1]) == [0, NOBODY]
    assert first_come(wishes, [1, 0]) == [1, 0]
    assert allocate(wishes) == [1, 0]


def test_without_requests_or_without_anybody():
    assert allocate([]) == []
    assert allocate([Wish([], []), Wish([], [])]) == [NOBODY, NOBODY]


def test_concentration_is_the_share_of_the_most_asked_tenth():
    """Ten accounts, the first asked 5 times, the others once: 5 of 14; one more for the second: 5 of 15."""
    asked = np.array([5] + [1] * 9)
    assert concentration(asked, np.array([], np.int64)) == 5 / 14
    assert concentration(asked, np.array([1])) == 5 / 15
    assert concentration(np.zeros(3, np.int64), np.array([], np.int64)) == 0
