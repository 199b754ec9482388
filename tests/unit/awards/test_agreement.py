"""Stability, agreement, rankings and comparisons on the same oracle, and on published examples."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.scoring.effects import Design, Vote, fit
from awards.scoring.orders import borda
from awards.scoring.pairwise import Duel, bradley_terry, duels_from_scores, most_telling
from awards.scoring.reliability import intraclass, krippendorff_alpha
from awards.scoring.stability import leaders, without_each
from tests.unit.awards.test_effects import TABLE, VOTES, near, scores_of

ENTRIES = list(TABLE)

# Shrout & Fleiss (1979), table 2: six targets, four judges; the correlations are those of their table 4.
SHROUT_FLEISS = [(9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7)]
# Krippendorff, "Computing Krippendorff's alpha-reliability" (2011), part C: four observers, twelve units.
KRIPPENDORFF = {
    "A": "1 2 3 3 2 1 4 1 2 . . .",
    "B": "1 2 3 3 2 2 4 1 2 5 . 3",
    "C": ". 3 3 3 2 3 4 2 2 5 1 .",
    "D": "1 2 3 3 2 4 4 1 2 5 1 .",
}


def without(votes, judge):
    return [vote for vote in votes if vote.judge != judge]


def test_without_any_one_judge_the_same_entry_wins():
    whole = fit(VOTES)
    assert leaders(whole, without_each(whole), set(ENTRIES)) == dict.fromkeys(whole.design.judges, "E1")
    third = fit(without(VOTES, "J3"))
    without_third = scores_of(third)
    assert [without_third[entry] for entry in ENTRIES] == near(
        [81.922132, 81.077868, 75.358190, 69.710161, 65.835036, 60.362600]
    )
    assert (third.ratio, third.variances.df) == (near(0.049835), 5)
    without_first = scores_of(fit(without(VOTES, "J1")))
    assert [without_first[entry] for entry in ENTRIES] == near(
        [81.414538, 77.933104, 75.066896, 68.554067, 63.547092, 59.452908]
    )


panels = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 6), st.integers(0, 400)),
    min_size=1,
    max_size=40,
    unique_by=lambda v: v[:2],
)


@settings(max_examples=150, deadline=None)
@given(panels, st.booleans())
def test_without_each_judge_is_what_the_votes_of_the_others_say(table, adjust):
    votes = [Vote(entry, judge, points / 4) for entry, judge, points in table]
    whole = fit(votes)
    found = without_each(whole, adjust=adjust)
    for at, judge in enumerate(found.judges):
        rest = without(votes, judge)
        expected = scores_of(fit(rest, adjust=adjust)) if rest else {}
        told = dict(zip(whole.design.entries, found.scores[:, at], strict=True))
        assert told == {entry: pytest.approx(expected.get(entry, -np.inf), abs=1e-7) for entry in told}


def test_by_plain_means_another_entry_would_win_whoever_is_left_out():
    whole = fit(VOTES)
    assert set(leaders(whole, without_each(whole, adjust=False), set(ENTRIES)).values()) == {"E2"}


def test_agreement_of_the_oracle_before_and_after_adjusting():
    told = fit(VOTES)
    effect = dict(zip(told.design.judges, told.effect, strict=True))
    adjusted = [Vote(e, j, s - effect[j]) for e, j, s in VOTES]
    assert krippendorff_alpha(Design.of(VOTES)) == near(0.642147)
    assert krippendorff_alpha(Design.of(adjusted)) == near(0.981708)
    shown = intraclass(Design.of(VOTES))
    assert (shown.single, shown.mean, shown.k) == (near(0.670369), near(0.859177), 3)
    assert shown.agreement is None


def test_alpha_of_krippendorffs_published_example():
    votes = [
        Vote(unit, observer, float(value))
        for observer, row in KRIPPENDORFF.items()
        for unit, value in enumerate(row.split())
        if value != "."
    ]
    assert krippendorff_alpha(Design.of(votes)) == near(0.849, 3)


def test_correlations_of_shrout_and_fleiss_published_example():
    votes = [Vote(e, j, float(s)) for e, row in enumerate(SHROUT_FLEISS) for j, s in enumerate(row)]
    shown = intraclass(Design.of(votes))
    assert (shown.single, shown.mean) == (near(0.17, 2), near(0.44, 2))
    assert shown.agreement == near((0.29, 0.62), 2)
    assert shown.consistency == near((0.71, 0.91), 2)


def test_nothing_can_be_said_of_agreement_where_nothing_varies():
    same = Design.of([Vote(e, j, 5.0) for e in "ab" for j in "xy"])
    assert krippendorff_alpha(same) is None
    assert intraclass(same) is None
    assert krippendorff_alpha(Design.of([Vote("a", "x", 1.0)])) is None


def test_ranking_of_the_oracle():
    shown = borda(Design.of(VOTES))
    assert [shown[entry] for entry in ENTRIES] == near([1.0, 0.888889, 0.611111, 0.388889, 0.111111, 0.0])


def test_strengths_of_the_oracle():
    duels = duels_from_scores((judge, entry, score) for entry, judge, score in VOTES)
    shown = bradley_terry(ENTRIES, duels)
    assert [shown[entry] for entry in ENTRIES] == near([2.946325, 1.633901, 0.514377, -0.515453, -1.625152, -2.966472])


def test_who_wins_every_comparison_still_has_a_strength():
    shown = bradley_terry(["a", "b", "c"], [Duel("a", "b", 1), Duel("a", "b", 1)])
    assert shown["a"] > 0 > shown["b"] == pytest.approx(-shown["a"])
    assert shown["c"] == pytest.approx(0)


def test_the_next_two_are_those_that_have_not_met():
    duels = [Duel("a", "b", 0.5)] * 6
    assert set(most_telling(["a", "b", "c"], duels, [("a", "b"), ("b", "c")])) == {"b", "c"}
    assert most_telling(["a", "b"], duels, []) is None
