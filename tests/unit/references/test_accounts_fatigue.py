"""Fatigue: never negative, halves every 45 days, and nobody cares in which order asks came."""

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.accounts import fatigue, policy

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
moments = st.datetimes(min_value=dt.datetime(2015, 1, 1), max_value=dt.datetime(2035, 1, 1), timezones=st.just(dt.UTC))
spendings = st.lists(st.tuples(st.integers(1, 200), moments), min_size=1, max_size=12)


def key_of(asks: list[tuple[int, dt.datetime]]) -> float | None:
    key: float | None = None
    for effort, at in asks:
        key = fatigue.add(key, effort, at)
    return key


def test_nothing_asked_is_fresh() -> None:
    assert fatigue.index(None, NOW) == 0


def test_a_call_today_is_a_third_of_the_capacity() -> None:
    key = fatigue.add(None, 40, NOW)
    assert fatigue.index(key, NOW) == 33


def test_two_calls_are_two_thirds_and_half_of_that_after_45_days() -> None:
    key = fatigue.add(fatigue.add(None, 40, NOW), 40, NOW)
    assert fatigue.index(key, NOW) == 67
    assert fatigue.index(key, NOW + policy.now().half_life) == 33


def test_older_effort_counts_less() -> None:
    key = key_of([(40, NOW - policy.now().half_life), (40, NOW)])
    assert fatigue.load(key, NOW) == pytest.approx(60)


def test_it_sinks_below_a_band_when_the_arithmetic_says_so() -> None:
    key = fatigue.add(None, 144, NOW)  # 120 points are 100, so 144 sinks to 72 (index 60) after one half-life
    assert fatigue.sinks_below(key, 60, NOW) == NOW + policy.now().half_life
    assert fatigue.sinks_below(key, 60, NOW + policy.now().half_life + dt.timedelta(seconds=1)) is None


@given(spendings, moments)
def test_never_negative_and_never_above_hundred(asks: list[tuple[int, dt.datetime]], at: dt.datetime) -> None:
    assert 0 <= fatigue.index(key_of(asks), at) <= 100
    assert fatigue.load(key_of(asks), at) >= 0


@given(spendings, moments)
def test_halves_every_half_life(asks: list[tuple[int, dt.datetime]], at: dt.datetime) -> None:
    key = key_of(asks)
    assert fatigue.load(key, at + policy.now().half_life) == pytest.approx(fatigue.load(key, at) / 2)


@given(spendings, st.randoms())
def test_order_does_not_matter(asks: list[tuple[int, dt.datetime]], luck: object) -> None:
    shuffled = list(asks)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    key, other = key_of(asks), key_of(shuffled)
    assert key is not None
    assert other is not None
    assert math.isclose(key, other, abs_tol=1e-9)


@given(spendings)
def test_the_key_is_the_sum_of_decayed_efforts(asks: list[tuple[int, dt.datetime]]) -> None:
    at = max(moment for _effort, moment in asks)
    by_hand = sum(effort * 0.5 ** ((at - moment) / policy.now().half_life) for effort, moment in asks)
    assert fatigue.load(key_of(asks), at) == pytest.approx(by_hand)


@given(spendings, moments, st.integers(1, 100))
def test_the_key_of_an_index_finds_exactly_those_above_it(
    asks: list[tuple[int, dt.datetime]], at: dt.datetime, band: int
) -> None:
    key = key_of(asks)
    assert key is not None
    assert (key >= fatigue.key_at(band, at)) == (fatigue.sinks_below(key, band, at) is not None)
