"""What stands out in a judge's ballots."""

import numpy as np

from awards.scoring.diagnostics import Manner, diagnose, leverage, own_side
from awards.scoring.effects import Design, Vote, fit
from tests.unit.awards.test_effects import VOTES, near


def test_the_judges_of_the_oracle():
    told = {one.judge: one for one in diagnose(fit(VOTES))}
    judges = [told[f"J{n}"] for n in range(1, 6)]
    assert [one.severity for one in judges] == near([6.0, -7.996711, 0.371711, 3.338816, -1.713816])
    assert [one.error for one in judges] == near([0.652979, 0.662310, 0.662310, 0.760862, 0.760862])
    assert [one.fit for one in judges] == near([1.549647, 0.498255, 0.960392, 0.877852, 1.121882])
    assert told["J1"].flags == ["generous"]
    assert told["J2"].flags == ["severe"]
    assert told["J3"].flags == []


def test_leverages_sum_to_what_the_model_fits():
    design = Design.of(VOTES)
    assert leverage(design).sum() == near(len(design.entries) + len(design.judges) - 1)


def test_a_judge_against_all_others_stands_out():
    steady = [Vote(e, j, 50.0 + 5 * e + (e * j) % 3) for e in range(8) for j in range(4)]
    against = [Vote(e, "contrary", 90.0 - 5 * e) for e in range(8)]
    told = {one.judge: one.flags for one in diagnose(fit([*steady, *against]))}
    assert {"erratic", "apart"} <= set(told["contrary"])
    assert "apart" not in told[0]


def test_haste_sameness_and_narrow_marks_stand_out():
    votes = [Vote(e, j, 50.0 + 5 * e + (e * j) % 3) for e in range(8) for j in range(4)]
    votes += [Vote(e, "flat", 60.0 + 0.2 * (e % 2)) for e in range(8)]
    manners = {"flat": Manner(seconds=[5] * 8, alike=7), 0: Manner(seconds=[200] * 8, alike=1)}
    told = {one.judge: one.flags for one in diagnose(fit(votes), manners)}
    assert {"narrow", "alike", "hasty"} <= set(told["flat"])
    assert not {"narrow", "alike", "hasty"} & set(told[0])


def test_leaning_to_ones_own_side_is_told_with_its_chance():
    chance = np.random.default_rng(7)
    votes = [
        Vote(e, j, 60 + e + chance.normal(0, 1) + (12 if j == 0 and e < 4 else 0)) for e in range(12) for j in range(5)
    ]
    (told,) = own_side(fit(votes), {0: {0, 1, 2, 3}, 1: set()}, seed=1)
    assert told.judge == 0
    assert told.lead > 5
    assert told.p < 0.01


def test_the_same_seed_tells_the_same():
    sides = {"J1": {"E2"}}
    assert own_side(fit(VOTES), sides, seed=3) == own_side(fit(VOTES), sides, seed=3)
