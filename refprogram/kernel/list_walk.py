"""A page's rows where an added field is met by very many of them.

How many rows meet a field's filter the database guesses much too low (it multiplies what it knows of fields with what
it knows of values), and so it gathers all of them before it sorts. Of very many the first ones come soon: the order is
walked row by row along its index, and the value looked at beside each, as far as that is surely cheaper.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from django.db.models import QuerySet

from refprogram.kernel import tables
from refprogram.kernel.filters import query_without
from refprogram.kernel.list_parts import COUNT_LIMIT
from refprogram.kernel.list_statements import for_any_reader, is_by_value, kept_once, key_of, may_keep
from refprogram.kernel.prepared import Statement

if TYPE_CHECKING:
    from refprogram.kernel.list_state import ListState

FARTHEST: Final = 2000  # rows that are looked at: at a few millionths of a second each


class ByMany:
    """A page under one filter that found more keys than it hands over, beside others that narrow by their value.

    What is sent hangs on the filter's value only in its holes, where the filter has some: then it is written once.
    """

    def __init__(self, page: "ListState", name: str, kind: Any, value: Any) -> None:
        self._page, self._name, self._kind = page, name, kind
        self._holes = kind.holes(value) if may_keep(page) else None
        self._value = value if self._holes is None else self._holes.value

    def keys(self, stop: int) -> list[int] | None:
        """Return the keys of the rows from the page's start to `stop`: one query.

        None where no index has the order, or fewer rows than these lie on the way: then the whole has to be asked.
        """
        page = self._page
        if not self._has_index():
            return None
        walk = self._written("walk", self._walk)
        found = self._ask(walk, most=stop - page.start, start=page.start)
        return [key for (key,) in found] if len(found) == stop - page.start else None

    def number(self) -> int:
        """Return how many rows there are, to one more than the limit: one query."""
        return int(self._ask(self._written("number", self._number))[0][0])

    def _ask(self, statement: Statement, **given: Any) -> list[tuple[Any, ...]]:
        filled = {} if self._holes is None else {**self._page.given, **self._holes.given}
        return statement.ask({**filled, **given}, planned=False) if statement.sql else [(0,)]

    def _written(self, what: str, write: Callable[["ListState"], Statement]) -> Statement:
        page = self._page
        if self._holes is None:
            return write(page)
        state = (page.sort, self._others.urlencode(), self._kind.definition, self._holes.shape)
        key = ("by many", what, *key_of(page), *state)
        made: Statement = kept_once(key, lambda: write(for_any_reader(page)))
        return made

    def _walk(self, page: "ListState") -> Statement:
        rows = tables.ordered(self._rest(page), self._page.columns, self._page.sort)
        way = rows.annotate(met=self._kind.each(self._value)).values_list("pk", "met")[:FARTHEST]
        return Statement(way, "SELECT pk FROM ({}) way (pk, met) WHERE met", portion=True)

    def _number(self, page: "ListState") -> Statement:
        rows = self._rest(page).filter(pk__in=self._kind.met(self._value)).order_by().values("pk")
        return Statement(rows[: COUNT_LIMIT + 1], "SELECT count(*) FROM ({}) counted")

    def _rest(self, page: "ListState") -> QuerySet[Any]:
        """Return the rows under the other filters."""
        if self._page.filterset_class.on(self._page.request.GET) == [self._name]:
            return page.get_queryset()
        return page.filterset(self._others).qs

    @property
    def _others(self) -> Any:
        page = self._page
        return query_without(page.request.GET, list(page.filterset_class.parameters()[self._name]))

    def _has_index(self) -> bool:
        page = self._page
        column = page.columns.get(page.sort.removeprefix("-"))
        if column is None or column.finds_keys or not column.sort_fields:
            return False
        model: Any = page.filtered.model
        return tables.has_index(model, column.sort_fields[0])


def by_many(page: "ListState") -> ByMany | None:
    """Return the page as one under a filter met by very many; None where it is none."""
    if not page.narrowed or page.errors:
        return None
    finders: dict[str, Any] = {name: kind for name, kind in page.active.filters.items() if not is_by_value(kind)}
    if len(finders) != 1:
        return None
    ((name, kind),) = finders.items()
    value = page.active.form.cleaned_data[name]
    walks = hasattr(kind, "each") and kind.keys(value) is None
    return ByMany(page, name, kind, value) if walks else None
