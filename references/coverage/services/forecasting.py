"""The demand forecast: made once a day from deals and requests, kept with its counts so that a page can show them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from references.accounts import clock
from references.accounts.enums import OPEN_STAGES
from references.accounts.models import ActivityType, Opportunity
from references.accounts.segments import band_of
from references.coverage import cube, planning, policy
from references.coverage.cube import Key
from references.coverage.models import CoverageCell, CoverageFact, DemandForecast
from references.coverage.planning import Ahead, Deal, Demand
from references.coverage.rates import Rates
from references.coverage.services.counting import forget_empty
from references.requests.enums import RequestState
from references.requests.models import ReferenceRequest

# What somebody took back, or was refused, was no demand.
NO_DEMAND: Final = (RequestState.WITHDRAWN, RequestState.REJECTED, RequestState.EXCEPTION)
COLUMNS: Final = (
    "pk", "stage", "opened_on", "closes_on", "amount", "product_id", "account__industry", "account__region_id",
    "account__employees", "account__use_cases",
)  # fmt: skip

_SET = """
INSERT INTO references_coveragecell (cut, first, second, third, available, contacts, demand, variance, deals, pipeline)
SELECT cut, first, second, third, 0, 0, demand, variance, deals, pipeline
FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::float[], %s::float[], %s::float[], %s::float[])
    AS made (cut, first, second, third, demand, variance, deals, pipeline)
ON CONFLICT (cut, first, second, third) DO UPDATE
SET demand = EXCLUDED.demand, variance = EXCLUDED.variance, deals = EXCLUDED.deals, pipeline = EXCLUDED.pipeline
"""


@transaction.atomic
def make_forecast() -> DemandForecast:
    """Look at deals and requests, and put the demand of the next 90 days into the map; today's replaces today's."""
    now, today = timezone.now(), clock.today()
    deals = list(_deals(today))
    figures_of = policy.now()
    rates, left_out = planning.learn(deals, today, _since(today), figures_of.prior_exposure)
    requests = _requests(today)
    left_out.without_deal = requests.filter(opportunity=None).count()
    ahead = planning.look_ahead(deals, rates, today)
    demand = planning.demand_by_cell(ahead, rates, _personas(requests))
    _set(demand)
    figures = {
        "rates": _rates(rates),
        "left_out": vars(left_out),
        "segments": _segments(_Bench(ahead, demand, rates, _benches(today), figures_of)),
        "hours": _hours(requests, demand),
    }
    forecast, _made = DemandForecast.objects.update_or_create(
        made_on=today, defaults={"made_at": now, "figures": figures}
    )
    return forecast


def _since(today: dt.date) -> dt.date:
    return today - policy.now().learned_from


def _requests(today: dt.date) -> Any:
    begin = dt.datetime.combine(_since(today), dt.time(), tzinfo=clock.zone())
    rows = ReferenceRequest.objects.filter(submitted_at__gte=begin, after_the_fact=False)
    return rows.exclude(state__in=NO_DEMAND)


def _deals(today: dt.date) -> Iterator[Deal]:
    """Yield the deals that are open, or were within the last year."""
    asked = dict(
        _requests(today)
        .filter(opportunity__isnull=False)
        .values_list("opportunity")
        .annotate(n=Count("pk"))
        .order_by()
        .values_list("opportunity", "n")
    )
    since = _since(today)
    rows = Opportunity.objects.filter(stage__in=OPEN_STAGES).union(
        Opportunity.objects.exclude(stage__in=OPEN_STAGES).filter(closes_on__gte=since), all=True
    )
    keys = rows.values_list("pk", flat=True)
    for row in Opportunity.objects.filter(pk__in=keys).values_list(*COLUMNS).iterator(chunk_size=5_000):
        pk, stage, opened, closes, amount, sold, industry, region, employees, use_cases = row
        yield Deal(
            stage=stage,
            opened_on=opened,
            closes_on=closes,
            amount=float(amount or 0),
            industry=industry or "",
            region=str(region or ""),
            product=str(sold or ""),
            size=band_of(employees),
            use_cases=tuple(dict.fromkeys(use_cases or ())),
            requests=asked.get(pk, 0),
        )


def _personas(requests: Any) -> dict[str, float]:
    counted = dict(requests.values_list("must_persona").annotate(n=Count("pk")).order_by())
    total = sum(counted.values())
    return {persona: n / total for persona, n in counted.items()} if total else {"": 1.0}


def _set(demand: Mapping[Key, Demand]) -> None:
    """Replace the demand of every cell, in one fixed order."""
    CoverageCell.objects.exclude(demand=0, deals=0).update(demand=0, variance=0, deals=0, pipeline=0)
    cells = sorted(key for key, one in demand.items() if one.expected.mean or one.deals)
    columns: list[list[object]] = [[key[place] for key in cells] for place in range(4)]
    columns += [
        [demand[key].expected.mean for key in cells],
        [demand[key].expected.variance for key in cells],
        [demand[key].deals for key in cells],
        [demand[key].pipeline for key in cells],
    ]
    if cells:
        with connection.cursor() as cursor:
            cursor.execute(_SET, columns)
    forget_empty()


# ---------------------------------------------------------------- what the planner's page shows


def _rates(rates: Rates) -> dict[str, Any]:
    return {
        "prior": rates.prior,
        "overall": [rates.overall.exposure, rates.overall.requests, rates.overall.rate],
        "segments": [
            [name, seen.exposure, seen.requests, rates.of(name).mean] for name, seen in sorted(rates.segments.items())
        ],
        "stages": [
            [name, seen.exposure, seen.requests, rates.factor(name)] for name, seen in sorted(rates.stages.items())
        ],
    }


@dataclass(frozen=True)
class _Bench:
    """What the months of a segment are made of."""

    ahead: Ahead
    demand: Mapping[Key, Demand]
    rates: Rates
    free: Mapping[tuple[str, str], list[int]]
    figures: policy.Figures

    def row(self, dimension: str, value: str) -> list[Any]:
        """Return `[value, mean, low, high, deals, pipeline, [[demand until then, bench], …]]`."""
        none = [0] * policy.BLOCKS
        blocks = self.ahead.blocks.get((dimension, value), [{} for _block in none])
        free = [number * self.figures.requests_each for number in self.free.get((dimension, value), none)]
        months = planning.months(blocks, free, self.rates)
        one = self.demand.get(cube.key_of({dimension: value}))
        if one is None:
            return [value, 0, 0, 0, 0, 0, months]
        low, high = one.expected.interval(self.figures.interval / 100)
        return [value, one.expected.mean, low, high, one.deals, one.pipeline, months]


def _segments(bench: _Bench) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for dimension in planning.OF_A_DEAL:
        values = {value for (name, value) in (*bench.ahead.blocks, *bench.free) if name == dimension}
        found[dimension.value] = [bench.row(dimension, value) for value in sorted(values)]
    return found


def _benches(today: dt.date) -> dict[tuple[str, str], list[int]]:
    """Return how many references of each value are free by the end of each block, if nothing happens."""
    length = policy.HORIZON // policy.BLOCKS
    ends = [today + length * (number + 1) for number in range(policy.BLOCKS)]
    found: dict[tuple[str, str], list[int]] = {}
    rows = CoverageFact.objects.filter(free_on__isnull=False).values_list("values", "free_on")
    for values, free_on in rows.iterator(chunk_size=5_000):
        for dimension in planning.OF_A_DEAL:
            for value in values[dimension]:
                counted = found.setdefault((dimension.value, value), [0] * policy.BLOCKS)
                for place, end in enumerate(ends):
                    counted[place] += free_on is not None and free_on <= end
    return found


def _hours(requests: Any, demand: Mapping[Key, Demand]) -> list[list[Any]]:
    """Return the program's working hours that the demand will cost, by kind: `[slug, name, requests, hours]`."""
    total = demand[Key("")].expected.mean if Key("") in demand else 0.0
    counted = dict(requests.values_list("activity").annotate(n=Count("pk")).order_by())
    everything = sum(counted.values())
    kinds: Iterable[ActivityType] = ActivityType.objects.filter(pk__in=counted)
    rows = []
    for kind in kinds:
        expected = total * counted[kind.pk] / everything
        rows.append([kind.slug, kind.name, expected, expected * float(kind.hours)])
    return rows
