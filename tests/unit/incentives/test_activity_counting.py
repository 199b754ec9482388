"""Weeks, use and the lowest few, worked out by hand."""

import datetime as dt
from decimal import Decimal

import pytest

from incentives.activity.counting import LOTS, Done, Line, Terms, drawn, lot, lowest, use, week

MONDAY = dt.date(2026, 3, 2)
TERMS = Terms({"demo": 8, "on-site demo": 20, "proposal": 10, "dashboard": 3}, 5, 10, 100)


def done(**times: int) -> list[Done]:
    return [Done(what, f"{what}-{n}") for what, count in times.items() for n in range(count)]


@pytest.mark.parametrize(
    ("times", "points"),
    [
        ({}, 0),
        ({"demo": 1}, 8),
        ({"demo": 5}, 40),
        ({"demo": 7}, 48),  # 5 × 8 + 2 × 4
        ({"demo": 40}, 60),  # 5 × 8 + 5 × 4, and thirty for nothing
        ({"dashboard": 6}, 16),  # 5 × 3 + 1.5: the half is dropped
        ({"coffee": 9}, 0),
        ({"demo": 7, "proposal": 5}, 98),
        ({"demo": 7, "proposal": 6}, 100),  # 103, capped
    ],
)
def test_a_week_by_hand(times, points):
    assert week(done(**times), TERMS).points == points


def test_its_lines_say_why():
    assert week(done(proposal=2, demo=7), TERMS).lines == (Line("demo", 7, 8, 48), Line("proposal", 2, 10, 20))


def test_the_lot_draws_the_same_again_of_what_is_worth_it():
    many = done(proposal=2000, dashboard=2000)
    ways = {"weights": TERMS.weights, "least": 8, "percent": 10, "most": 10_000}
    first = drawn(many, MONDAY, **ways)
    assert first == drawn(reversed(many), MONDAY, **ways)
    assert {key.split("-")[0] for key in first} == {"proposal"}
    assert first == sorted((d.key for d in many if d.what == "proposal" and lot(MONDAY, d.key) < LOTS // 10),
                           key=lambda key: (lot(MONDAY, key), key))  # fmt: skip
    assert 140 < len(first) < 260
    assert drawn(many, MONDAY, **{**ways, "most": 2}) == first[:2]
    assert drawn(many, MONDAY, **{**ways, "percent": 0}) == []


def test_use_of_working_days():
    days = [MONDAY + dt.timedelta(days=n) for n in range(5)]
    saturday = MONDAY + dt.timedelta(days=5)
    assert use(days, {*days[:4], saturday}) == (4, 5)
    assert use(days, set(days[:4])).percent == 80
    nine_of_ten = use([*days, *(MONDAY + dt.timedelta(days=7 + n) for n in range(5))], set(days[:5]) | {
        MONDAY + dt.timedelta(days=7 + n) for n in range(4)})  # fmt: skip
    assert (nine_of_ten.percent, nine_of_ten.reaches(90), nine_of_ten.reaches(91)) == (90, True, False)
    assert not use([], set(days)).reaches(1)


def figures(*values: int) -> dict[int, Decimal]:
    return {n: Decimal(value) for n, value in enumerate(values)}


@pytest.mark.parametrize(
    ("values", "named"),
    [
        (range(19), set()),  # fewer than twenty
        (range(20), {0}),
        (range(39), {0}),  # 1.95 is one
        (range(40), {0, 1}),
        ([5, 5, *range(10, 28)], set()),  # two are lowest, one place: nobody
        ([1, 5, 5, *range(10, 47)], {0}),  # two places, three are lowest or next: the one alone
        ([0] * 20, set()),
    ],
)
def test_the_lowest_five_in_a_hundred(values, named):
    assert lowest(figures(*values), Decimal(5), 20) == named
