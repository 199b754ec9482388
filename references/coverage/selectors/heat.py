"""The map of two dimensions, a third held at one value: read from the kept cells, the same cost at any size."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from django.db.models import TextField

from references.accounts.segment_names import Names
from references.accounts.segments import Cell, in_order, read, written
from references.coverage import cube, policy
from references.coverage.addresses import Shown
from references.coverage.cube import Key
from references.coverage.figures import CellFigures, Coverage, coverage_of
from references.coverage.models import CellTarget, CoverageCell, CoverageMark, CoverageRound, DemandForecast
from refprogram.kernel.prepared import Given, PreparedValues

PLACES = ("first", "second", "third")
COLUMNS = ("available", "contacts", "demand", "variance", "deals", "pipeline")
LONGEST_CELL = 2_000  # cells of one map, most of them empty: beyond that nobody reads


@dataclass(frozen=True)
class HeatCell:
    """One cell of the map: where it stands, what it is called, its figures."""

    cell: dict[str, str]
    name: str
    figures: CellFigures

    @property
    def key(self) -> str:
        """The cell as an address says it."""
        return written(self.cell)


@dataclass(frozen=True)
class HeatRow:
    """One row."""

    value: str
    name: str
    cells: list[HeatCell]


class HeatMap:
    """The map as a page, the export and the API show it."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown
        self.names = Names()
        self.found = _cells(shown)

    @cached_property
    def columns(self) -> list[str]:
        """The columns' values, in order."""
        return self._values(1, policy.now().most_columns)

    @cached_property
    def rows(self) -> list[HeatRow]:
        """The rows with their cells."""
        return [
            HeatRow(value, self.names.of(self.shown.rows, value), [self._cell(value, col) for col in self.columns])
            for value in self._values(0, policy.now().most_rows)
        ]

    @cached_property
    def heads(self) -> list[str]:
        """What the columns are called."""
        return [self.names.of(self.shown.cols, value) for value in self.columns]

    @property
    def hidden(self) -> int:
        """How many rows and columns are not shown."""
        every = [len({pair[place] for pair in self.found}) for place in (0, 1)]
        return sum(every) - len(self.rows) - len(self.columns)

    @cached_property
    def coverage(self) -> Coverage:
        """The figure over all cells, also those that are not shown."""
        return coverage_of(self.found.values())

    @property
    def targeted(self) -> list[CellFigures]:
        """The cells that have a target."""
        return [one for one in self.found.values() if one.target]

    @property
    def untargeted(self) -> int:
        """Cells in which requests are expected, and nobody set a target."""
        return sum(1 for one in self.found.values() if not one.target and one.demand > 0)

    def figures(self, cell: Cell) -> CellFigures:
        """Return the figures of one cell: known already where it stands in this map."""
        shown = self.shown
        row, col = cell.get(shown.rows, ""), cell.get(shown.cols, "")
        return self.found.get((row, col), CellFigures()) if cell == shown.cell(row, col) else figures_of(cell)

    def worst(self) -> list[HeatCell]:
        """Return the shown cells with a target, the one that lacks most first: a phone's list."""
        cells = [cell for row in self.rows for cell in row.cells if cell.figures.target]
        return sorted(cells, key=lambda cell: (-cell.figures.missing, -cell.figures.demand, cell.name))

    def _values(self, place: int, most: int) -> list[str]:
        """Return the values of rows or columns: where there are too many, those in which most happens."""
        weights: dict[str, float] = {}
        for pair, one in self.found.items():
            weights[pair[place]] = weights.get(pair[place], 0) + one.available + one.demand + (one.target or 0)
        kept: Iterable[str] = weights
        if not self.shown.everything and len(weights) > most:
            kept = sorted(weights, key=lambda value: -weights[value])[:most]
        return self.names.sorted((self.shown.rows, self.shown.cols)[place], kept)

    def _cell(self, row: str, col: str) -> HeatCell:
        cell = self.shown.cell(row, col)
        name = f"{self.names.of(self.shown.rows, row)}, {self.names.of(self.shown.cols, col)}"
        return HeatCell(cell, name, self.found.get((row, col), CellFigures()))


def _cells(shown: Shown) -> dict[tuple[str, str], CellFigures]:
    """Return the figures of a map by (row, column). Two statements."""
    order = in_order([shown.rows, shown.cols, *shown.held])
    row, col = PLACES[order.index(shown.rows)], PLACES[order.index(shown.cols)]
    third = "" if shown.third is None else PLACES[order.index(shown.third)]
    lines = _kept(row, col, third)(cut=cube.name_of(order), value=shown.value if third else "")
    found = {(line[0], line[1]): CellFigures(*line[2:]) for line in lines}
    for cell, wanted in targets_of(order):
        if all(cell[name] == value for name, value in shown.held.items()):
            pair = cell[shown.rows], cell[shown.cols]
            found[pair] = found.get(pair, CellFigures()).with_target(wanted)
    return found


@cache
def _kept(row: str, col: str, third: str) -> PreparedValues:
    """Return the statement of a map's cells, the third place held at a value if there is one."""
    kept = CoverageCell.objects.filter(cut=Given("cut", TextField()))
    held = kept.filter(**{third: Given("value", TextField())}) if third else kept
    return PreparedValues(lambda: held.values_list(row, col, *COLUMNS))


def targets_of(order: Iterable[str]) -> Iterable[tuple[Cell, int]]:
    """Return the targets of a cut."""
    cut = f"{cube.name_of(order)}:"
    return [(cell, wanted) for cell, wanted in _TARGETS(cut=cut)]


_TARGETS = PreparedValues(
    lambda: CellTarget.objects.filter(key__startswith=Given("cut", TextField())).values_list("cell", "wanted")
)


def figures_of(cell: Cell) -> CellFigures:
    """Return the figures of one cell. Two statements."""
    key = cube.key_of(cell)
    row = CoverageCell.objects.filter(**_where(key)).values_list(*COLUMNS).first()
    target = CellTarget.objects.filter(cell=dict(cell)).values_list("wanted", flat=True).first()
    return CellFigures(*(row or ())).with_target(target)


def _where(key: Key) -> dict[str, str]:
    return dict(zip(("cut", *PLACES), key, strict=True))


def chosen(shown: Shown) -> dict[str, str] | None:
    """Return the cell that an address has chosen, if it is one."""
    return read(shown.at) if shown.at else None


def values_of(dimension: str) -> list[str]:
    """Return the values that a dimension has in the map, for the choice of a third."""
    return [value for (value,) in _VALUES(cut=str(dimension))]


_VALUES = PreparedValues(
    lambda: CoverageCell.objects.filter(cut=Given("cut", TextField())).values_list("first")[:LONGEST_CELL]
)


@dataclass(frozen=True)
class Freshness:
    """Since when the counts, and of which moment the forecast; how much waits to be counted."""

    counted_at: dt.datetime | None
    forecast_at: dt.datetime | None
    waiting: bool


def freshness() -> Freshness:
    """Return how fresh the map is. One statement."""
    for counted_at, forecast_at, waiting in _FRESHNESS():
        return Freshness(counted_at, forecast_at, waiting is not None)
    return Freshness(None, None, waiting=False)


_FRESHNESS = PreparedValues(
    lambda: (
        CoverageRound.objects.filter(pk=1)
        .annotate(
            forecast=DemandForecast.objects.order_by("-made_on").values("made_at")[:1],
            waiting=CoverageMark.objects.values("pk")[:1],
        )
        .values_list("counted_at", "forecast", "waiting")
    )
)
