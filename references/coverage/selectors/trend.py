"""How the map changed: the snapshots of a pair, in total and by cell."""

import datetime as dt
from dataclasses import dataclass

from references.accounts.segments import Cell, in_order
from references.coverage.models import CoverageSnapshot

MOST = 25


@dataclass(frozen=True)
class Point:
    """One snapshot: the whole map, or one of its cells."""

    day: dt.date
    available: int
    target: int
    demand: float
    coverage: float | None


def trend(dimensions: tuple[str, str], cell: Cell | None = None) -> list[Point]:
    """Return the last snapshots of a pair, oldest first; with a cell of the pair, of that cell. One statement.

    Accounts that stand in several cells of a map (products, use cases, personas) are counted in each.
    """
    down, across = in_order(dimensions)
    rows = CoverageSnapshot.objects.filter(down=down, across=across).order_by("-taken_on")[:MOST]
    return [_point(row, (cell[down], cell[across]) if cell else None) for row in reversed(rows)]


def _point(row: CoverageSnapshot, pair: tuple[str, str] | None) -> Point:
    cells = [one for one in row.cells if pair is None or (one[0], one[1]) == pair]
    target = sum(one[3] or 0 for one in cells)
    available = sum(one[2] for one in cells)
    share = None if row.coverage is None else float(row.coverage)
    if pair is not None:
        share = 100 * min(1.0, available / target) if target else None
    return Point(row.taken_on, available, target, sum(one[4] for one in cells), share)
