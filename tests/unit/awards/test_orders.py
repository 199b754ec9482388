"""Places and ties."""

from decimal import Decimal

import pytest

from awards.judging.totals import Scored, ballot_total
from awards.scoring.effects import Design, Vote
from awards.scoring.orders import Breaker, chairs_vote, criterion, head_to_head, in_order, median_ballot


def places(placed):
    return [(one.entry, one.place, one.by) for one in placed]


def test_scores_put_entries_in_order():
    assert places(in_order({"a": 70.0, "b": 80.0, "c": 60.0}, [])) == [
        ("b", 1, "score"),
        ("a", 2, "score"),
        ("c", 3, "score"),
    ]


def test_what_nothing_parts_shares_a_place_and_the_next_is_left_out():
    placed = in_order({"a": 70.001, "b": 70.004, "c": 60.0}, [])
    assert [(one.place, one.joint) for one in placed] == [(1, True), (1, True), (3, False)]


def test_equal_scores_are_rounded_half_to_even():
    assert [one.place for one in in_order({"a": 70.125, "b": 70.12}, [])] == [1, 1]


def test_the_chain_goes_on_until_somebody_is_ahead():
    votes = [Vote("a", "x", 8), Vote("b", "x", 8), Vote("a", "y", 7), Vote("b", "z", 9)]
    chain = [
        Breaker("criterion", criterion(lambda: {"a": 50.0, "b": 50.0})),
        Breaker("head to head", head_to_head(Design.of(votes))),
        Breaker("median", median_ballot(Design.of(votes))),
    ]
    assert places(in_order({"a": 70.0, "b": 70.0, "c": 90.0}, chain)) == [
        ("c", 1, "score"),
        ("b", 2, "score"),
        ("a", 3, "median"),
    ]


def test_judges_who_scored_both_decide_before_the_median():
    votes = [Vote("a", "x", 9), Vote("b", "x", 8), Vote("b", "y", 10), Vote("b", "z", 10)]
    chain = [
        Breaker("head to head", head_to_head(Design.of(votes))),
        Breaker("median", median_ballot(Design.of(votes))),
    ]
    assert places(in_order({"a": 70.0, "b": 70.0}, chain))[0] == ("a", 1, "score")


def test_the_chairs_vote_comes_before_sharing():
    chain = [Breaker("chair", chairs_vote([("b", "a")]))]
    assert places(in_order({"a": 70.0, "b": 70.0}, chain)) == [("b", 1, "score"), ("a", 2, "chair")]


@pytest.mark.parametrize(("third", "total"), [(Decimal(9), Decimal("76.888889")), (None, Decimal("73.888889"))])
def test_the_total_of_the_oracles_ballot(third, total):
    scores = [
        Scored(Decimal(40), 1, 10, Decimal(8)),
        Scored(Decimal(30), 1, 10, Decimal(7)),
        Scored(Decimal(20), 1, 10, third),
        Scored(Decimal(10), 0, 5, Decimal(4)),
    ]
    assert ballot_total(scores) == total


def test_a_ballot_without_an_answer_has_no_total():
    assert ballot_total([Scored(Decimal(1), 1, 10, None)]) is None
