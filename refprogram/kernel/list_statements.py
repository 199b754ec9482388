"""The statements of list pages, written out once for each kind of reader and each state.

To put a list's queryset together and have Django write it as SQL costs more than the rows. Where a page's rows hang on
nothing but the reader's role and key and the day (`ListState.steady`), and no filter is on that looks at the clock or
at what is typed, the statement is kept, with a hole for the reader's key.
"""

import copy
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import django_filters
from django.db.models import BigIntegerField, QuerySet, prefetch_related_objects
from django.utils import timezone

from refprogram.kernel.list_parts import COUNT_LIMIT
from refprogram.kernel.prepared import AnyOne, Given, Prepared, PreparedCount

if TYPE_CHECKING:
    from refprogram.kernel.list_state import ListState

KEPT: Final = 500  # statements per process; beyond that all are forgotten


class Written(NamedTuple):
    """What a page sends in one state: for its rows, and for their number."""

    rows: Prepared[Any]
    number: PreparedCount
    beside: tuple[Any, ...]  # what is prefetched for the rows

    def found(self, reader: Any) -> list[Any]:
        """Return the rows that this reader sees."""
        rows = self.rows(reader=reader.pk)
        if self.beside:
            prefetch_related_objects(rows, *self.beside)
        return rows

    def counted(self, reader: Any) -> int:
        """Return how many rows this reader sees, to one more than the limit."""
        return self.number(reader=reader.pk)


_kept: dict[Hashable, Written] = {}


def statements_of(page: "ListState") -> Written | None:
    """Return the statements of a page in its state, or None where they may not be kept."""
    sorted_by = page.columns.get(page.sort.removeprefix("-"))
    if not page.steady or page.request.user.is_staff or not _by_value(page):
        return None
    if sorted_by is not None and sorted_by.finds_keys:
        return None  # which rows these are is asked each time
    key = _key(page)
    if key not in _kept:
        if len(_kept) >= KEPT:
            _kept.clear()
        _kept[key] = _write(page)
    return _kept[key]


def _by_value(page: "ListState") -> bool:
    if not page.narrowed:
        return True
    return all(_is_by_value(kind) for kind in page.active.filters.values())


def _is_by_value(kind: django_filters.Filter) -> bool:
    return "by_value" in vars(type(kind)) and not kind.method  # said by the kind itself: not inherited


def _key(page: "ListState") -> Hashable:
    reader, now = page.request.user, timezone.now()
    days = (timezone.localdate(now), timezone.localdate(now, timezone.get_default_timezone()))
    columns = tuple((name, column.source) for name, column in page.columns.items() if isinstance(column.source, str))
    address = tuple(page.kwargs.items())
    return (type(page), address, reader.role, reader.is_active, days, columns, page.start, page.state.urlencode())


def _write(page: "ListState") -> Written:
    reader = page.request.user
    any_page = type(page)()
    request = copy.copy(page.request)
    request.user = AnyOne(reader.role, reader.is_active, Given("reader", BigIntegerField()))
    any_page.setup(request, *page.args, **page.kwargs)
    any_page.columns = page.columns
    rows = any_page.portion()
    lookups: tuple[Any, ...] = tuple(getattr(rows, "_prefetch_related_lookups", ()))
    return Written(
        Prepared(_given(rows.prefetch_related(None))),
        PreparedCount(_given(any_page.filtered.order_by().values("pk")[: COUNT_LIMIT + 1])),
        lookups,
    )


def _given(rows: QuerySet[Any, Any]) -> Callable[[], QuerySet[Any, Any]]:
    return lambda: rows
