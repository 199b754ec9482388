"""A kept forecast as a page and the API show it: rows by segment, what it was learned from, what it leaves out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from references.accounts.segment_names import Names
from references.coverage.models import DemandForecast
from references.coverage.planning import Month, wanted


@dataclass(frozen=True)
class Segment:
    """One segment of the planner; a month is (requests until then, bench, shortfall)."""

    value: str
    name: str
    demand: float
    low: int
    high: int
    deals: float
    pipeline: float
    months: list[Month]

    @property
    def shortfall(self) -> float:
        """What is missing at the end of the 90 days."""
        return self.months[-1].shortfall if self.months else 0.0

    @property
    def wanted(self) -> int:
        """How many new references fill it."""
        return wanted(self.shortfall)

    @property
    def bench(self) -> float:
        """How many requests the references that will be free can take."""
        return self.months[-1].bench if self.months else 0


def rows(forecast: DemandForecast, dimension: str, names: Names) -> list[Segment]:
    """Return the segments of a dimension, what lacks most first."""
    found = [
        Segment(value, names.of(dimension, value), mean, low, high, deals, pipeline, [Month(*one) for one in months])
        for value, mean, low, high, deals, pipeline, months in forecast.figures["segments"].get(dimension, [])
    ]
    return sorted(found, key=lambda row: (-row.shortfall, -row.demand, row.name))


@dataclass(frozen=True)
class Total:
    """All segments of a dimension together; a bench counts where the segment has it, so nothing is lent."""

    demand: float
    deals: float
    pipeline: float
    months: list[tuple[float, float, float]]


def total(found: list[Segment]) -> Total:
    """Return the sums over segments."""
    months = [
        (sum(one.demand for one in block), sum(one.bench for one in block), sum(one.shortfall for one in block))
        for block in zip(*(row.months for row in found), strict=True)
    ]
    return Total(
        sum(row.demand for row in found), sum(row.deals for row in found), sum(row.pipeline for row in found), months
    )


@dataclass(frozen=True)
class Learned:
    """One line of what the rates were learned from."""

    name: str
    exposure: float
    requests: int
    rate: float


@dataclass(frozen=True)
class Rates:
    """Rates by segment, factors by stage, and the overall rate."""

    prior: float
    overall: Learned
    segments: list[Learned]
    stages: list[Learned]


def rates(forecast: DemandForecast, names: Names, stages: Mapping[str, Any]) -> Rates:
    """Return what the forecast was learned from."""
    kept = forecast.figures["rates"]
    return Rates(
        kept["prior"],
        Learned("", *kept["overall"]),
        [Learned(names.of("industry", value), *facts) for value, *facts in kept["segments"]],
        [Learned(str(stages.get(value, value)), *facts) for value, *facts in kept["stages"]],
    )


def left_out(forecast: DemandForecast) -> dict[str, int]:
    """Return how many deals and requests the forecast could not use."""
    return dict(forecast.figures["left_out"])


def hours(forecast: DemandForecast) -> list[tuple[str, str, float, float]]:
    """Return the working hours that the demand will cost: (kind, name, requests, hours), most first."""
    return sorted((tuple(row) for row in forecast.figures["hours"]), key=lambda row: -row[3])
