"""The fold of a rule, by hand: what each event gives, after all that was given before."""

import datetime as dt

import pytest

from incentives.rulebook.definition import read
from incentives.rulebook.folding import Fold, Happening, LiveRule, Someone
from refprogram.kernel import rollups
from tests.factories.incentives import saying

START = dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC)
ANN, BOB = 1, 2
PEOPLE = {
    ANN: Someone(ANN, "rep", team_id=7, region_id=3, hired_on=dt.date(2020, 1, 1)),
    BOB: Someone(BOB, "partner", team_id=8, region_id=3),
}


def rule(points=100, since=None, until=None, number=1, **more):
    return LiveRule(number, 1, "A rule", read(saying("nomination.enrolled", "nominator", points, **more)), since, until)


def happening(number, *, days=0, topic="nomination.enrolled", **payload):
    at = START + dt.timedelta(days=days)
    facts = {"nominator": ANN, **payload}
    return Happening(number, topic, ("nomination", number), None, facts, at, rollups.day_of(at))


def given(a_rule, *happenings, pots=None):
    fold = Fold(PEOPLE, {}, pots or {})
    return [(e.person.id, e.amount) for one in happenings for e in fold.effects(a_rule, one)]


def test_the_cap_is_of_the_day_s_span_whatever_the_order():
    capped = rule(caps=[{"span": "month", "most": 250}])

    # October: 100 + 100 + 50 + 0; November begins anew; a late one of October finds nothing left.
    told = [happening(n, days=days) for n, days in enumerate([0, 1, 2, 3, 31, 4])]

    assert [amount for _who, amount in given(capped, *told)] == [100, 100, 50, 100]


def test_all_together_have_a_cap_of_their_own():
    capped = rule(caps=[{"span": "total", "most": 250, "each": False}])

    told = [happening(1), happening(2, nominator=BOB), happening(3), happening(4)]

    assert given(capped, *told) == [(ANN, 100), (BOB, 100), (ANN, 50)]


def test_shares_divide_and_what_is_left_over_goes_to_the_first():
    shared = happening(1, credits=[[ANN, 7, 3, 67], [BOB, 8, 3, 33]])

    assert given(rule(101), shared) == [(ANN, 68), (BOB, 33)]  # 67.67 and 33.33


def test_a_share_outside_of_the_audience_is_not_given_to_the_others():
    shared = happening(1, credits=[[ANN, 7, 3, 60], [BOB, 8, 3, 40]])

    assert given(rule(audience={"roles": ["partner"]}), shared) == [(BOB, 40)]
    assert given(rule(audience={"hired_before": "2020-01-02"}), shared) == [(ANN, 60)]
    assert given(rule(audience={"teams": [9]}), shared) == []


def test_each_time_is_worth_less_until_the_month_is_over():
    fading = rule(fading={"span": "month", "percents": [100, 50, 25]})

    told = [happening(n, days=days) for n, days in enumerate([0, 1, 2, 3, 31])]

    assert [amount for _who, amount in given(fading, *told)] == [100, 50, 25, 25, 100]


def test_it_halves_with_the_days_since_it_was_switched_on():
    halving = rule(since=START, halves_days=10)

    # 100 × ½^(days/10): 100, 50, 25, and after 15 days 35.36.
    told = [happening(n, days=days) for n, days in enumerate([0, 10, 20, 15])]

    assert [amount for _who, amount in given(halving, *told)] == [100, 50, 25, 35]


def test_what_waits_is_told_apart_and_all_of_it_counts_against_the_cap():
    promising = rule(
        caps=[{"span": "total", "most": 150}], milestones=[{"percent": 60, "topic": "nomination.first_act", "days": 30}]
    )
    fold = Fold(PEOPLE, {})

    first, second = (fold.effects(promising, happening(n)) for n in (1, 2))

    assert [(e.key, e.amount, e.waits) for e in first] == [
        ("1:1:1", 40, ""),
        ("1:1:1:m1", 60, "nomination.first_act"),
    ]
    assert first[1].until == START + dt.timedelta(days=30)
    assert [e.amount for e in second] == [20, 30]


def test_parts_that_are_taken_back_were_one_time():
    both = rule(
        fading={"span": "month", "percents": [100, 50, 10]},
        milestones=[{"percent": 60, "topic": "nomination.first_act", "days": 30}],
    )
    fold = Fold(PEOPLE, {})
    for effect in fold.effects(both, happening(1)):
        fold.take_back(both, ANN, effect.happening.day, effect.amount, key=effect.key)

    assert [effect.amount for effect in fold.effects(both, happening(2))] == [40, 60]
    assert [effect.amount for effect in fold.effects(both, happening(3))] == [20, 30]


def test_a_pot_gives_what_it_holds():
    assert [a for _who, a in given(rule(pot=5), *(happening(n) for n in range(4)), pots={5: 250})] == [100, 100, 50]


@pytest.mark.parametrize(
    ("days", "more", "fits"),
    [
        (0, {"since": START}, True),
        (-1, {"since": START}, False),
        (0, {"until": START}, False),
        (0, {"starts_on": "2026-10-02"}, False),
        (1, {"starts_on": "2026-10-02", "ends_on": "2026-10-02"}, True),
        (2, {"ends_on": "2026-10-02"}, False),
    ],
)
def test_a_rule_gives_for_its_own_time(days, more, fits):
    assert bool(given(rule(**more), happening(1, days=days))) is fits


@pytest.mark.parametrize(
    ("condition", "told", "fits"),
    [
        ({"fact": "in_gap", "op": "is", "values": [True]}, {"in_gap": True}, True),
        ({"fact": "in_gap", "op": "is", "values": [True]}, {}, False),
        ({"fact": "in_gap", "op": "is_not", "values": [True]}, {"in_gap": False}, True),
        ({"fact": "region", "op": "is", "values": [3, 4]}, {"region": 4}, True),
        ({"fact": "region", "op": "is_not", "values": [3, 4]}, {"region": 4}, False),
        ({"fact": "campaign", "op": "is", "values": [True]}, {"campaign": 12}, True),
    ],
)
def test_conditions_ask_what_was_told(condition, told, fits):
    assert bool(given(rule(conditions=[condition]), happening(1, **told))) is fits


@pytest.mark.parametrize(("amount", "fits"), [("49999.99", False), ("50000", True), (None, False), ("?", False)])
def test_an_amount_is_compared_as_the_number_that_it_says(amount, fits):
    large = {"fact": "amount", "op": "at_least", "values": [50_000]}
    asked = LiveRule(1, 1, "Large", read(saying("request.submitted", "requester", 5, conditions=[large])))

    told = happening(1, topic="request.submitted", requester=ANN, amount=amount)

    assert bool(given(asked, told)) is fits
