"""Looking at a file before anything is changed: good rows, bad cells with reasons, and repairs somebody may accept."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from references.accounts.names import match_key
from references.exchange import vocabulary
from references.exchange.models import ImportKind
from references.exchange.parsing import CellError
from references.exchange.specs import SPECS, Field, Spec
from refprogram.kernel.sheets import FileRefused, Sheet

Lookups = Mapping[str, Mapping[str, int]]
Names = Mapping[str, dict[str, str]]
Repairs = Mapping[tuple[str, str], str]
Tick = Callable[[int], None]
TICK_ROWS = 2_000
# Which kind of file brings what a lookup looks for.
BROUGHT_BY = {
    "agent": ImportKind.TEAMS,
    "region": ImportKind.TEAMS,
    "product": ImportKind.PRODUCTS,
    "account": ImportKind.ACCOUNTS,
}


@dataclass(frozen=True)
class RowError:
    """One bad cell. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    field: str
    value: str
    message: str


@dataclass(frozen=True)
class Suggestion:
    """A repair: `found` (on so many rows) is probably meant to be `meant`. A blocking one stands for errors."""

    field: str
    found: str
    meant: str
    rows: int
    blocking: bool


@dataclass
class Checked:
    """What was found in a file. `good` holds field name -> value of every row without an error."""

    rows: int = 0
    good: list[dict[str, Any]] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    first: list[str] = field(default_factory=list)  # kinds of which nothing that the file names is known yet

    @property
    def bad_rows(self) -> int:
        """How many rows have at least one error."""
        return len({error.row for error in self.errors})


@dataclass(frozen=True)
class Known:
    """What values may mean: ids by folded name for lookups, and the names in clear for suggestions."""

    ids: Lookups
    names: Names


class Checker:
    """Checks the rows of one sheet against one spec."""

    def __init__(self, spec: Spec, sheet: Sheet, columns: Mapping[str, str], known: Known, repairs: Repairs) -> None:
        self.spec, self.sheet, self.known, self.repairs = spec, sheet, known, repairs
        self.cells = _positions(spec, sheet, columns)
        self.unmatched: dict[tuple[str, str], int] = Counter()
        self.parsed: dict[tuple[str, str], Any] = {}

    def run(self, tick: Tick = lambda done: None) -> Checked:
        """Return what was found; `tick` hears every few thousand rows."""
        found = Checked(rows=len(self.sheet.rows))
        seen: dict[Any, int] = {}
        for number, row in zip(self.sheet.numbers, self.sheet.rows, strict=True):
            values, errors = self._row(number, row)
            if not errors:
                errors = self._twin(number, values, seen)
            if errors:
                found.errors.extend(errors)
            else:
                found.good.append(values)
            if number % TICK_ROWS == 0:
                tick(number)
        found.suggestions = self._suggestions()
        found.first = self._first({s.field for s in found.suggestions})
        return found

    def _first(self, repairable: set[str]) -> list[str]:
        """Return the kinds that must be brought before this file: it names some of them, and not one is known."""
        lookups = {each.lookup for each, _at in self.cells if each.lookup and each.name not in repairable}
        named: dict[str, set[Any]] = defaultdict(set)
        for (lookup, _cell), known in self.parsed.items():
            named[lookup].add(known)
        missing = {BROUGHT_BY[lookup] for lookup in lookups if named[lookup] == {None}}
        return [kind for kind in SPECS if kind in missing]

    def _row(self, number: int, row: list[str]) -> tuple[dict[str, Any], list[RowError]]:
        values: dict[str, Any] = {}
        errors: list[RowError] = []
        for each, at in self.cells:
            cell = row[at]
            try:
                values[each.name] = self._value(each, cell)
            except CellError as error:
                errors.append(RowError(number, each.name, cell[:200], str(error)))
        return values, errors

    def _value(self, each: Field, cell: str) -> Any:
        cell = self.repairs.get((each.name, cell), cell)
        if not cell and each.required:
            raise CellError(_("is missing"))
        if each.known:
            self.unmatched[each.name, cell] += 1
        if not each.lookup:
            return self._allowed(each, each.parse(cell))
        if not cell:
            return None
        key = each.lookup, cell
        if key not in self.parsed:
            each.parse(cell)
            folded = match_key(cell) if each.lookup == "account" else cell.casefold()
            self.parsed[key] = self.known.ids[each.lookup].get(folded)
        if self.parsed[key] is None:
            self.unmatched[each.name, cell] += 1
            raise CellError(_("is not known here"))
        return self.parsed[key]

    def _allowed(self, each: Field, value: Any) -> Any:
        if each.barred and value in self.known.ids[each.barred]:
            raise CellError(_("is a colleague’s address, not a customer’s"))
        return value

    def _twin(self, number: int, values: dict[str, Any], seen: dict[Any, int]) -> list[RowError]:
        key = values[self.spec.key]
        identity = values.get("external_ref") or (match_key(key) if self.spec.key == "name" else str(key).casefold())
        first = seen.setdefault(identity, number)
        if first == number:
            return []
        return [RowError(number, self.spec.key, str(key)[:200], _("stands in row %(row)d already") % {"row": first})]

    def _suggestions(self) -> list[Suggestion]:
        out = []
        for (name, cell), rows in sorted(self.unmatched.items()):
            each = self.spec.by_name(name)
            meant = self._meant(each, cell)
            if meant is not None:
                out.append(Suggestion(name, cell, meant, rows, blocking=bool(each.lookup)))
        return out

    def _meant(self, each: Field, cell: str) -> str | None:
        if each.known == "country":
            return vocabulary.closest(cell, vocabulary.countries())
        if each.known == "industry":
            used = self.known.names["industry"]
            here = used.get(cell.casefold())
            return vocabulary.closest(cell, vocabulary.industries() | used) if here in {None, cell} else here
        return vocabulary.closest(cell, self.known.names[each.lookup])


def _positions(spec: Spec, sheet: Sheet, columns: Mapping[str, str]) -> list[tuple[Field, int]]:
    at = {title: index for index, title in enumerate(sheet.header)}
    gone = [title for title in columns.values() if title not in at]
    if gone:
        raise FileRefused(_("The file has no column “%(title)s”.") % {"title": gone[0]})
    missing = [str(f.label) for f in spec.fields if f.required and f.name not in columns]
    if missing:
        raise FileRefused(
            _("No column was chosen for: %(fields)s.") % {"fields": ", ".join(missing)},
            errors={f.name: _("Choose a column.") for f in spec.fields if f.required and f.name not in columns},
        )
    return [(f, at[columns[f.name]]) for f in spec.fields if f.name in columns]


def errors_by_reason(errors: list[RowError]) -> list[tuple[str, str, str, int]]:
    """Return (field, value, message, rows) of equal errors together, the most frequent first."""
    groups: dict[tuple[str, str, str], int] = defaultdict(int)
    for error in errors:
        groups[error.field, error.value, error.message] += 1
    return [(*key, n) for key, n in sorted(groups.items(), key=lambda item: -item[1])]
