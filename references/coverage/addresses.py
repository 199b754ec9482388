"""Which map an address asks for; read forgivingly."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from references.accounts.segments import LONGEST_VALUE, Dimension


@dataclass(frozen=True)
class Shown:
    """Which map is shown: rows, columns, perhaps a third dimension held at one value; everything, the chosen cell."""

    rows: Dimension = Dimension.INDUSTRY
    cols: Dimension = Dimension.REGION
    third: Dimension | None = None
    value: str = ""
    everything: bool = False
    editing: bool = False
    at: str = ""

    @property
    def held(self) -> dict[str, str]:
        """The third dimension with its value."""
        return {} if self.third is None else {self.third.value: self.value}

    def cell(self, row: str, col: str) -> dict[str, str]:
        """Return the cell of a row and a column."""
        return {self.rows.value: row, self.cols.value: col, **self.held}

    def url(self, name: str = "references:coverage", **changes: Any) -> str:
        """Return the address of this map with something changed."""
        return f"{reverse(name)}?{replace(self, **changes).query}"

    @property
    def query(self) -> str:
        """The map as parameters of an address."""
        said = {"rows": self.rows.value, "cols": self.cols.value}
        if self.third is not None:
            said |= {"by": self.third.value, "value": self.value}
        said |= {"all": "1"} if self.everything else {}
        said |= {"edit": "1"} if self.editing else {}
        said |= {"at": self.at} if self.at else {}
        return urlencode(said)


def shown_by(query: QueryDict) -> Shown:
    """Return the map that an address asks for; what makes no sense in it falls back to the usual."""
    rows = _dimension(query.get("rows")) or Dimension.INDUSTRY
    cols = _dimension(query.get("cols")) or Dimension.REGION
    if rows == cols:
        cols = Dimension.REGION if rows != Dimension.REGION else Dimension.INDUSTRY
    third = _dimension(query.get("by"))
    if third in {rows, cols} or "value" not in query:
        third = None
    return Shown(
        rows=rows,
        cols=cols,
        third=third,
        value=query.get("value", "")[:LONGEST_VALUE] if third else "",
        everything=query.get("all") == "1",
        editing=query.get("edit") == "1",
        at=query.get("at", "")[:400],
    )


def _dimension(name: str | None) -> Dimension | None:
    return Dimension(name) if name in Dimension.values else None
