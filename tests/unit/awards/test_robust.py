"""Robust views: trimmed means by hand and by scipy, Huber's scores by minimising what he minimises."""

import numpy as np
import pytest
from scipy import optimize, stats

from awards.scoring.effects import Design, Vote, fit
from awards.scoring.robust import TUNING, huber, trimmed
from tests.unit.awards.test_effects import TABLE, VOTES, near


def of_rows(**rows):
    return Design.of([Vote(entry, f"J{n}", score) for entry, row in rows.items() for n, score in enumerate(row)])


def test_trimmed_means_by_hand():
    design = of_rows(one=[40], two=[40, 60], three=[90, 10, 60], four=[0, 70, 80, 100], ties=[50, 50, 50, 90, 10])
    assert trimmed(design) == near([40, 50, 60, 75, 50])  # of three the middle, of four the middle two: the median
    assert trimmed(of_rows(four=[0, 70, 80, 100])) == near(of_rows(four=[0, 70, 80, 100]).median)


@pytest.mark.parametrize("size", [5, 9, 10, 14, 15, 23])
def test_trimmed_means_are_those_of_scipy(size):
    rng = np.random.default_rng(size)
    rows = {f"E{n}": rng.normal(60, 15, size).tolist() for n in range(4)}
    assert trimmed(of_rows(**rows)) == near([stats.trim_mean(row, 0.2) for row in rows.values()], 9)


def minimised(design, ratio, scale):
    """Return what minimises the sum of Huber's rho, and of the shrinkage: worked out without any weight."""
    entries, limit = len(design.entries), TUNING * scale

    def loss(at):
        effect = at[entries:]
        off = np.abs(design.score - at[design.row] - effect[design.column])
        rho = np.where(off <= limit, off**2 / 2, limit * (off - limit / 2))
        return rho.sum() + ratio * (effect @ effect) / 2

    start = np.concatenate([design.mean, np.zeros(len(design.judges))])
    return optimize.minimize(loss, start, method="BFGS", options={"gtol": 1e-9, "maxiter": 5000}).x[:entries]


def with_a_slip():
    """The oracle's ballots, but J3 typed 14 for 84."""
    rows = {entry: dict(row) for entry, row in TABLE.items()}
    rows["E1"]["J3"] = 14
    return Design.of([Vote(entry, judge, score) for entry, row in rows.items() for judge, score in row.items()])


@pytest.mark.parametrize("design", [Design.of(VOTES), with_a_slip()], ids=["oracle", "slip"])
@pytest.mark.parametrize("ratio", [0.061971, 2.0])
def test_hubers_scores_minimise_what_he_minimises(design, ratio):
    told = huber(design, ratio)
    assert told.score == pytest.approx(minimised(design, ratio, told.scale), abs=2e-4)


def test_one_slip_moves_the_plain_mean_by_far_more_than_hubers_score():
    clean, slip = Design.of(VOTES), with_a_slip()
    known = fit(VOTES)
    kept, moved = huber(clean, known.ratio), huber(slip, known.ratio)
    first, odd = 0, next(n for n, score in enumerate(slip.score) if score == 14)
    assert clean.mean[first] - slip.mean[first] == near(70 / 3)
    assert abs(kept.score[first] - moved.score[first]) < 3
    assert moved.weight[odd] == moved.weight.min() < 0.15
    assert sorted(np.round(moved.weight, 6))[1] > moved.weight[odd]


def test_without_anything_odd_it_is_the_adjusted_score():
    """Noise of one size: no ballot lies beyond 1.345 standard deviations, and all weigh the same."""
    sign = {("A", 0): 1, ("A", 1): -1, ("B", 0): -1, ("B", 1): 1}
    given = {name: [base + sign[name, n] for n in range(2)] for name, base in {"A": 70, "B": 60}.items()}
    design = of_rows(**given)
    told = huber(design, 0.5)
    assert (told.weight.tolist(), told.score) == ([1.0] * 4, near([70, 60]))
    agreed = of_rows(A=[70, 70, 70], B=[60, 60, 60])
    assert (huber(agreed, np.inf).score, huber(agreed, np.inf).scale) == (near([70, 60]), 0.0)


def test_scaling_and_permuting_ballots_scales_and_permutes_both():
    design, twice = with_a_slip(), with_a_slip().scored(2 * with_a_slip().score)
    assert huber(twice, 0.5).score == pytest.approx(2 * huber(design, 0.5).score, abs=1e-5)
    votes = with_a_slip().votes[::-1]
    turned = Design.of(votes)
    by_entry = dict(zip(turned.entries, huber(turned, 0.5).score, strict=True))
    assert [by_entry[entry] for entry in design.entries] == pytest.approx(huber(design, 0.5).score.tolist(), abs=1e-6)
    assert trimmed(twice) == near(2 * trimmed(design))
