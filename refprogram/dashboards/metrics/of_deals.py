"""The dictionary, part one: what references do for deals, and what that costs."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from refprogram.dashboards.metrics import matching, places
from refprogram.dashboards.metrics.dictionary import DOWN, Example, Group, Metric, Unit
from refprogram.dashboards.metrics.formulas import (
    NO_DATA,
    NOT_SET,
    Facts,
    Measured,
    exact,
    incremental,
    none,
    plain,
    return_on,
    share,
    total,
    win_rate,
)
from refprogram.dashboards.metrics.world import World

CRM: Final = _("Deals of the CRM import; references from the requests of the program")
SALES_HEAD, FINANCE, PROGRAM = _("Head of sales"), _("Finance"), _("Reference manager")
TOO_FEW: Final = _("Too few to say: it takes twenty deals with a reference that have like deals without one")
UNPROVEN: Final = _("Nothing proven yet: the lower bound of the lift is 0")


def lift_facts(world: World) -> Mapping[str, Any]:
    """Return what the conservative figures need: revenue, win rate, and the lower bound of the lift."""
    lift = matching.matched_lift(world.deals.matched)
    return {
        "revenue": world.deals.influence["revenue"],
        "low": None if lift.low is None else str(lift.low),
        "matched": lift.n,
        "why": lift.why,
        "with_won": world.deals.rates["with_won"],
        "with_lost": world.deals.rates["with_lost"],
    }


def return_facts(world: World) -> Mapping[str, Any]:
    """Return the same, with what the program cost and the margin."""
    return {**lift_facts(world), **world.money.cost}


def of_lift(facts: Facts) -> Measured:
    """Return influenced revenue x max(0, lower bound of lift) / win rate with a reference."""
    if facts["low"] is None:
        return none(facts["why"], facts["matched"])
    rate = win_rate(facts["with_won"], facts["with_lost"])
    value = incremental(revenue=Decimal(facts["revenue"]), low=Decimal(facts["low"]) / 100, rate=rate)
    return none(NO_DATA) if value is None else Measured(exact(value), facts["matched"])


def of_return(facts: Facts) -> Measured:
    """Return (incremental revenue x margin - cost) / cost in percent."""
    if facts["margin"] is None or facts["cost"] is None:
        return none(NOT_SET)
    revenue = of_lift(facts)
    return revenue if revenue.value is None else _return_on(revenue.value, facts, revenue.n)


def of_return_at_most(facts: Facts) -> Measured:
    """Return the same on all influenced revenue: more than references can have brought."""
    if facts["margin"] is None or facts["cost"] is None:
        return none(NOT_SET)
    return _return_on(Decimal(facts["revenue"]), facts, facts["with_won"])


def _return_on(revenue: Decimal, facts: Facts, n: int | None) -> Measured:
    margin, cost = Decimal(facts["margin"]) / 100, Decimal(facts["cost"])
    value = return_on(revenue=revenue, margin=margin, cost=cost)
    return none(NO_DATA) if value is None else Measured(exact(value), n)


def of_cost(facts: Facts) -> Measured:
    """Return staff + tools + what funds paid."""
    return none(NOT_SET) if facts["cost"] is None else Measured(exact(facts["cost"]))


# Two like strata, one alone: 10 of 12 against 6 of 12, 9 of 10 against 8 of 10; 22 matched deals with a reference.
_STRATA: Final = {
    "strata": [
        [["proposal", "50k", "250-999", "new"], 10, 12, 6, 12],
        [["proposal", "more", "1000-4999", "new"], 9, 10, 8, 10],
        [["engaging", "10k", "1-49", "new"], 3, 4, 0, 0],
    ],
    "seed": matching.SEED,
    "resamples": matching.RESAMPLES,
}
_LIFT: Final = {
    "revenue": "1000000.00", "low": "5.0000", "matched": 40, "why": "", "with_won": 20, "with_lost": 20,
}  # fmt: skip
_RETURN: Final = {**_LIFT, "margin": 80, "cost": "50000.00"}

METRICS: Final = (
    Metric(
        "influenced_revenue", _("Influenced revenue"), Group.DEALS,
        _("Sum of the amounts of deals won in the last twelve months for which at least one reference took place on "
          "or before the day they closed. Each deal counts once. It says where references were, not what they caused."),
        CRM, SALES_HEAD, Unit.MONEY, lambda world: world.deals.influence, total("revenue", "won"),
        Example({"revenue": "130000.00", "won": 2}, Decimal(130_000),
                _("Two such deals of $90,000 and $40,000: $130,000.")),
        places.influenced,
    ),
    Metric(
        "influenced_pipeline", _("Influenced pipeline"), Group.DEALS,
        _("Sum of the amounts of open deals for which at least one reference took place, as they stand in the CRM."),
        CRM, SALES_HEAD, Unit.MONEY, lambda world: world.deals.influence, total("pipeline", "open"),
        Example({"pipeline": "75000.00", "open": 3}, Decimal(75_000), _("Three open deals of $25,000 each: $75,000.")),
        places.open_deals, past=False,
    ),
    Metric(
        "weighted_pipeline", _("Influenced pipeline, weighted"), Group.DEALS,
        _("The same, each deal times the chance of its stage (program settings)."),
        CRM, SALES_HEAD, Unit.MONEY, lambda world: world.deals.influence, total("weighted", "open"),
        Example({"weighted": "36000.00", "open": 2}, Decimal(36_000),
                _("$60,000 in a stage of 60 %, nothing else: $36,000.")),
        places.open_deals, past=False,
    ),
    Metric(
        "win_rate_with", _("Win rate with a reference"), Group.DEALS,
        _("Won / (won + lost), deals closed in the last twelve months for which a reference took place on or before "
          "the day they closed. Not proof of cause: larger and later deals ask more often."),
        CRM, SALES_HEAD, Unit.PERCENT, lambda world: world.deals.rates,
        share(("with_won",), ("with_won", "with_lost")),
        Example({"with_won": 6, "with_lost": 4}, Decimal(60), _("6 won and 4 lost: 60 %.")), places.closed_deals,
    ),
    Metric(
        "win_rate_without", _("Win rate without one"), Group.DEALS,
        _("Won / (won + lost), deals closed in the last twelve months without a reference."),
        CRM, SALES_HEAD, Unit.PERCENT, lambda world: world.deals.rates,
        share(("without_won",), ("without_won", "without_lost")),
        Example({"without_won": 30, "without_lost": 90}, Decimal(25), _("30 won and 90 lost: 25 %.")),
        places.closed_deals,
    ),
    Metric(
        "matched_lift", _("Matched lift"), Group.DEALS,
        _("Sum over strata of (deals with a reference in it / all matched ones) x (win rate with - win rate without). "
          "A stratum is the stage in which the reference was asked for x size of the deal x size of the company x new "
          "customer or expansion; a deal without a reference stands in each stage that it is known to have gone "
          "through. Strata without both sides are dropped and counted. Interval: the middle 95 % of 2,000 resamples "
          "within strata, seed 20261."),
        CRM, SALES_HEAD, Unit.POINTS, lambda world: world.deals.matched, matching.matched_lift,
        Example(_STRATA, Decimal("22.7273"),
                _("12 deals won at 83 % against 50 %, 10 at 90 % against 80 %: (12 x 33.3 + 10 x 10) / 22 = 22.7 pp; "
                  "four more have nothing like them and are dropped.")),
        places.closed_deals, refusal=TOO_FEW,
    ),
    Metric(
        "incremental_revenue", _("Incremental revenue, conservative"), Group.DEALS,
        _("Influenced revenue x max(0, lower bound of the matched lift) / win rate with a reference."),
        CRM, FINANCE, Unit.MONEY, lift_facts, of_lift,
        Example(_LIFT, Decimal(100_000), _("$1 m x 5 pp / 50 % = $100,000.")), places.influenced, refusal=TOO_FEW,
        floor=Decimal(0), at_floor=UNPROVEN,
    ),
    Metric(
        "roi", _("Return on the program"), Group.DEALS,
        _("(incremental revenue x gross margin - cost of the program) / cost of the program, twelve months. Cost: "
          "people, tools, and what funds paid for production, travel, events and incentives. Incremental revenue: "
          "influenced revenue x max(0, lower bound of the matched lift) / win rate with a reference."),
        _("As incremental revenue; the books of the funds; margin, people and tools from the program settings"),
        FINANCE, Unit.PERCENT, return_facts, of_return,
        Example(_RETURN, Decimal(60), _("($100,000 x 80 % - $50,000) / $50,000 = 60 %.")), places.book,
        refusal=TOO_FEW, floor=Decimal(-100), at_floor=UNPROVEN,
    ),
    Metric(
        "roi_at_most", _("Return on the program, upper bound"), Group.DEALS,
        _("The same with all influenced revenue in place of the incremental one: an upper bound, more than references "
          "can have brought."),
        _("As return on the program"), FINANCE, Unit.PERCENT, return_facts, of_return_at_most,
        Example(_RETURN, Decimal(1500), _("($1 m x 80 % - $50,000) / $50,000 = 1,500 %.")), places.book,
    ),
    Metric(
        "program_cost", _("Cost of the program"), Group.DEALS,
        _("People + tools (program settings, a year) + what funds paid in the last twelve months less what came back."),
        _("The books of the funds, the program settings"), FINANCE, Unit.MONEY, lambda world: world.money.cost, of_cost,
        Example({"cost": "310000.00"}, Decimal(310_000), _("$240,000 people, $20,000 tools, $50,000 paid: $310,000.")),
        places.book, better=DOWN,
    ),
    Metric(
        "velocity_with", _("Days to close with a reference"), Group.DEALS,
        _("Median days from opening to closing of deals with a reference, in strata that have both sides."),
        CRM, SALES_HEAD, Unit.DAYS, lambda world: world.deals.velocity, plain("with", n="n_with"),
        Example({"with": 80, "n_with": 3}, Decimal(80), _("60, 80 and 95 days: 80 days.")), places.closed_deals,
        better=DOWN,
    ),
    Metric(
        "velocity_without", _("Days to close without one"), Group.DEALS,
        _("Median days from opening to closing of like deals without a reference."),
        CRM, SALES_HEAD, Unit.DAYS, lambda world: world.deals.velocity, plain("without", n="n_without"),
        Example({"without": 100, "n_without": 3}, Decimal(100), _("90, 100 and 130 days: 100 days.")),
        places.closed_deals, better=DOWN,
    ),
    Metric(
        "stage_velocity_with", _("Days from the stage of the request, with a reference"), Group.DEALS,
        _("Median days from the day a deal reached the stage in which its reference was asked for to closing, in "
          "strata that have both sides. Deals whose stage nobody knows are left out."),
        CRM, SALES_HEAD, Unit.DAYS, lambda world: world.deals.stage_velocity, plain("with", n="n_with"),
        Example({"with": 30, "n_with": 3}, Decimal(30), _("20, 30 and 55 days: 30 days.")), places.closed_deals,
        better=DOWN,
    ),
    Metric(
        "stage_velocity_without", _("Days from the same stage, without one"), Group.DEALS,
        _("Median days from reaching a stage to closing, of like deals without a reference that went through it; one "
          "counts for each stage that is compared."),
        CRM, SALES_HEAD, Unit.DAYS, lambda world: world.deals.stage_velocity, plain("without", n="n_without"),
        Example({"without": 45, "n_without": 3}, Decimal(45), _("30, 45 and 60 days: 45 days.")),
        places.closed_deals, better=DOWN,
    ),
)  # fmt: skip
