"""Kept figures: which period a moment counts for, and ranks with ties."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.rollups import Ranked

DAYS = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("week", dt.date(2026, 11, 16), dt.date(2026, 11, 22)),
        ("month", dt.date(2026, 11, 1), dt.date(2026, 11, 30)),
        ("quarter", dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
        ("year", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    ],
)
def test_the_22nd_of_november_2026(period, first, last):
    assert rollups.start_of(period, dt.date(2026, 11, 22)) == first
    assert rollups.end_of(period, first) == last


@given(DAYS, st.sampled_from(list(Period)))
def test_every_day_lies_in_exactly_one_period(day, period):
    first = rollups.start_of(period, day)
    last = rollups.end_of(period, first)

    assert first <= day <= last
    assert rollups.start_of(period, last) == first
    assert rollups.start_of(period, last + dt.timedelta(days=1)) == last + dt.timedelta(days=1)
    assert rollups.start_of(period, rollups.previous_start(period, first)) == rollups.previous_start(period, first)


@pytest.mark.django_db
def test_equal_figures_share_a_rank_and_nothing_is_left_out_silently():
    at = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    for person, value in ((1, 5), (2, 8), (3, 5), (4, 2), (2, 1), (5, 3), (5, -3)):
        rollups.add(metric="m", at=at, keys={"person": person, "team": None}, value=value)

    ranked = rollups.ranking(metric="m", period="month", starts_on=dt.date(2026, 11, 1), dimension="person")

    assert ranked == [
        Ranked(2, Decimal(9), 1),
        Ranked(1, Decimal(5), 2),
        Ranked(3, Decimal(5), 2),
        Ranked(4, Decimal(2), 4),
    ]


@pytest.mark.django_db
def test_a_moment_counts_by_the_programs_zone_whoever_looks():
    new_year = dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC)
    with timezone.override("Asia/Tokyo"):
        rollups.add(metric="m", at=new_year, keys={"person": 1}, value=1)

    assert rollups.ranking(metric="m", period="year", starts_on=dt.date(2026, 1, 1), dimension="person")
