"""The state of a list page: what its URL says, and the rows that follow from it.

Everything is worked out once per request, when first asked for: filters, order, tabs, the rows shown, their count. Rows
are asked for once, one more than shown, which says whether there are more; the count stops at 1,001 and is not asked
where the rows themselves tell.
"""

import functools
import operator
import re
from collections.abc import Sequence
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View as DjangoView

from refprogram.kernel import saved_views, tables
from refprogram.kernel.custom_fields import lists as custom
from refprogram.kernel.custom_fields.definitions import PREFIX
from refprogram.kernel.filters import Chip, FilterSet, query_without
from refprogram.kernel.list_parts import (
    Action,
    BulkAction,
    Count,
    Empty,
    ListRequest,
    Rows,
    Tab,
    View,
    Words,
    capped_count,
    count_of,
    tabs_of,
)
from refprogram.kernel.list_statements import first_keys, may_keep, met, number_statement, rows_of, rows_statement
from refprogram.kernel.list_walk import ByMany, by_many

PAGE_SIZE: Final = 50
FARTHEST: Final = 1_000_000  # "show more" never skips further: beyond it a filter is meant


class ListState(DjangoView):
    """What a room declares for its list, and what the URL makes of it."""

    page: ClassVar[str] = ""
    title: Words = ""  # a list within another row says whose it is when it is opened
    table_class: ClassVar[type[tables.Table]]
    filterset_class: ClassVar[type[FilterSet]] = FilterSet
    search_fields: ClassVar[Sequence[str]] = ()
    default_sort: ClassVar[str] = ""
    views: ClassVar[Sequence[View]] = ()
    all_label: ClassVar[Words] = gettext_lazy("All")
    views_with_counts: ClassVar[bool] = False
    bulk_actions: ClassVar[Sequence[BulkAction]] = ()
    primary_action: Action | None = None
    actions: Sequence[Action] = ()
    empty: ClassVar[Empty] = Empty(gettext_lazy("What is added will be listed here."))
    permission: ClassVar[str] = ""
    can_export: ClassVar[bool] = True
    custom_noun: ClassVar[str] = ""
    steady: ClassVar[bool] = False
    export_permission: ClassVar[str] = ""
    template_name: ClassVar[str] = "components/list_page.html"

    request: ListRequest

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Refuse a page whose bulk actions do nothing."""
        super().__init_subclass__(**kwargs)
        missing = [action.name for action in cls.bulk_actions if not hasattr(cls, f"bulk_{action.name}")]
        if missing:
            msg = f"{cls.__name__} declares bulk actions without a method: {', '.join(missing)}"
            raise ImproperlyConfigured(msg)

    # ---- for rooms to write

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows that this reader may see: the only door to them, for page, count, verbs and export."""
        raise NotImplementedError

    def with_facts(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows with what their columns show beside them; filters and orders must not need it."""
        return rows

    def get_facts(self) -> Words:
        """Return the line under the title; asked once, for the whole page only."""
        return ""

    def get_columns(self) -> tables.Columns:
        """Return the columns that this reader sees and exports."""
        return self.table_class.declared()

    def search(self, queryset: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
        """Narrow to rows that have every word in one of `search_fields`."""
        for word in words:
            anywhere = (Q(**{f"{field}__icontains": word}) for field in self.search_fields)
            queryset = queryset.filter(functools.reduce(operator.or_, anywhere))
        return queryset

    def may(self, permission: str) -> bool:
        """Return whether the reader has `permission`; an empty one is everybody's."""
        return not permission or self.request.user.has_perm(permission)

    # ---- state

    @property
    def fragment(self) -> bool:
        """Whether htmx asks for parts of the page that is already there."""
        htmx = self.request.htmx
        return bool(htmx) and not htmx.boosted and not htmx.history_restore_request

    @cached_property
    def state(self) -> QueryDict:
        """The URL's state: filters, search, order, view."""
        return query_without(self.request.GET)

    @cached_property
    def sort(self) -> str:
        """The order asked for, if a column knows it, else the page's own."""
        asked = self.request.GET.get("sort", "")
        column = self.columns.get(asked.removeprefix("-"))
        return asked if column is not None and column.sort_fields else self.default_sort

    @cached_property
    def start(self) -> int:
        """How many rows the reader has already."""
        asked = self.request.GET.get("from", "")
        return min(int(asked), FARTHEST) if re.fullmatch(r"[0-9]{1,9}", asked) else 0

    @cached_property
    def columns(self) -> tables.Columns:
        """The reader's columns, and the added fields that the reader switched on."""
        own, chosen = self.get_columns(), self.request.GET.getlist(custom.COLUMNS)
        return {**own, **custom.columns(self.custom_noun, chosen)} if self.custom_noun and chosen else own

    @property
    def searchable(self) -> bool:
        """Whether the page has a search box."""
        return bool(self.search_fields) or type(self).search is not ListState.search

    def filterset(self, state: QueryDict, *, only_on: bool = True) -> FilterSet:
        """Return the page's filters over its rows in `state`; `only_on` leaves out those without a value."""
        return self.filterset_class(
            state,
            self.get_queryset,
            request=self.request,
            search=self.search if self.searchable else None,
            only_on=only_on,
        )

    @cached_property
    def active(self) -> FilterSet:
        """The filters that are on."""
        return self.filterset(self.request.GET)

    @cached_property
    def all_filters(self) -> FilterSet:
        """Every filter, for the form."""
        return self.filterset(self.request.GET, only_on=False)

    @cached_property
    def narrowed(self) -> bool:
        """Whether a filter is on."""
        on = self.filterset_class.on(self.request.GET)
        return bool(on) and (self.searchable or on != ["q"])

    @cached_property
    def errors(self) -> bool:
        """Whether a filter's value does not make sense. Then no row is shown, exported or acted on."""
        return self.narrowed and not self.active.form.is_valid()

    @cached_property
    def filtered(self) -> QuerySet[Any]:
        """The rows under the filters, neither ordered nor cut."""
        if self.errors:
            return self.active.queryset.none()
        return self.active.qs if self.narrowed else self.get_queryset()

    @cached_property
    def chips(self) -> list[Chip]:
        """The filters that are on and make sense."""
        return self.active.chips(self.request) if self.narrowed else []

    @cached_property
    def tabs(self) -> list[Tab]:
        """The page's tabs: one query for those that people saved."""
        saved = saved_views.for_page(user=self.request.user, page=self.page) if self.page else []
        return tabs_of(
            [view for view in self.views if self.may(view.permission)],
            saved,
            user=self.request.user,
            current=self.request.GET.get("view", ""),
            every=self.all_label,
        )

    @cached_property
    def tab(self) -> Tab:
        """The tab that is on."""
        return next(tab for tab in self.tabs if tab.current)

    # ---- rows and counts

    def ordered(self) -> QuerySet[Any]:
        """Return the rows under the filters, in order, with what is shown of them."""
        return tables.ordered(self.with_facts(self.filtered), self.columns, self.sort)

    def portion(self) -> QuerySet[Any]:
        """Return the rows to show, and one more."""
        start, stop = self.start, self.start + PAGE_SIZE + 1
        return tables.portion(self.ordered(), self.columns, self.sort, start, stop, keys_first=self._by_added)

    @property
    def _by_added(self) -> bool:
        """Whether added fields may narrow the rows: by a filter, or by the search box."""
        return bool(self.custom_noun) and any(name == "q" or name.startswith(PREFIX) for name in self.state)

    @cached_property
    def rows(self) -> Rows:
        """The portion to show: one query, one row more than shown."""
        if self.errors:
            return Rows([], 0, more=False)
        found = self._found()
        return Rows(found[:PAGE_SIZE], self.start, more=len(found) > PAGE_SIZE)

    def _found(self) -> list[Any]:
        kept = rows_statement(self)
        if kept is not None:
            return kept(**self.given)
        if self.keys is not None:
            return rows_of(self, self.keys)
        return list(self.portion())

    @cached_property
    def keys(self) -> list[Any] | None:
        """The keys of the rows to show and one more, where these are asked for by key."""
        stop = self.start + PAGE_SIZE + 1
        first = first_keys(self, stop)
        if first is not None and len(first) == stop - self.start:
            return first
        if not may_keep(self) or self.filtered.query.distinct or self.filtered.query.combinator:
            return None
        on_the_way = self.by_many.keys(stop) if first is None and self.by_many is not None else None
        if on_the_way is not None:
            return on_the_way
        return tables.keys(self.filtered, self.columns, self.sort, self.start, stop, first=first)

    @cached_property
    def met(self) -> dict[str, list[int]] | None:
        """The keys that filters found by themselves; None where one narrows otherwise than by these or its value."""
        return met(self)

    @cached_property
    def by_many(self) -> ByMany | None:
        """The page as one under a filter that very many rows meet; None where it is none."""
        return by_many(self)

    @property
    def given(self) -> dict[str, Any]:
        """What fills the holes of a kept statement: the reader's keys, and those that filters found."""
        reader: Any = self.request.user
        return {"reader": reader.pk, "reader_person": reader.person_id, **(self.met or {})}

    @cached_property
    def count(self) -> Count:
        """How many rows there are, to 1,000; no query where the rows themselves tell."""
        if not self.rows.more and (self.rows.records or not self.start):
            return Count(self.rows.until)
        kept = number_statement(self)
        if kept is not None:
            return count_of(kept(**self.given))
        if self.by_many is not None:
            return count_of(self.by_many.number())
        return capped_count(self.filtered)

    @property
    def blank(self) -> bool:
        """Whether there is nothing because nothing was ever added, as far as this reader may see."""
        return not (self.rows.records or self.narrowed or self.start)

    # ---- addresses

    def url(self, **changed: str) -> str:
        """Return the present state with these parameters changed."""
        kept = self._encoded_without(next(iter(changed), ""))
        return f"?{'&'.join(filter(None, (kept, urlencode(changed))))}"

    def _encoded_without(self, name: str) -> str:
        if name not in self._encoded:
            self._encoded[name] = query_without(self.state, [name]).urlencode()
        return self._encoded[name]

    @cached_property
    def _encoded(self) -> dict[str, str]:
        return {}

    def _sort_url(self, order: str) -> str:
        return self.url(sort=order)

    @property
    def more_url(self) -> str:
        """The address of the next rows."""
        return self.url(**{"from": str(self.rows.until)})

    @property
    def export_url(self) -> str:
        """The address of the export of this state."""
        return self.url(format="csv")

    @property
    def other_exports(self) -> list[tuple[str, str]]:
        """The addresses and words of its other formats."""
        return [(self.url(format="xlsx"), _("As an Excel file")), (self.url(format="json"), _("As JSON"))]

    @property
    def state_pairs(self) -> list[tuple[str, str]]:
        """The state as hidden fields."""
        return [(key, value) for key, values in self.state.lists() for value in values]

    @property
    def kept_pairs(self) -> list[tuple[str, str]]:
        """The state beside the filters: what the filter form has to carry along."""
        own = {key for keys in self.filterset_class.parameters().values() for key in keys}
        return [(key, value) for key, value in self.state_pairs if key not in own]
