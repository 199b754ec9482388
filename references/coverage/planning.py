"""From deals to demand: what was learned, and what the open pipeline will ask for, by cell and month. No database."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any, Final, NamedTuple

from references.accounts.enums import OPEN_STAGES
from references.accounts.segments import Dimension
from references.coverage import cube, policy
from references.coverage.cube import Key
from references.coverage.rates import Expected, Rates

UNIT: Final = 90  # days of exposure that count as one
# A deal says nothing of the person that it will ask for: that is shared out as past requests asked.
OF_A_DEAL: Final = tuple(one for one in cube.DIMENSIONS if one != Dimension.PERSONA)


class Deal(NamedTuple):
    """One deal, as the forecast needs it."""

    stage: str
    opened_on: dt.date | None
    closes_on: dt.date | None
    amount: float
    industry: str = ""
    region: str = ""
    product: str = ""
    size: str = ""
    use_cases: tuple[str, ...] = ()
    requests: int = 0

    @property
    def open(self) -> bool:
        """Whether it is in the pipeline."""
        return self.stage in OPEN_STAGES

    def values(self) -> Mapping[Dimension, tuple[str, ...]]:
        """Return by what it counts; several use cases share it evenly."""
        return {
            Dimension.INDUSTRY: (self.industry,),
            Dimension.REGION: (self.region,),
            Dimension.PRODUCT: (self.product,),
            Dimension.USE_CASE: self.use_cases or ("",),
            Dimension.SIZE: (self.size,),
        }


@dataclass
class LeftOut:
    """Deals and requests that the forecast cannot use."""

    not_dated: int = 0  # without the day on which it opened or closes
    over: int = 0  # still open, though the day on which it should close is past
    without_deal: int = 0  # requests of the last year for no deal


@dataclass(frozen=True)
class Demand:
    """What one cell is expected to ask for in 90 days."""

    expected: Expected
    deals: float
    pipeline: float


Sums = dict[str, float]
"""Exposure by rate segment."""


def _sums() -> defaultdict[Any, float]:
    return defaultdict(float)


@dataclass
class Ahead:
    """The pipeline in the next 90 days: exposure by cell and rate segment, deals and amounts by cell, blocks."""

    exposure: dict[Key, Sums] = field(default_factory=lambda: defaultdict(_sums))
    deals: dict[Key, float] = field(default_factory=_sums)
    pipeline: dict[Key, float] = field(default_factory=_sums)
    blocks: dict[tuple[str, str], list[Sums]] = field(default_factory=dict)


def seen_for(deal: Deal, today: dt.date, since: dt.date) -> float | None:
    """Return for how long the deal was open since a day, in units; None where its dates do not say."""
    ends = today if deal.open else deal.closes_on
    if deal.opened_on is None or ends is None:
        return None
    begins = max(deal.opened_on, since)
    return max(0, (min(ends, today) - begins).days) / UNIT


def blocks_ahead(deal: Deal, today: dt.date) -> list[float]:
    """Return how long the deal will be open in each of the three blocks of 30 days, in units."""
    left = 0 if deal.closes_on is None else (deal.closes_on - today).days
    length = policy.HORIZON.days // policy.BLOCKS
    return [max(0, min(length, left - length * number)) / UNIT for number in range(policy.BLOCKS)]


def learn(deals: Iterable[Deal], today: dt.date, since: dt.date, prior: float) -> tuple[Rates, LeftOut]:
    """Return the rates since a day, and how many deals could not be used."""
    rates, left_out = Rates(prior), LeftOut()
    for deal in deals:
        seen = seen_for(deal, today, since)
        if seen is None or (deal.open and deal.closes_on is None):
            left_out.not_dated += 1
        elif deal.open and deal.closes_on is not None and deal.closes_on < today:
            left_out.over += 1
        if seen:
            stage = deal.stage if deal.open else None
            rates.learn(segment=deal.industry, stage=stage, exposure=seen, requests=deal.requests)
    return rates, left_out


def look_ahead(deals: Iterable[Deal], rates: Rates, today: dt.date) -> Ahead:
    """Return the exposure of the open, dated deals, weighted by their stage."""
    ahead = Ahead()
    factors: dict[str, float] = {}
    for deal in deals:
        if not deal.open or deal.closes_on is None or deal.closes_on < today:
            continue
        factor = factors.setdefault(deal.stage, rates.factor(deal.stage))
        blocks = [factor * exposure for exposure in blocks_ahead(deal, today)]
        _spread(ahead, deal, blocks)
    return ahead


def _spread(ahead: Ahead, deal: Deal, blocks: list[float]) -> None:
    values, total = deal.values(), sum(blocks)
    share = 1 / len(values[Dimension.USE_CASE])
    for size in range(cube.MOST_DIMENSIONS + 1):
        for chosen in combinations(OF_A_DEAL, size):
            name, part = ".".join(chosen), share if Dimension.USE_CASE in chosen else 1.0
            for combined in product(*(values[one] for one in chosen)):
                key = Key(name, *combined)
                ahead.exposure[key][deal.industry] += total * part
                ahead.deals[key] += part
                ahead.pipeline[key] += deal.amount * part
    for dimension in OF_A_DEAL:
        for value in values[dimension]:
            part = share if dimension == Dimension.USE_CASE else 1.0
            _block(ahead, dimension, value, deal.industry, [one * part for one in blocks])


def _block(ahead: Ahead, dimension: str, value: str, segment: str, blocks: list[float]) -> None:
    kept = ahead.blocks.setdefault((dimension, value), [_sums() for _block in blocks])
    for sums, exposure in zip(kept, blocks, strict=True):
        sums[segment] += exposure


def demand_by_cell(ahead: Ahead, rates: Rates, personas: Mapping[str, float]) -> dict[Key, Demand]:
    """Return what each cell of each cut is expected to ask for; personas share it out as past requests did."""
    found = {}
    for key, exposure in ahead.exposure.items():
        found[key] = Demand(rates.expect(exposure), ahead.deals[key], ahead.pipeline[key])
        chosen = key.cut.split(".") if key.cut else []
        if len(chosen) == cube.MOST_DIMENSIONS:
            continue
        for persona, part in personas.items():
            cell = {**dict(zip(chosen, key[1:], strict=False)), Dimension.PERSONA.value: persona}
            thinned = {segment: size * part for segment, size in exposure.items()}
            found[cube.key_of(cell)] = Demand(rates.expect(thinned), 0, 0)
    return found


class Month(NamedTuple):
    """One block of 30 days: requests expected until its end, and how many the references free by then can take."""

    demand: float
    bench: float

    @property
    def shortfall(self) -> float:
        """Requests for which nobody is left."""
        return max(0.0, self.demand - self.bench)


def months(blocks: Iterable[Mapping[str, float]], benches: Iterable[float], rates: Rates) -> list[Month]:
    """Return block by block the demand since today, beside the bench by then."""
    found, total = [], 0.0
    for exposure, bench in zip(blocks, benches, strict=True):
        total += rates.expect(exposure).mean
        found.append(Month(total, bench))
    return found


def wanted(shortfall: float) -> int:
    """Return how many new references fill a shortfall."""
    return math.ceil(shortfall - 1e-9)
