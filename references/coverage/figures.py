"""Coverage as numbers: what a cell has and lacks, and the two figures over all of them. No database.

Coverage % = sum of weight * min(1, available / target) / sum of weight over the cells that have a target; the weight is
the 90-day forecast demand. Where nothing is forecast in any of them, each counts the same. Bench depth = people who
take part at available accounts / requests expected in 90 days (research, section 5).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from references.coverage.rates import Expected


@dataclass(frozen=True)
class CellFigures:
    """What is known of one cell; no target is None."""

    available: int = 0
    contacts: int = 0
    demand: float = 0.0
    variance: float = 0.0
    deals: float = 0.0
    pipeline: float = 0.0
    target: int | None = None

    def with_target(self, wanted: int | None) -> "CellFigures":
        """Return the same cell with a target."""
        return replace(self, target=wanted)

    @property
    def expected(self) -> Expected:
        """The requests that it will get in 90 days."""
        return Expected(self.demand, self.variance)

    @property
    def missing(self) -> int:
        """How many references its target lacks."""
        return max(0, (self.target or 0) - self.available)

    @property
    def share(self) -> float | None:
        """How much of its target it has, at most 1; None without one."""
        return min(1.0, self.available / self.target) if self.target else None

    @property
    def depth(self) -> float | None:
        """Bench depth; None where nothing is expected."""
        return self.contacts / self.demand if self.demand > 0 else None


class Coverage(NamedTuple):
    """The whole map in one figure: its share (None without any target), and whether demand weighs it."""

    share: float | None
    weighted: bool


def coverage_of(cells: Iterable[CellFigures]) -> Coverage:
    """Return coverage over the cells that have a target."""
    shares = ((cell.demand, cell.share) for cell in cells)
    rows: list[tuple[float, float]] = [(demand, share) for demand, share in shares if share is not None]
    if not rows:
        return Coverage(None, weighted=False)
    weight = sum(demand for demand, _share in rows)
    if not weight:
        return Coverage(sum(share for _demand, share in rows) / len(rows), weighted=False)
    return Coverage(sum(demand * share for demand, share in rows) / weight, weighted=True)
