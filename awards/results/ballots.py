"""The ballots of a round as columns: ten thousands of them are kept, hashed and computed with as a few lists.

`text` is their one written form: JSON, entries and judges in the order of their ids, ballots in the order of entry and
judge. Its sha256 is what tallies refer to, so anybody can check it with a tool of their own.
"""

import hashlib
import json
import math
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from awards.scoring.effects import Design, Vote

Json = dict[str, Any]
Numbers = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Ballots:
    """Ballots, one place in each column: which entry, which judge, the total, the rank, seconds, parts of ranges.

    `shares` holds for each criterion what part of its range was given. What was not given is not a number.
    """

    entries: list[str]
    judges: list[str]
    row: Codes
    column: Codes
    total: Numbers
    rank: Numbers
    seconds: Numbers
    shares: dict[str, Numbers] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ballots) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.digest)

    @classmethod
    def of_rows(cls, rows: list[Json]) -> "Ballots":
        """Return ballots that were kept one by one, as tallies did at first."""
        entries, judges = (list(dict.fromkeys(row[key] for row in rows)) for key in ("entry", "judge"))
        at, by = ({key: place for place, key in enumerate(keys)} for keys in (entries, judges))
        keys = sorted({key for row in rows for key in row["shares"]})
        return cls(
            entries, judges,
            np.array([at[row["entry"]] for row in rows], dtype=np.intp),
            np.array([by[row["judge"]] for row in rows], dtype=np.intp),
            _column(row["total"] for row in rows),
            _column(row["rank"] for row in rows),
            _column(row["seconds"] for row in rows),
            {key: _column(row["shares"].get(key) for row in rows) for key in keys},
        )  # fmt: skip

    @classmethod
    def of_text(cls, text: str) -> "Ballots":
        """Return the ballots that were written so."""
        kept = json.loads(text)
        return cls(
            kept["entries"], kept["judges"],
            np.array(kept["entry"], dtype=np.intp), np.array(kept["judge"], dtype=np.intp),
            _column(kept["total"]), _column(kept["rank"]), _column(kept["seconds"]),
            {key: _column(said) for key, said in kept["shares"].items()},
        )  # fmt: skip

    @cached_property
    def text(self) -> str:
        """Their written form."""
        names = {"entries": json.dumps(self.entries, separators=(",", ":")),
                 "judges": json.dumps(self.judges, separators=(",", ":"))}  # fmt: skip
        places = {"entry": _listed(map(str, self.row.tolist())), "judge": _listed(map(str, self.column.tolist()))}
        figures = {"total": _plain(self.total), "rank": _plain(self.rank), "seconds": _plain(self.seconds)}
        shares = {key: _plain(said) for key, said in sorted(self.shares.items())}
        return _object(names | places | figures | {"shares": _object(shares)})

    @cached_property
    def digest(self) -> str:
        """The sha256 of their written form."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def place(self) -> dict[Hashable, int]:
        """Where an entry stands."""
        return {entry: at for at, entry in enumerate(self.entries)}

    def only(self, kept: NDArray[np.bool_]) -> "Ballots":
        """Return some of the ballots, with the entries and judges that are in them."""
        rows, row = np.unique(self.row[kept], return_inverse=True)
        columns, column = np.unique(self.column[kept], return_inverse=True)
        return Ballots(
            [self.entries[at] for at in rows], [self.judges[at] for at in columns], row, column,
            self.total[kept], self.rank[kept], self.seconds[kept],
            {key: said[kept] for key, said in self.shares.items()},
        )  # fmt: skip

    def among(self, entries: Collection[Hashable]) -> NDArray[np.bool_]:
        """Whether each ballot is about one of these entries."""
        there = np.zeros(len(self.entries), dtype=bool)
        there[[self.place[entry] for entry in entries if entry in self.place]] = True
        return np.asarray(there[self.row])

    def design(self, score: Numbers) -> Design:
        """Return who gave what where they gave anything; entries and judges without are left out."""
        given = ~np.isnan(score)
        rows, row = np.unique(self.row[given], return_inverse=True)
        columns, column = np.unique(self.column[given], return_inverse=True)
        entries: list[Hashable] = [self.entries[at] for at in rows]
        judges: list[Hashable] = [self.judges[at] for at in columns]
        return Design(entries, judges, row, column, score[given])

    def votes(self, score: Numbers, entries: Collection[Hashable]) -> list[Vote]:
        """Return what was given to these entries, one by one."""
        mine = self.among(entries) & ~np.isnan(score)
        given = zip(self.row[mine].tolist(), self.column[mine].tolist(), score[mine].tolist(), strict=True)
        return [Vote(self.entries[row], self.judges[column], value) for row, column, value in given]


def _column(values: Iterable[float | None]) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _object(parts: Mapping[str, str]) -> str:
    """Return a JSON object of parts that are JSON already."""
    return "{" + ",".join(f"{json.dumps(key)}:{part}" for key, part in parts.items()) + "}"


def _listed(values: Iterable[str]) -> str:
    return "[" + ",".join(values) + "]"


def _plain(column: Numbers) -> str:
    """Return a list of numbers in JSON: whole ones without a point, what was not given as null."""
    if not np.isnan(column).any() and (column == np.floor(column)).all():
        return _listed(map(str, map(int, column.tolist())))
    values, at = np.unique(column, return_inverse=True)
    said = [json.dumps(_said(value)) for value in values.tolist()]  # each once: few are many times the same
    return _listed([said[place] for place in at.tolist()])


def _said(value: float) -> float | int | None:
    if math.isnan(value):
        return None
    return int(value) if value.is_integer() else value
