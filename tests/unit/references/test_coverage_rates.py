"""The forecast's arithmetic, with every number worked out by hand."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.coverage import planning
from references.coverage.cube import Key
from references.coverage.figures import CellFigures, coverage_of
from references.coverage.planning import Deal, Month
from references.coverage.rates import Expected, Rates, quantile

TODAY = dt.date(2026, 6, 30)
YEAR_AGO = TODAY - dt.timedelta(days=365)


def learned():
    """10 + 30 deals watched for 90 days, 6 + 4 requests: r = 10 / 40 = 0.25. Of open ones: 20, with 6: r' = 0.3."""
    rates = Rates(prior=20)
    rates.learn(segment="Retail", stage="proposal", exposure=5, requests=4)
    rates.learn(segment="Retail", stage="engaging", exposure=5, requests=2)
    rates.learn(segment="Energy", stage="engaging", exposure=10, requests=0)
    rates.learn(segment="Energy", stage=None, exposure=20, requests=4)
    return rates


def test_a_segment_is_shrunk_to_the_overall_rate():
    rates = learned()

    assert rates.of("Retail").mean == pytest.approx(11 / 30)  # (6 + 20 * 0.25) / (10 + 20)
    assert rates.of("Energy").mean == pytest.approx(0.18)  # (4 + 5) / (30 + 20)
    assert rates.of("Nobody yet").mean == pytest.approx(0.25)  # 5 / 20


def test_a_stage_multiplies():
    rates = learned()

    assert rates.factor("proposal") == pytest.approx(10 / 7.5)  # (4 + 20 * 0.3) / (5 * 0.3 + 20 * 0.3)
    assert rates.factor("engaging") == pytest.approx(8 / 10.5)  # (2 + 6) / (15 * 0.3 + 6)
    assert rates.factor("prospecting") == pytest.approx(1.0)  # 6 / 6


def test_expected_requests_and_their_range():
    expected = learned().expect({"Retail": 3.0})

    # mean 3 * 11/30 = 1.1; variance 1.1 + 9 * 11 / 30^2 = 1.21
    assert expected == pytest.approx((1.1, 1.21))
    # size 11: p(0) = (11 / 12.1)^11 = 0.3505, p(1) = 0.3505, p(2) = 0.1912, p(3) = 0.0753: sums 0.35 0.70 0.892 0.967
    assert expected.interval(0.80) == (0, 3)
    assert quantile(expected, 0.89) == 2


def test_segments_add_up():
    both = learned().expect({"Retail": 3.0, "Energy": 5.0})

    # Energy: mean 5 * 0.18 = 0.9, variance 0.9 + 25 * 9 / 50^2 = 0.99
    assert both == pytest.approx((2.0, 2.2))


def test_nothing_seen_expects_nothing():
    rates = Rates(prior=20)

    assert rates.expect({"Retail": 3.0}) == (0, 0)
    assert rates.expect({}).interval(0.80) == (0, 0)
    assert rates.factor("proposal") == 1


@given(st.floats(0.01, 900), st.floats(0.0, 3.0))
def test_quantiles_are_in_order(mean, spread):
    expected = Expected(mean, mean * (1 + spread))

    low, high = expected.interval(0.80)

    assert 0 <= low <= high
    assert low <= mean + 1
    assert high >= mean - 1


# ---------------------------------------------------------------- deals


def deal(**facts):
    usual = {"stage": "engaging", "opened_on": TODAY - dt.timedelta(days=45), "closes_on": TODAY, "amount": 1000.0}
    return Deal(**{**usual, **facts})


def test_how_long_a_deal_was_seen():
    # 45 days of 90; more than a year counts as a year; closed before the year: not at all; no day: unknown
    assert planning.seen_for(deal(), TODAY, YEAR_AGO) == pytest.approx(0.5)
    assert planning.seen_for(deal(opened_on=dt.date(2020, 1, 1)), TODAY, YEAR_AGO) == pytest.approx(365 / 90)
    assert planning.seen_for(deal(stage="won", closes_on=dt.date(2024, 1, 1)), TODAY, YEAR_AGO) == 0
    assert planning.seen_for(deal(opened_on=None), TODAY, YEAR_AGO) is None
    assert planning.seen_for(deal(stage="lost", closes_on=None), TODAY, YEAR_AGO) is None


def test_how_long_it_will_be():
    assert planning.blocks_ahead(deal(closes_on=TODAY + dt.timedelta(days=45)), TODAY) == pytest.approx(
        [1 / 3, 1 / 6, 0]
    )
    assert sum(planning.blocks_ahead(deal(closes_on=TODAY + dt.timedelta(days=500)), TODAY)) == pytest.approx(1)
    assert sum(planning.blocks_ahead(deal(closes_on=TODAY), TODAY)) == 0


def test_deals_without_dates_are_left_out_and_counted():
    deals = [
        deal(opened_on=None),
        deal(closes_on=None),
        deal(closes_on=TODAY - dt.timedelta(days=1)),
        deal(stage="won", closes_on=None),
        deal(closes_on=TODAY + dt.timedelta(days=9)),
    ]

    _rates, left_out = planning.learn(deals, TODAY, YEAR_AGO, 20)

    assert (left_out.not_dated, left_out.over) == (3, 1)


def test_demand_by_cell_by_hand():
    rates = learned()
    ahead = planning.look_ahead(
        [
            deal(stage="proposal", closes_on=TODAY + dt.timedelta(days=90), industry="Retail", use_cases=("A", "B")),
            deal(stage="prospecting", closes_on=TODAY + dt.timedelta(days=45), industry="Energy"),
            deal(stage="won", industry="Retail"),
            deal(closes_on=None, industry="Retail"),
        ],
        rates,
        TODAY,
    )

    demand = planning.demand_by_cell(ahead, rates, {"CFO": 0.25, "": 0.75})

    retail = 10 / 7.5 * 11 / 30  # factor * exposure 1 * rate
    energy = 0.5 * 0.18
    assert demand[Key("industry", "Retail")].expected.mean == pytest.approx(retail)
    assert demand[Key("industry", "Energy")].expected.mean == pytest.approx(energy)
    assert demand[Key("")].expected.mean == pytest.approx(retail + energy)
    assert demand[Key("use_case", "A")].expected.mean == pytest.approx(retail / 2)
    assert demand[Key("industry.persona", "Retail", "CFO")].expected.mean == pytest.approx(retail / 4)
    assert demand[Key("")].deals == 2
    assert demand[Key("industry", "Retail")].pipeline == 1000


def test_shortfall_by_month():
    rates = learned()

    found = planning.months([{"Energy": 5.0}, {"Energy": 5.0}, {}], [1, 1, 2], rates)

    # 0.9 by the first month, 1.8 by the second and third; the bench takes 1, 1, 2
    assert [round(month.demand, 6) for month in found] == [0.9, 1.8, 1.8]
    assert [round(month.shortfall, 6) for month in found] == [0, 0.8, 0]
    assert planning.wanted(Month(1.8, 1).shortfall) == 1
    assert planning.wanted(0.0) == 0


# ---------------------------------------------------------------- coverage


def test_coverage_is_weighted_by_demand():
    cells = [
        CellFigures(available=5, demand=3, target=10),  # half
        CellFigures(available=12, demand=1, target=8),  # at most whole
        CellFigures(available=4, demand=9),  # no target: not counted
    ]

    # (3 * 0.5 + 1 * 1) / 4 = 0.625
    assert coverage_of(cells) == (pytest.approx(0.625), True)


def test_without_demand_each_cell_counts_the_same():
    assert coverage_of([CellFigures(available=1, target=2), CellFigures(available=3, target=3)]) == (0.75, False)
    assert coverage_of([CellFigures(available=1)]) == (None, False)


def test_bench_depth():
    assert CellFigures(contacts=6, demand=4).depth == 1.5
    assert CellFigures(contacts=6).depth is None
