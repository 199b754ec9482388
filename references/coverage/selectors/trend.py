"""How the map changed: the snapshots of a pair, in total and by cell."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import TextField

from references.accounts.segments import Cell, in_order
from references.coverage.models import CoverageSnapshot
from refprogram.kernel.prepared import Given, Prepared

MOST = 25


_LATEST = Prepared(
    lambda: CoverageSnapshot.objects.filter(
        down=Given("down", TextField()), across=Given("across", TextField())
    ).order_by("-taken_on")[:MOST]
)


@dataclass(frozen=True)
class Point:
    """One snapshot: the whole map, or one of its cells."""

    day: dt.date
    available: int
    target: int
    demand: float
    coverage: float | None


class Trend:
    """The last snapshots of a pair of dimensions, oldest first. One statement.

    Accounts that stand in several cells of a map (products, use cases, personas) are counted in each.
    """

    def __init__(self, dimensions: tuple[str, str]) -> None:
        self.down, self.across = in_order(dimensions)
        self._rows = _LATEST(down=self.down, across=self.across)[::-1]

    def total(self) -> list[Point]:
        """Return the whole map over time."""
        return [_point(row, None) for row in self._rows]

    def of(self, cell: Cell) -> list[Point]:
        """Return one cell of the pair over time."""
        return [_point(row, (cell[self.down], cell[self.across])) for row in self._rows]


def _point(row: CoverageSnapshot, pair: tuple[str, str] | None) -> Point:
    cells = [one for one in row.cells if pair is None or (one[0], one[1]) == pair]
    target = sum(one[3] or 0 for one in cells)
    available = sum(one[2] for one in cells)
    share = None if row.coverage is None else float(row.coverage)
    if pair is not None:
        share = 100 * min(1.0, available / target) if target else None
    return Point(row.taken_on, available, target, sum(one[4] for one in cells), share)
