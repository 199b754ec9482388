"""The dictionary, part three: who can speak, and who brings more of them."""

from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from nominations.enums import NominationState
from refprogram.dashboards.metrics import places
from refprogram.dashboards.metrics.dictionary import DOWN, Example, Group, Metric, Unit
from refprogram.dashboards.metrics.formulas import NO_DATA, Facts, Formula, Measured, none, plain, ratio, share
from refprogram.dashboards.metrics.nominations import APPROVED
from refprogram.dashboards.metrics.world import World

N = NominationState
FUNDS: Final = _("The books of the funds (incentives), nominations")
OWNER: Final = _("Reference manager")
SALES_HEAD: Final = _("Head of sales")
ASKS: Final = _("The ledger of asks, what customers allow, program settings")
ACCOUNTS: Final = _("Accounts and their people, as they stand")
_PAID: Final = {"paid": "6000.00", "enrolled": 20, "acted": 12}
_FUNNEL: Final = {"submitted": 40, "approved": 30, "enrolled": 20, "acted": 12, "days": 18.5}


def paid_for(world: World) -> dict[str, Any]:
    """Return what incentives cost in the year, and what was reached in it."""
    return {"paid": world.money.paid_out, **world.nominations.reached}


def of_payout(below: str) -> Formula:
    """Return the formula paid / reached; nothing paid is no low price."""
    each = ratio("paid", below)

    def of(facts: Facts) -> Measured:
        return none(NO_DATA, facts[below]) if facts["paid"] is None else each(facts)

    return of


METRICS: Final = (
    Metric(
        "coverage", _("Coverage"), Group.POOL,
        _("Sum of (weight x min(1, available / target)) / sum of weight, over the cells of industry x region that have "
          "a target; the weight is the demand forecast for 90 days."),
        _("The coverage map and its targets"), OWNER, Unit.PERCENT, lambda world: world.pool.coverage,
        plain("percent", n="cells"),
        Example({"percent": 62.5, "cells": 2}, Decimal("62.5"),
                _("Weight 3 at 3 of 4 references, weight 1 at 1 of 4: (3 x 0.75 + 1 x 0.25) / 4 = 62.5 %.")),
        places.coverage,
    ),
    Metric(
        "strain", _("Pool strain"), Group.POOL,
        _("Effort of live asks in a quarter / what all who take part could bear (their cap, or that of the program, in "
          "points of effort). Amber from 70 %."),
        ASKS, OWNER, Unit.PERCENT, lambda world: world.pool.strain, share(("effort",), ("capacity",), n="contacts"),
        Example({"effort": 560, "capacity": 800, "contacts": 10}, Decimal(70),
                _("14 calls of 40 points, ten people of 80: 70 %.")),
        places.asks, better=DOWN, past=False,
    ),
    Metric(
        "bench_depth", _("Bench depth"), Group.POOL,
        _("People who could be asked today / requests expected in the next 90 days, over all cells."),
        _("The coverage map, the forecast of demand"), OWNER, Unit.RATIO, lambda world: world.pool.bench,
        ratio("contacts", "expected", n="contacts"),
        Example({"contacts": 30, "expected": 12}, Decimal("2.5"), _("30 people for 12 requests: 2.50.")),
        places.coverage, past=False,
    ),
    Metric(
        "references", _("References"), Group.POOL,
        _("Accounts that agreed to speak for us and are in the program."),
        ACCOUNTS, OWNER, Unit.NUMBER, lambda world: world.pool.members, plain("references", n="references"),
        Example({"references": 168}, Decimal(168), _("168 accounts: 168.")), places.references, past=False,
    ),
    Metric(
        "free", _("Free to be asked"), Group.POOL,
        _("References that are not frozen, paused or resting, with no check due / all references."),
        ACCOUNTS, OWNER, Unit.PERCENT, lambda world: world.pool.members, share(("free",), ("references",)),
        Example({"free": 84, "references": 168}, Decimal(50), _("84 of 168: 50 %.")), places.free, past=False,
    ),
    Metric(
        "freshness", _("Freshness"), Group.POOL,
        _("References whose owner said within the interval of their tier that they still are / all references."),
        ACCOUNTS, OWNER, Unit.PERCENT, lambda world: world.pool.members, share(("confirmed",), ("references",)),
        Example({"confirmed": 126, "references": 168}, Decimal(75), _("126 of 168: 75 %.")), places.references,
        past=False,
    ),
    Metric(
        "idle_pool", _("Idle pool"), Group.POOL,
        _("People who take part and were not asked for 180 days / all who take part."),
        ASKS, OWNER, Unit.PERCENT, lambda world: world.pool.spread, share(("idle",), ("contacts",)),
        Example({"idle": 60, "contacts": 240}, Decimal(25), _("60 of 240: 25 %.")), places.asks, better=DOWN,
        past=False,
    ),
    Metric(
        "concentration", _("Borne by the most asked tenth"), Group.POOL,
        _("Share of what was asked in a year that the most asked tenth of all people bore."),
        ASKS, OWNER, Unit.PERCENT, lambda world: world.pool.spread, plain("top_percent", n="contacts"),
        Example({"top_percent": 40, "contacts": 20}, Decimal(40), _("Two of twenty people bore 8 of 20 asks: 40 %.")),
        places.asks, better=DOWN, past=False,
    ),
    Metric(
        "gini", _("Unequally asked (Gini)"), Group.POOL,
        _("0: everybody was asked the same in a year; near 1: one person for all. Who was never asked counts as 0."),
        ASKS, OWNER, Unit.RATIO, lambda world: world.pool.spread, plain("gini", n="contacts"),
        Example({"gini": 0.5, "contacts": 2}, Decimal("0.5"), _("One of two people bore everything: 0.50.")),
        places.asks, better=DOWN, past=False,
    ),
    Metric(
        "fatigue", _("Fatigue, nine of ten"), Group.POOL,
        _("Nine of ten people who take part are at this fatigue index or below: 0 fresh, 100 all that they can bear "
          "was asked. Effort that was asked halves every 45 days (program settings); as of the day’s first minute."),
        ASKS, OWNER, Unit.NUMBER, lambda world: world.pool.fatigue, plain("p90", n="contacts"),
        Example({"p90": 40, "contacts": 10}, Decimal(40),
                _("Ten people, eight at 0, one at 40 and one at 80: nine are at 40 or below, so 40.")),
        places.tired, better=DOWN, past=False,
    ),
    Metric(
        "nomination_to_active", _("Nomination to active"), Group.NOMINATIONS,
        _("Nominations of the last twelve months that became references / all that were sent in (drafts and those "
          "joined to another left out)."),
        _("Nominations by the day they were sent in"), SALES_HEAD, Unit.PERCENT,
        lambda world: world.nominations.funnel, share(("enrolled",), ("submitted",)),
        Example(_FUNNEL, Decimal(50), _("20 of 40: 50 %.")), places.nominated(),
    ),
    Metric(
        "approval_rate", _("Nominations approved"), Group.NOMINATIONS,
        _("Nominations of the last twelve months that were approved / all that were sent in."),
        _("Nominations by the day they were sent in"), OWNER, Unit.PERCENT, lambda world: world.nominations.funnel,
        share(("approved",), ("submitted",)), Example(_FUNNEL, Decimal(75), _("30 of 40: 75 %.")),
        places.nominated(*APPROVED),
    ),
    Metric(
        "first_act_rate", _("Nomination to first act"), Group.NOMINATIONS,
        _("Nominations of the last twelve months whose customer spoke for us at least once / all that were sent in."),
        _("Nominations by the day they were sent in"), OWNER, Unit.PERCENT, lambda world: world.nominations.funnel,
        share(("acted",), ("submitted",)), Example(_FUNNEL, Decimal(30), _("12 of 40: 30 %.")),
        places.nominated(N.FIRST_ACT),
    ),
    Metric(
        "days_to_active", _("Days from nomination to active"), Group.NOMINATIONS,
        _("Half of the nominations of the last twelve months that became references did so within this many days."),
        _("Nominations by the day they were sent in"), OWNER, Unit.DAYS, lambda world: world.nominations.funnel,
        plain("days", n="enrolled"),
        Example(_FUNNEL, Decimal("18.5"), _("Of 20, the middle two took 18 and 19: 18.5 days.")),
        places.nominated(N.ENROLLED, N.FIRST_ACT), better=DOWN,
    ),
    Metric(
        "payout_per_enrolled", _("Incentives for each reference won"), Group.NOMINATIONS,
        _("What funds paid for incentives in the last twelve months, less what came back / nominations that became "
          "references in them."),
        FUNDS, OWNER, Unit.MONEY, paid_for, of_payout("enrolled"),
        Example(_PAID, Decimal(300), _("$6,000 for 20: $300.")), places.book, better=DOWN,
    ),
    Metric(
        "payout_per_act", _("Incentives for each first act"), Group.NOMINATIONS,
        _("What funds paid for incentives in the last twelve months, less what came back / nominations whose customer "
          "first spoke for us in them."),
        FUNDS, OWNER, Unit.MONEY, paid_for, of_payout("acted"),
        Example(_PAID, Decimal(500), _("$6,000 for 12: $500.")), places.book, better=DOWN,
    ),
    Metric(
        "quota_attainment", _("Quota of nominations reached"), Group.NOMINATIONS,
        _("Counted / target, over everybody whose quota runs today and was not waived."),
        _("Quotas of nominations"), SALES_HEAD, Unit.PERCENT, lambda world: world.nominations.quota,
        share(("counted",), ("target",), n="people"),
        Example({"counted": 30, "target": 40, "people": 8}, Decimal(75), _("30 of 40 owed: 75 %.")),
        places.quotas, past=False,
    ),
)  # fmt: skip
