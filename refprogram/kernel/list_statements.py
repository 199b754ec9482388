"""The statements of list pages, written out once for each kind of reader and each state.

To put a list's queryset together and have Django write it as SQL costs more than the rows. Where a page's rows hang on
nothing but the reader's role and key and the day (`ListState.steady`), and no filter is on that looks at the clock or
at what is typed, the statement is kept, with a hole for the reader's key, and one for the keys that a filter has found
by itself. Where any other filter is on, or a column finds the rows itself, only their keys are asked for anew; what is
shown of them is a kept statement with a hole for the keys.
"""

import copy
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, cast

import django_filters
from django.db.models import BigIntegerField, QuerySet, prefetch_related_objects
from django.http import QueryDict
from django.utils import timezone

from refprogram.kernel import tables
from refprogram.kernel.filters import query_without
from refprogram.kernel.list_parts import COUNT_LIMIT
from refprogram.kernel.prepared import Among, AnyOne, Given, Prepared, PreparedCount, PreparedValues

if TYPE_CHECKING:
    from refprogram.kernel.list_state import ListState

KEPT: Final = 500  # statements per process; beyond that all are forgotten


class RowsWritten:
    """A statement for rows with all that their columns show."""

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._beside: tuple[Any, ...] = tuple(getattr(rows, "_prefetch_related_lookups", ()))
        self._rows = Prepared(lambda: rows.prefetch_related(None))

    def __call__(self, **given: Any) -> list[Any]:
        """Return the rows: one query, and those of what is prefetched."""
        found = self._rows(**given)
        if self._beside:
            prefetch_related_objects(found, *self._beside)
        return found


_kept: dict[Hashable, Any] = {}


def rows_statement(page: "ListState") -> RowsWritten | None:
    """Return the statement of a page's rows in its state, with a hole for the reader; None where it may not be kept."""
    if not may_keep(page) or page.met is None or _sorted_by_finder(page):
        return None
    return cast("RowsWritten", kept_once(("rows", *_state_key(page), page.start), lambda: _write_rows(page)))


def number_statement(page: "ListState") -> PreparedCount | None:
    """Return the statement of their number, to one more than the limit."""
    if not may_keep(page) or page.met is None:
        return None
    return cast("PreparedCount", kept_once(("number", *_state_key(page)), lambda: _write_number(page)))


def first_keys(page: "ListState", stop: int) -> list[int] | None:
    """Return the keys, to `stop`, that the column in whose order the page is finds first; None where none finds any."""
    if not may_keep(page) or not _sorted_by_finder(page) or page.met is None:
        return None
    kept = kept_once(("first", *_state_key(page), page.start), lambda: _write_first(page, stop))
    return [key for (key,) in kept(**page.given)]


def rows_of(page: "ListState", keys: list[Any]) -> list[Any]:
    """Return the rows of these keys in the page's order, by a kept statement; `may_keep` says of which page."""
    shown = kept_once(("by key", *key_of(page), page.sort), lambda: _write_shown(page))
    return cast("list[Any]", shown(**page.given, keys=keys)) if keys else []


def may_keep(page: "ListState") -> bool:
    """Return whether statements of this page may be kept for this reader; rights of staff may hang on more."""
    return page.steady and not page.request.user.is_staff


def _sorted_by_finder(page: "ListState") -> bool:
    column = page.columns.get(page.sort.removeprefix("-"))
    return column is not None and column.finds_keys  # which rows these are is asked each time


def kept_once(key: Hashable, write: Callable[[], Any]) -> Any:
    """Return what is kept under this key, written now if it is asked for the first time."""
    if key not in _kept:
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = write()
    return _kept[key]


def met(page: "ListState") -> dict[str, list[int]] | None:
    """Return the keys that filters found by themselves, by the filter's name; None where one narrows otherwise.

    What narrows by its value alone is no hindrance. Nothing is asked before all are known to be one or the other.
    """
    if not page.narrowed:
        return {}
    if page.errors:
        return None
    finders = {name: kind for name, kind in page.active.filters.items() if not is_by_value(kind)}
    if not all(getattr(kind, "finds_keys", False) for kind in finders.values()):
        return None
    found: dict[str, list[int]] = {}
    for name, kind in finders.items():
        keys = kind.keys(page.active.form.cleaned_data[name])
        if keys is None:
            return None
        found[name] = keys
    return found


def is_by_value(kind: django_filters.Filter) -> bool:
    """Return whether a filter narrows by its value alone, whoever asks and whenever."""
    return "by_value" in vars(type(kind)) and not kind.method  # said by the kind itself: not inherited


def key_of(page: "ListState") -> tuple[Any, ...]:
    """Return what a page's statement hangs on beside filters and order: the kind of reader, the day, the columns."""
    reader, now = page.request.user, timezone.now()
    days = (timezone.localdate(now), timezone.localdate(now, timezone.get_default_timezone()))
    columns = tuple((name, column.source) for name, column in page.columns.items() if isinstance(column.source, str))
    return (type(page), tuple(page.kwargs.items()), reader.role, reader.is_active, days, columns)


def _state_key(page: "ListState") -> tuple[Any, ...]:
    if not page.met:
        return (*key_of(page), page.state.urlencode())
    return (*key_of(page), tuple(page.met), _without_finders(page, page.state).urlencode())


def _without_finders(page: "ListState", data: QueryDict) -> QueryDict:
    parameters = page.filterset_class.parameters()
    return query_without(data, [key for name in page.met or () for key in parameters[name]])


def _write_rows(page: "ListState") -> RowsWritten:
    return RowsWritten(for_any_reader(page).portion())


def _write_number(page: "ListState") -> PreparedCount:
    rows = for_any_reader(page).filtered.order_by().values("pk")[: COUNT_LIMIT + 1]
    return PreparedCount(lambda: rows)


def _write_first(page: "ListState", stop: int) -> PreparedValues:
    any_page = for_any_reader(page)
    column = page.columns[page.sort.removeprefix("-")]
    keys = column.first_keys(any_page.filtered, descending=page.sort.startswith("-"))
    return PreparedValues(lambda: keys[page.start : stop])


def _write_shown(page: "ListState") -> RowsWritten:
    any_page = for_any_reader(page)
    rows = any_page.with_facts(any_page.get_queryset()).filter(Among("pk", "keys"))
    return RowsWritten(tables.joined(tables.ordered(rows, page.columns, page.sort), page.columns))


def for_any_reader(page: "ListState") -> "ListState":
    """Return the page as every reader of this kind has it, with holes for who it is."""
    reader = page.request.user
    any_page = type(page)()
    request = copy.copy(page.request)
    who, person = (Given(name, BigIntegerField()) for name in ("reader", "reader_person"))
    request.user = AnyOne(reader.role, reader.is_active, who, person)
    any_page.setup(request, *page.args, **page.kwargs)
    any_page.columns = page.columns
    if page.met:  # the others narrow by their value
        rest = any_page.filterset(_without_finders(page, page.request.GET)).qs
        any_page.filtered = rest.filter(*(Among("pk", name) for name in page.met))
    return any_page
