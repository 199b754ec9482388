"""The formulas of metrics: what is published is what the code does, and without data there is no figure."""

import datetime as dt
from decimal import Decimal

import pytest

from refprogram.dashboards.mailing.services import next_day
from refprogram.dashboards.metrics import deals, matching
from refprogram.dashboards.metrics.formulas import NO_DATA, NOT_SET, TOO_FEW, incremental, win_rate
from refprogram.dashboards.metrics.kept import Said
from refprogram.dashboards.metrics.matching import Stratum
from refprogram.dashboards.metrics.of_deals import of_return
from refprogram.dashboards.metrics.registry import EIGHT, METRICS
from refprogram.dashboards.metrics.shown import note_of

NOTHING = {
    "strata": [], "low": None, "matched": 0, "why": NO_DATA, "margin": 80, "cost": "10.00", "by_kind": {},
    "score": None, "points": None, "percent": None, "top_percent": None, "gini": None, "days": None, "revenue": "0.00",
    "with": None, "without": None, "agreement_p50": None, "agreement_p90": None, "reaction_p50": None, "useful": None,
    "gap": None, "p90": None, "paid": None,
}  # fmt: skip


@pytest.mark.parametrize("key", METRICS)
def test_the_worked_example_is_what_the_formula_gives(key):
    metric = METRICS[key]
    out = metric.formula(metric.example.facts)
    assert (out.value, out.why) == (metric.example.value, "")
    assert metric.words(out.value).split()[-1].rstrip("%") in str(metric.example.words)
    assert all((metric.text, metric.source, metric.owner, metric.name))


@pytest.mark.parametrize("key", sorted(METRICS.keys() - {"program_cost", "roi_at_most", "references"}))
def test_without_data_a_metric_says_so_and_is_never_zero(key):
    class Empty(dict):
        def __missing__(self, name):
            return 0

    out = METRICS[key].formula(Empty(NOTHING))
    assert out.value is None
    assert out.why in {NO_DATA, TOO_FEW, NOT_SET}
    assert METRICS[key].words(None) == "–"


def test_the_eight_are_in_the_dictionary():
    assert set(EIGHT) <= METRICS.keys()
    assert len(EIGHT) == 8


def test_lift_by_hand():
    # With: 10 of 12 and 9 of 10 won; without: 6 of 12 and 8 of 10. (12 x 1/3 + 10 x 1/10) / 22.
    strata = [Stratum(("a",), 10, 12, 6, 12), Stratum(("b",), 9, 10, 8, 10)]
    assert matching.lift_of(strata) == pytest.approx(5 / 22)
    out = matching.matched_lift(matching.facts_of(strata))
    assert (out.value, out.n) == (Decimal("22.7273"), 22)
    assert out.low < out.value < out.high
    assert matching.matched_lift(matching.facts_of(strata)) == out  # a fixed seed: anybody gets the same


def test_where_everything_is_won_and_nothing_without_the_interval_is_a_point():
    out = matching.matched_lift(matching.facts_of([Stratum(("a",), 25, 25, 0, 30)]))
    assert (out.value, out.low, out.high) == (Decimal(100), Decimal(100), Decimal(100))


@pytest.mark.parametrize(("number", "why"), [(19, TOO_FEW), (20, "")])
def test_below_twenty_matched_deals_nothing_is_said(number, why):
    alone = Stratum(("b",), 40, 40, 0, 0)  # no deal without a reference is like these
    out = matching.matched_lift(matching.facts_of([Stratum(("a",), number, number, 10, 20), alone]))
    assert (out.why, out.n) == (why, number)


def test_strata_with_one_side_are_dropped_and_counted():
    rows = [
        (("proposal", "50k"), True, True),
        (("proposal", "50k"), False, False),
        (("proposal", "more"), True, False),
        (("engaging", "50k"), False, True),
        (("engaging", "50k"), False, False),
    ]
    strata = matching.strata_of(rows)
    assert [(one.name, one.with_won, one.with_all, one.without_won, one.without_all) for one in strata] == [
        (("engaging", "50k"), 0, 0, 1, 2),
        (("proposal", "50k"), 1, 1, 0, 1),
        (("proposal", "more"), 0, 1, 0, 0),
    ]
    assert matching.dropped_in(strata) == {"strata": 2, "with": 1, "without": 2}
    assert matching.strata_in(matching.facts_of(strata)) == strata


@pytest.mark.parametrize(
    ("amount", "band"), [(None, ""), (10_000, "10k"), (10_001, "50k"), (250_000, "250k"), (250_001, "more")]
)
def test_bands_of_amounts(amount, band):
    assert matching.size_of(None if amount is None else Decimal(amount)) == band


def test_the_stage_of_a_deal_is_what_its_copies_say():
    day = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    past = [(day, "prospecting"), (day + dt.timedelta(days=9), "engaging"), (day + dt.timedelta(days=30), "proposal")]
    asked = [day - dt.timedelta(days=1), day + dt.timedelta(days=3), day + dt.timedelta(days=10)]
    assert [deals.stage_at(past, moment) for moment in asked] == ["prospecting", "engaging", "proposal"]
    assert deals.stage_at(past, day + dt.timedelta(days=31)) == ""  # it had closed
    assert deals.stage_at([], day) == ""


def test_the_day_a_deal_reached_a_stage():
    opened = dt.date(2026, 2, 1)
    past = [
        (dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC), "prospecting"),  # somebody gave it another amount
        (dt.datetime(2026, 2, 11, 12, tzinfo=dt.UTC), "prospecting"),
        (dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), "engaging"),
        (dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC), "prospecting"),  # fell back: it had reached that before
        (dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC), "proposal"),
        (dt.datetime(2026, 4, 9, 12, tzinfo=dt.UTC), "won"),
    ]
    assert deals.reached_on(past, opened) == {
        "prospecting": opened,
        "engaging": dt.date(2026, 2, 11),
        "proposal": dt.date(2026, 3, 5),
    }
    assert deals.reached_on(past[:1], None) == {"prospecting": None}


def test_a_lift_that_may_be_none_brings_nothing():
    rate = win_rate(10, 10)
    assert incremental(revenue=Decimal(1_000), low=Decimal("-0.2"), rate=rate) == 0
    assert incremental(revenue=Decimal(1_000), low=None, rate=rate) is None
    assert win_rate(0, 0) is None


@pytest.mark.parametrize("key", ["roi", "incremental_revenue"])
def test_a_lower_bound_of_nought_is_said_beside_what_follows_from_it(key):
    metric = METRICS[key]

    def note(low):
        out = metric.formula({**metric.example.facts, "low": low})
        return note_of(metric, Said(out.value, 24, out.low, out.high, out.why))

    assert note("-3") == note("0") == "Nothing proven yet: the lower bound of the lift is 0, n = 24"
    assert note("5") == "n = 24"
    assert "max(0, lower bound of the matched lift)" in str(metric.text)


@pytest.mark.parametrize("missing", ["margin", "cost"])
def test_no_return_is_shown_before_somebody_says_the_numbers(missing):
    facts = {**METRICS["roi"].example.facts, missing: None}
    assert of_return(facts).why == NOT_SET


@pytest.mark.parametrize(
    ("rhythm", "day", "after", "due"),
    [
        ("weekly", 0, "2026-11-23", "2026-11-30"),  # a Monday: the next one
        ("weekly", 4, "2026-11-23", "2026-11-27"),
        ("weekly", 6, "2026-12-31", "2027-01-03"),
        ("monthly", 1, "2026-11-23", "2026-12-01"),
        ("monthly", 28, "2026-02-27", "2026-02-28"),
        ("monthly", 28, "2026-02-28", "2026-03-28"),
        ("monthly", 5, "2026-12-31", "2027-01-05"),
    ],
)
def test_the_next_day_of_a_mail(rhythm, day, after, due):
    assert next_day(rhythm, day, dt.date.fromisoformat(after)) == dt.date.fromisoformat(due)
