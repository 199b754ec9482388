"""Added fields on list pages: as filters, as columns that a reader may switch on, and in the search box."""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar, Final, NamedTuple

from django.db.models import BooleanField, Case, DateField, DecimalField, Exists, Field, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _

from refprogram.kernel import filters
from refprogram.kernel.cells import Cell, once
from refprogram.kernel.columns import Column
from refprogram.kernel.custom_fields import queries
from refprogram.kernel.custom_fields.definitions import Definition, definitions
from refprogram.kernel.custom_fields.shown import words
from refprogram.kernel.custom_fields.values import tidy
from refprogram.kernel.enums import CustomType
from refprogram.kernel.filter_fields import label_of
from refprogram.kernel.models import CustomValue
from refprogram.kernel.one_of import OneOf
from refprogram.kernel.prepared import Given, Statement

COLUMNS: Final = "columns"  # the URL's parameter, and the filter that carries it

# ---------------------------------------------------------------- filters


HANDED_OVER: Final = 1000
FOUND_AT_MOST: Final = 5000  # rows that the search box finds by their added fields


class Holes(NamedTuple):
    """A filter's value written with holes: which there are, the value with them, and what fills them this time."""

    shape: Hashable
    value: Any
    given: dict[str, Any]


def ids_of(rows: QuerySet[Any, Any]) -> list[int] | None:
    """Return some ids, or None if there are very many.

    Few are asked first and handed over: the database then goes straight to these rows. As a sub-query it would read
    every row of the noun beside them (100,000 accounts: 60 ms against 5). Of very many, the first fifty come up soon,
    and to read thousands of ids takes longer than that (10,000 accounts, half of them met: 24 ms against 4).
    """
    found = list(rows[: HANDED_OVER + 1])
    return found if len(found) <= HANDED_OVER else None


_first_met: dict[Hashable, Statement] = {}  # by field and shape of the value, as few as there are fields


class OfField(filters.FilterMixin):
    """What the filters of added fields share: rows are met by the ids that the field's own index finds."""

    finds_keys = True

    def __init__(self, definition: Definition, **options: Any) -> None:
        self.definition = definition
        super().__init__(label=definition.heading, **options)

    def met(self, value: Any) -> QuerySet[CustomValue, Any]:
        """Return the ids of the rows whose value of the field is one of those asked for."""
        raise NotImplementedError

    def keys(self, value: Any) -> list[int] | None:
        """Return these ids, asked once; None if there are very many."""
        if not hasattr(self, "_found"):
            self._found = self._first(value)
        return self._found

    def _first(self, value: Any) -> list[int] | None:
        holes = self.holes(value)
        if holes is None:
            return ids_of(self.met(value).order_by())
        key = (type(self), self.definition, holes.shape)
        if key not in _first_met:
            _first_met[key] = Statement(self.met(holes.value).order_by()[: HANDED_OVER + 1])
        found = _first_met[key].ask(holes.given, planned=False)
        return [key for (key,) in found] if len(found) <= HANDED_OVER else None

    def holes(self, value: Any) -> Holes | None:
        """Return the value with holes in it, where a statement can be written once for all of its kind."""
        return None

    def each(self, value: Any) -> Case:
        """Return the same as a condition of one row at a time; as it is written, the database does not gather them."""
        met = Exists(self.met(value).filter(object_id=OuterRef("pk")))
        return Case(When(met, then=True), default=False, output_field=BooleanField())

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Narrow to these rows."""
        if not value:
            return qs
        found = self.keys(value)
        return qs.filter(pk__in=self.met(value)) if found is None else qs.filter(OneOf("pk", found))


class TextOf(OfField, filters.TextFilter):
    """Contains this text."""

    def met(self, value: str) -> QuerySet[CustomValue, Any]:
        """Return those that have the text."""
        return queries.rows_where(self.definition, queries.containing(value))


class ChoiceOf(OfField, filters.MultiChoiceFilter):
    """Any of the choices."""

    def met(self, value: list[str]) -> QuerySet[CustomValue, Any]:
        """Return those that have one of them."""
        return queries.rows_that_are(self.definition, value)


class YesNoOf(OfField, filters.YesNoFilter):
    """Yes or no; rows without an answer are neither."""

    def met(self, value: str) -> QuerySet[CustomValue, Any]:
        """Return one side."""
        return queries.rows_that_are(self.definition, [value])


class RangeOf(OfField, filters.RangeFilter):
    """A figure between two ends."""

    def met(self, value: Any) -> QuerySet[CustomValue, Any]:
        """Return those in the range."""
        return queries.rows_where(self.definition, **ends("number", value))

    def holes(self, value: Any) -> Holes | None:
        """Return the range with holes for its ends."""
        return open_ends(value, DecimalField())


class DaysOf(OfField, filters.DateRangeFilter):
    """Between two days."""

    def met(self, value: Any) -> QuerySet[CustomValue, Any]:
        """Return those of the days."""
        return queries.rows_where(self.definition, **ends("day", value))

    def holes(self, value: Any) -> Holes | None:
        """Return the days with holes for the first and the last."""
        return open_ends(value, DateField())


def ends(column: str, value: Any) -> dict[str, Any]:
    """Return the lookups of a range, open ends left out; a value must be there at all."""
    found = {f"{column}__gte": value.low, f"{column}__lte": value.high}
    return {f"{column}__isnull": False, **{key: end for key, end in found.items() if end is not None}}


class Ends(NamedTuple):
    """Both ends of a range, or the holes in their places; None where it is open."""

    low: Any
    high: Any


def open_ends(value: Any, field: "Field[Any, Any]") -> Holes:
    """Return a range with holes for the ends that it has."""
    given = {name: end for name, end in (("low", value.low), ("high", value.high)) if end is not None}
    holes = Ends(*(Given(name, field) if name in given else None for name in ("low", "high")))
    return Holes(tuple(given), holes, given)


class ColumnsChoice(filters.MultiChoiceFilter):
    """Which added fields are shown as columns. It narrows nothing; as a filter it is part of the page's state."""

    by_value = True

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        """Leave the rows as they are."""
        return qs

    def words(self, value: Any) -> str:
        """Name them all."""
        return ", ".join(label_of(self.field.choices, one) for one in value)


def filter_of(field: Definition) -> Any:
    """Return the filter of one field."""
    if field.type == CustomType.CHOICE:
        return ChoiceOf(field, choices=[(one, one) for one in field.choices])
    if field.type == CustomType.YES_NO:
        return YesNoOf(field)
    if field.type == CustomType.NUMBER:
        return RangeOf(field, unit=field.unit)
    return DaysOf(field) if field.type == CustomType.DATE else TextOf(field)


@lru_cache(maxsize=64)
def filters_of(fields: tuple[Definition, ...]) -> Mapping[str, Any]:
    """Return the filters of a noun's added fields; every page asks for them several times."""
    added = {field.name: filter_of(field) for field in fields if field.filterable}
    return {**added, COLUMNS: ColumnsChoice(label=_("Columns"), choices=[(field.key, field.label) for field in fields])}


class CustomFilterSet(filters.FilterSet):
    """Base of the filters of a noun with added fields (`custom_noun`): they come behind its own."""

    custom_noun: ClassVar[str] = ""

    def __init__(self, *args: Any, search: filters.Search | None = None, **options: Any) -> None:
        super().__init__(*args, search=both(self.custom_noun, search) if search else None, **options)

    @classmethod
    def declared(cls) -> Mapping[str, Any]:
        """Return the noun's own filters and those of its added fields."""
        fields = definitions(cls.custom_noun)
        own = super().declared()
        if not fields:
            return own
        return {**own, **filters_of(tuple(fields))}

    @classmethod
    def parameters(cls) -> Mapping[str, tuple[str, ...]]:
        """Return the URL parameters of all of them."""
        own = super().parameters()
        return {**own, **{name: kind.params(name) for name, kind in cls.declared().items() if name not in own}}


# ---------------------------------------------------------------- columns

# What an index finds in order: figures, days, and words no longer than the index holds.
SORTED: Final = frozenset({CustomType.NUMBER, CustomType.DATE, CustomType.CHOICE, CustomType.YES_NO})
BIG_FIRST: Final = frozenset({CustomType.NUMBER, CustomType.DATE})


class CustomColumn(Column):
    """One added field as a column, read beside the row in the same statement."""

    finds_keys = True

    def __init__(self, field: Definition) -> None:
        alias = f"custom_{field.id}"
        super().__init__(
            field.heading,
            alias,
            phone="hide",
            order_by=alias if field.type in SORTED else (),
            desc_first=field.type in BIG_FIRST,
            nulls_last=True,
        )
        self.field = field
        self.beside = {alias: queries.value_beside(field)}

    def first_keys(self, rows: QuerySet[Any], *, descending: bool) -> QuerySet[Any, Any]:
        """Return the keys of rows with a value, in the field's own order, straight from its index."""
        valued = queries.in_order(self.field, descending=descending)
        return valued.filter(object_id__in=rows.order_by().values("pk")).values_list("object_id", flat=True)

    def keys(
        self, rows: QuerySet[Any], *, descending: bool, start: int, stop: int, first: list[int] | None = None
    ) -> list[int]:
        """Return keys in the field's own order; rows without a value come last."""
        met = self.first_keys(rows, descending=descending)
        found = list(met[start:stop]) if first is None else first
        if len(found) == stop - start:
            return found
        there = start + len(found) if found else met.order_by().count()
        bare = rows.filter(~queries.has_value(self.field)).order_by("-pk" if descending else "pk")
        return found + list(bare.values_list("pk", flat=True)[max(0, start - there) : stop - there])

    def write(self) -> Cell:
        """Return the value in words; the unit stands in the head."""
        bare = Definition(**{**vars(self.field), "unit": ""})
        return once(lambda value: words(bare, self._typed(value)))

    def plain(self) -> Cell:
        """Return the value as a file says it."""
        return self._plain

    def _plain(self, value: Any) -> Any:
        if value is None or value == "":
            return ""
        if isinstance(value, Decimal):
            return tidy(value)
        return value.isoformat() if self.field.type == CustomType.DATE else value

    def _typed(self, value: Any) -> Any:
        return value == "yes" if self.field.type == CustomType.YES_NO else value


class CustomFigure(CustomColumn):
    """An added number, under each other."""

    css = "rp-num"


def columns(noun: str, chosen: list[str]) -> dict[str, Column]:
    """Return the columns that a reader switched on."""
    return {field.name: _column(field) for field in definitions(noun) if field.key in chosen}


@lru_cache(maxsize=256)
def _column(field: Definition) -> CustomColumn:
    return CustomFigure(field) if field.type == CustomType.NUMBER else CustomColumn(field)


# ---------------------------------------------------------------- search


def both(noun: str, own: filters.Search) -> filters.Search:
    """Return a search that finds what the page's own finds, and rows whose searchable fields have every word."""

    def search(queryset: QuerySet[Any], typed: list[str]) -> QuerySet[Any]:
        narrowed = own(queryset, typed)
        fields = [field.id for field in definitions(noun) if field.searchable]
        if not fields:
            return narrowed
        rows = CustomValue.objects.filter(field_id__in=fields)
        for word in typed:
            rows = rows.filter(queries.containing(word))
        found = list(rows.values_list("object_id", flat=True).order_by()[:FOUND_AT_MOST])
        if not found:
            return narrowed
        keys = narrowed.order_by().values_list("pk", flat=True)
        mine = ids_of(keys)
        if mine is not None:
            return queryset.filter(OneOf("pk", {*mine, *found}))
        return queryset.filter(Q(pk__in=keys) | Q(OneOf("pk", found)))

    return search
