"""The statements of list pages, written out once for each kind of reader and each state.

To put a list's queryset together and have Django write it as SQL costs more than the rows. Where a page's rows hang on
nothing but the reader's role and key and the day (`ListState.steady`), and no filter is on that looks at the clock or
at what is typed, the statement is kept, with a hole for the reader's key. Where such a filter is on, or a column finds
the rows itself, only their keys are asked for anew; what is shown of them is a kept statement with a hole for the keys.
"""

import copy
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, cast

import django_filters
from django.db.models import BigIntegerField, QuerySet, prefetch_related_objects
from django.utils import timezone

from refprogram.kernel import tables
from refprogram.kernel.list_parts import COUNT_LIMIT
from refprogram.kernel.prepared import Among, AnyOne, Given, Prepared, PreparedCount

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
    if not may_keep(page) or not _by_value(page) or _sorted_by_finder(page):
        return None
    return cast("RowsWritten", _once(("rows", *_state_key(page), page.start), lambda: _write_rows(page)))


def number_statement(page: "ListState") -> PreparedCount | None:
    """Return the statement of their number, to one more than the limit."""
    if not may_keep(page) or not _by_value(page):
        return None
    return cast("PreparedCount", _once(("number", *_state_key(page)), lambda: _write_number(page)))


def rows_of(page: "ListState", keys: list[Any]) -> list[Any]:
    """Return the rows of these keys in the page's order, by a kept statement; `may_keep` says of which page."""
    shown = _once(("by key", *_key(page), page.sort), lambda: _write_shown(page))
    return cast("list[Any]", shown(reader=page.request.user.pk, keys=keys)) if keys else []


def may_keep(page: "ListState") -> bool:
    """Return whether statements of this page may be kept for this reader; rights of staff may hang on more."""
    return page.steady and not page.request.user.is_staff


def _sorted_by_finder(page: "ListState") -> bool:
    column = page.columns.get(page.sort.removeprefix("-"))
    return column is not None and column.finds_keys  # which rows these are is asked each time


def _once(key: Hashable, write: Callable[[], Any]) -> Any:
    if key not in _kept:
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = write()
    return _kept[key]


def _by_value(page: "ListState") -> bool:
    if not page.narrowed:
        return True
    return all(_is_by_value(kind) for kind in page.active.filters.values())


def _is_by_value(kind: django_filters.Filter) -> bool:
    return "by_value" in vars(type(kind)) and not kind.method  # said by the kind itself: not inherited


def _key(page: "ListState") -> tuple[Any, ...]:
    reader, now = page.request.user, timezone.now()
    days = (timezone.localdate(now), timezone.localdate(now, timezone.get_default_timezone()))
    columns = tuple((name, column.source) for name, column in page.columns.items() if isinstance(column.source, str))
    return (type(page), tuple(page.kwargs.items()), reader.role, reader.is_active, days, columns)


def _state_key(page: "ListState") -> tuple[Any, ...]:
    return (*_key(page), page.state.urlencode())


def _write_rows(page: "ListState") -> RowsWritten:
    return RowsWritten(_for_any_reader(page).portion())


def _write_number(page: "ListState") -> PreparedCount:
    rows = _for_any_reader(page).filtered.order_by().values("pk")[: COUNT_LIMIT + 1]
    return PreparedCount(lambda: rows)


def _write_shown(page: "ListState") -> RowsWritten:
    any_page = _for_any_reader(page)
    rows = any_page.with_facts(any_page.get_queryset()).filter(Among("pk", "keys"))
    return RowsWritten(tables.joined(tables.ordered(rows, page.columns, page.sort), page.columns))


def _for_any_reader(page: "ListState") -> "ListState":
    reader = page.request.user
    any_page = type(page)()
    request = copy.copy(page.request)
    request.user = AnyOne(reader.role, reader.is_active, Given("reader", BigIntegerField()))
    any_page.setup(request, *page.args, **page.kwargs)
    any_page.columns = page.columns
    return any_page
