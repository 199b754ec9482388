"""The simulation of a wave: same seed, same answer; more room, shorter waits; and it is only as long as it must be."""

import datetime as dt
from dataclasses import replace

from nominations.waves.simulation import Opening, Outcome, Setting, simulate

SETTING = Setting(
    first=dt.date(2026, 11, 23),
    works=tuple(day % 7 < 5 for day in range(120)),
    openings=(Opening(0, 30, 80), Opening(30, 30, 80)),
    people=160,
    rates=(0.4, 0.2, 0.1, 0.05),
    baseline=0.0,
    capacity=4.0,
    answer_days=2,
    in_work=20,
    per_day=4,
    pause_after_days=10,
)


def run(setting: Setting, seed: int = 7) -> Outcome:
    return simulate(setting, seed=seed, runs=30, interval=80)


def test_the_same_seed_gives_the_same_answer_and_another_one_another() -> None:
    assert run(SETTING) == run(SETTING)
    assert run(SETTING) != run(SETTING, seed=8)


def test_what_comes_in_is_what_the_rates_say() -> None:
    expected = 160 * (0.4 + 0.2 + 0.1 + 0.05)  # four weeks of each cohort, then nothing

    total = run(SETTING).total

    assert abs(total.mean - expected) < 0.1 * expected
    assert total.low <= total.mean <= total.high


def test_nothing_comes_in_on_days_off() -> None:
    outcome = run(SETTING)

    off = [band.high for day, band in zip(outcome.days, outcome.arrivals, strict=True) if day.weekday() > 4]

    assert set(off) == {0}


def test_more_decisions_a_day_shorten_the_wait() -> None:
    assert run(replace(SETTING, capacity=8.0)).longest.mean < run(SETTING).longest.mean


def test_little_room_in_work_slows_screening_down() -> None:
    tight = run(replace(SETTING, in_work=3))

    assert tight.longest.mean > run(SETTING).longest.mean


def test_a_backlog_keeps_the_next_cohort_waiting() -> None:
    slow = replace(SETTING, capacity=0.5, per_day=1, pause_after_days=5)

    assert run(slow).delay.mean > 0
    assert run(SETTING).delay.mean == 0


def test_what_waits_already_counts() -> None:
    assert run(replace(SETTING, backlog=40)).peak.mean > run(SETTING).peak.mean


def test_a_company_without_people_waits_for_nobody() -> None:
    empty = run(replace(SETTING, people=0, openings=(Opening(0, 30, 0),), backlog=0))

    assert (empty.total.high, empty.peak.high, empty.longest.high) == (0, 0, 0)


def test_a_kept_answer_reads_as_it_was() -> None:
    outcome = run(SETTING)

    kept = Outcome.of_json(outcome.as_json())

    assert kept.days == outcome.days
    assert kept.total.mean == round(outcome.total.mean, 2)
