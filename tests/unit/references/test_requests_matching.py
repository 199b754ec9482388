"""Scores worked out by hand, and what must hold for any pool."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.requests.matching import Facts, Need, rank, score

TODAY = dt.date(2026, 11, 4)
NEED = Need(industry="Utilities", region_id=1, product_id=7, employees=1000, amount=Decimal(100_000))


def points(facts, need=NEED):
    found = score(need, facts, today=TODAY)
    return {factor.key: factor.points for factor in found.factors}, found.total


def test_a_perfect_stranger():
    """Everything fits (40), rested (25), unrated: 14 × 2.5/4 + 6 = 14.75 -> 15, never asked (15)."""
    facts = Facts(1, "utilities", 1, frozenset({7}), 1900, won=(Decimal(200_000),))
    assert points(facts) == ({"fit": 40, "availability": 25, "track_record": 15, "fairness": 15}, 95)


def test_a_veteran_of_another_industry():
    """Product, region, half the size of 40: 12 + 6 + 2.5 of 40 -> 20 or 21 (20.5 rounds to even: 20).

    Strain 0.4: 25 × 0.6 = 15. Ratings 5, 5, 4, 4: mean (18 + 7) / 6 = 4.1667 -> 14 × 0.79167 = 11.08;
    3 yes and 1 no: (3 + 1) / (4 + 1) = 0.8 -> 4.8; together 15.88 -> 16. Asked 60 days ago: 15 × 60/180 = 5.
    """
    facts = Facts(
        1,
        "Energy",
        1,
        frozenset({7}),
        250,
        strain=0.4,
        ratings=4,
        rating_sum=18,
        said_yes=3,
        said_no=1,
        last_asked=TODAY - dt.timedelta(days=60),
    )
    assert points(facts) == ({"fit": 20, "availability": 15, "track_record": 16, "fairness": 5}, 56)


def test_only_what_the_need_says_counts():
    """A need that names the product alone: 12 of 12 is all 40 points."""
    assert points(Facts(1, product_ids=frozenset({7})), Need(product_id=7))[0]["fit"] == 40
    assert points(Facts(1), Need(product_id=7))[0]["fit"] == 0
    assert points(Facts(1), Need())[0]["fit"] == 40


@pytest.mark.parametrize(
    ("employees", "fit"), [(1000, 40), (4999, 40), (5000, 20), (999, 20), (250, 20), (249, 0), (0, 0), (None, 0)]
)
def test_the_same_size_of_the_map_counts_in_full_and_the_next_one_half(employees, fit):
    """1,000 people are of 1,000 to 4,999; next to it lie 250 to 999, and 5,000 and more."""
    assert points(Facts(1, employees=employees), Need(employees=1000))[0]["fit"] == fit


@pytest.mark.parametrize(("won", "fit"), [(50_000, 40), (200_000, 40), (49_999, 0), (200_001, 0)])
def test_a_similar_deal_lies_between_half_and_twice(won, fit):
    assert points(Facts(1, won=(Decimal(won),)), Need(amount=Decimal(100_000)))[0]["fit"] == fit


def test_reasons_say_what_is_the_same_and_what_is_not():
    found = score(NEED, Facts(1, "Utilities", 2, frozenset({7}), 1000, won=(Decimal(90_000),)), today=TODAY)
    assert found.reasons == ("Same industry, product, size and deal size, another region.", "Never asked yet.")


def test_ties_go_to_who_waited_longest_then_to_the_older_account():
    ancient = TODAY - dt.timedelta(days=400)
    pool = [Facts(3, last_asked=ancient + dt.timedelta(days=1)), Facts(2, last_asked=ancient), Facts(9), Facts(4)]
    assert [facts.account_id for facts, _score in rank(Need(), pool, today=TODAY)] == [4, 9, 2, 3]


FACTS = st.builds(
    Facts,
    account_id=st.integers(1, 50),
    industry=st.sampled_from(["", "Utilities", "Energy"]),
    region_id=st.sampled_from([None, 1, 2]),
    product_ids=st.frozensets(st.integers(6, 8)),
    employees=st.none() | st.integers(1, 100_000),
    strain=st.floats(0, 3),
    ratings=st.integers(0, 9),
    rating_sum=st.integers(9, 45),
    said_yes=st.integers(0, 9),
    said_no=st.integers(0, 9),
    last_asked=st.none() | st.dates(dt.date(2024, 1, 1), TODAY),
    won=st.lists(st.decimals(1, 500_000, places=2), max_size=2).map(tuple),
)


@given(facts=FACTS.filter(lambda facts: facts.ratings <= facts.rating_sum <= 5 * facts.ratings or not facts.ratings))
def test_every_part_stays_within_its_share(facts):
    facts = facts if facts.ratings else facts._replace(rating_sum=0)
    found = score(NEED, facts, today=TODAY)
    assert all(0 <= factor.points <= factor.of for factor in found.factors)
    assert found.total == sum(factor.points for factor in found.factors)


@given(pool=st.lists(FACTS, unique_by=lambda facts: facts.account_id), seed=st.randoms())
def test_the_order_does_not_depend_on_the_order_of_entry(pool, seed):
    shuffled = list(pool)
    seed.shuffle(shuffled)
    ranked = rank(NEED, pool, today=TODAY)
    assert ranked == rank(NEED, shuffled, today=TODAY)


def test_what_is_told_counts_as_well():
    """Use case 8, role 5, competitor 5, language 4 of 22: use case and language met are 12 / 22 of 40 = 21.8."""
    need = Need(use_case="Billing", persona="CFO", competitor="Rival", language="de")
    facts = Facts(1, use_cases=frozenset({"billing", "Fraud"}), persona="CIO", languages=frozenset({"DE"}))
    assert points(facts, need)[0]["fit"] == 22
    assert "Same use case and language, another role and competitor." in score(need, facts, today=TODAY).reasons
    assert points(Facts(1, persona="cfo", competitor="rival"), need)[0]["fit"] == round(40 * 10 / 22)


def test_of_equals_the_readier_comes_first():
    pool = [Facts(1, readiness=None), Facts(2, readiness=80), Facts(3, readiness=20)]
    assert [facts.account_id for facts, _score in rank(Need(), pool, today=TODAY)] == [2, 3, 1]
