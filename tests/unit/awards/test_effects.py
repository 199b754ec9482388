"""The numeric oracle of the design (research on awards, 4.9): worked out apart from this code, to six decimals."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.scoring.effects import Fit, Refusal, Vote, fit, in_turn

TABLE = {
    "E1": {"J2": 75, "J3": 84, "J5": 80},
    "E2": {"J1": 87, "J3": 79, "J4": 84},
    "E3": {"J1": 80, "J2": 68, "J5": 75},
    "E4": {"J2": 61, "J3": 71, "J4": 74},
    "E5": {"J1": 73, "J4": 68, "J5": 64},
    "E6": {"J1": 66, "J2": 53, "J3": 61},
}
VOTES = [Vote(entry, judge, score) for entry, row in TABLE.items() for judge, score in row.items()]


def near(value, digits=6):
    return pytest.approx(value, abs=0.51 * 10**-digits)


def scores_of(told: Fit):
    return dict(zip(told.design.entries, told.score, strict=True))


def effects_of(told: Fit):
    return dict(zip(told.design.judges, told.effect, strict=True))


def test_the_variances_of_the_oracle():
    known = fit(VOTES).variances
    assert (known.df, known.trace) == (8, near(12))
    assert known.explained == near(351.120614)
    assert known.residual == near(14.212719)
    assert known.noise == near(1.776590)
    assert known.judges == near(28.667855)
    assert known.ratio == near(0.061971)
    assert known.severity_f == near(49.409350)
    assert known.severity_p == near(0.000011)
    assert fit(VOTES).t == near(2.306004)


def test_the_scores_of_the_oracle():
    told = fit(VOTES, least_ballots=3)
    assert told.refusal is None
    assert told.design.components == 1
    assert told.design.mean == near([79.666667, 83.333333, 74.333333, 68.666667, 68.333333, 60.0])
    assert told.score == near([82.709392, 80.165517, 75.537654, 70.075838, 65.844932, 60.524905])
    assert told.error == near([0.823510, 0.824508, 0.824508, 0.823510, 0.822294, 0.822294])
    assert told.score - told.t * told.error == near([80.810374, 78.264198, 73.636336, 68.176819, 63.948719, 58.628691])
    assert told.score + told.t * told.error == near([84.608411, 82.066835, 77.438973, 71.974856, 67.741146, 62.421119])
    shown = effects_of(told)
    assert [shown[f"J{n}"] for n in range(1, 6)] == near([5.890487, -7.840476, 0.375273, 3.237690, -1.662974])


def test_the_least_squares_of_the_oracle():
    told = fit(VOTES, ratio=0)
    assert told.score == near([82.779605, 80.096491, 75.570175, 70.095395, 65.791667, 60.541667])
    shown = effects_of(told)
    assert [shown[f"J{n}"] for n in range(1, 6)] == near([6.0, -7.996711, 0.371711, 3.338816, -1.713816])


def test_the_first_two_of_the_oracle_are_a_photo_finish():
    pair = fit(VOTES).between("E1", "E2")
    assert pair == near((2.543876, 1.218103, 0.964903, 0.070193))
    assert fit(VOTES).between("E2", "E1").probability == near(1 - 0.964903)


@pytest.mark.parametrize(
    "votes",
    [
        VOTES,
        [Vote("a", "x", 7), Vote("b", "x", 7), Vote("c", "x", 6)],
        [Vote(e, j, s) for e, s in (("a", 7), ("b", 7), ("c", 6)) for j in "xyz"],
    ],
    ids=["oracle", "one judge", "nothing varies"],
)
def test_neighbours_in_an_order_are_compared_as_any_two_are(votes):
    told = fit(votes)
    order = sorted(told.design.entries, key=lambda entry: -told.score[told.row_of[entry]])

    for found, (one, other) in zip(in_turn(told, order), itertools.pairwise(order), strict=True):
        assert found == pytest.approx(told.between(one, other), nan_ok=True, abs=1e-9)


def test_judges_who_do_not_differ_leave_the_means():
    rows = [(70, 71, 69), (80, 78, 82), (90, 91, 89)]
    votes = [Vote(f"E{e}", f"J{j}", score) for e, row in enumerate(rows) for j, score in enumerate(row)]
    told = fit(votes)
    assert told.variances.judges == near(-1.0)
    assert (told.ratio, told.refusal) == (math.inf, Refusal.NO_SEVERITY)
    assert told.score == near([70, 80, 90])


def test_two_panels_without_a_ballot_in_common_are_not_adjusted():
    rows = [(70, 60, None, None), (80, 66, None, None), (None, None, 90, 75), (None, None, 84, 71)]
    votes = [Vote(e, j, s) for e, row in enumerate(rows) for j, s in enumerate(row) if s is not None]
    told = fit(votes)
    assert (told.design.components, told.refusal) == (2, Refusal.NOT_CONNECTED)
    assert told.score == near([65, 73, 82.5, 77.5])


@pytest.mark.parametrize(
    ("votes", "why"),
    [
        ([vote for vote in VOTES if vote.judge in {"J1", "J2"}], Refusal.FEW_JUDGES),
        ([*VOTES, Vote("E1", "J6", 80)], Refusal.JUDGE_WITH_ONE),
        ([vote for vote in VOTES if (vote.entry, vote.judge) != ("E1", "J3")], Refusal.ENTRY_WITH_FEW),
        ([vote for vote in VOTES if vote.entry in {"E2", "E4", "E6"}], Refusal.LITTLE_DATA),
    ],
)
def test_where_there_is_too_little_the_means_stand_and_it_says_why(votes, why):
    least = 3 if why == Refusal.ENTRY_WITH_FEW else 1
    told = fit(votes, least_ballots=least)
    assert told.refusal == why
    assert told.score == near(told.design.mean)


def test_switched_off_the_means_stand():
    assert fit(VOTES, adjust=False).refusal == Refusal.SWITCHED_OFF


complete = st.integers(3, 7).flatmap(
    lambda judges: st.lists(st.lists(st.integers(0, 100), min_size=judges, max_size=judges), min_size=3, max_size=8)
)


def as_votes(rows):
    return [Vote(e, j, float(score)) for e, row in enumerate(rows) for j, score in enumerate(row)]


@given(complete)
@settings(deadline=None)
def test_when_every_judge_saw_every_entry_the_score_is_the_mean(rows):
    told = fit(as_votes(rows))
    assert told.score == pytest.approx(np.mean(rows, axis=1), abs=1e-8)


@given(st.floats(0.1, 50), st.floats(-100, 100))
@settings(deadline=None)
def test_another_scale_scales_the_scores_and_keeps_the_ratio(factor, shift):
    moved = fit([Vote(e, j, s * factor + shift) for e, j, s in VOTES])
    assert moved.score == pytest.approx(fit(VOTES).score * factor + shift, abs=1e-7)
    assert moved.ratio == pytest.approx(fit(VOTES).ratio, rel=1e-9)


@given(st.permutations(VOTES))
@settings(deadline=None)
def test_the_order_of_ballots_does_not_matter(votes):
    shown = scores_of(fit(votes))
    assert shown == {entry: pytest.approx(score, abs=1e-9) for entry, score in scores_of(fit(VOTES)).items()}


@given(complete.filter(lambda rows: len(rows[0]) == 5))
@settings(deadline=None, max_examples=20)
def test_one_judge_of_five_ten_points_kinder_lifts_everybody_by_two(rows):
    before = fit(as_votes(rows), ratio=0)
    after = fit(as_votes([[row[0] + 10, *row[1:]] for row in rows]), ratio=0)
    assert after.score == pytest.approx(before.score + 2, abs=1e-8)
