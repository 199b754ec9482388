"""Tables: rooms declare columns, one renderer writes the rows.

django-tables2 gives the declaration (a class with columns, inherited and ordered). Its rendering is not used: it
inspects signatures per cell and costs five times as much. Here a row is one pattern, the same
for all rows, filled by one function per column and escaped.

Shapes: `Table.render(rows)` is a whole `<table>`, `Table.render_rows(rows)` only its `<tr>`s.
"""

import functools
import html
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, Final

import django_tables2
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from refprogram.kernel.cells import Cell, alias_of, reader
from refprogram.kernel.columns import (
    BooleanColumn,
    Column,
    Columns,
    MoneyColumn,
    NameColumn,
    NumberColumn,
    OwnerColumn,
    Pill,
    PillColumn,
    TextColumn,
)
from refprogram.kernel.date_columns import AgoColumn, DateColumn
from refprogram.kernel.markup import escaped, filled
from refprogram.kernel.one_of import OneOf

__all__ = [
    "AgoColumn",
    "BooleanColumn",
    "Column",
    "Columns",
    "DateColumn",
    "MoneyColumn",
    "NameColumn",
    "NumberColumn",
    "OwnerColumn",
    "Pill",
    "PillColumn",
    "Table",
    "TextColumn",
    "joined",
    "ordered",
    "portion",
]

# ---------------------------------------------------------------- the renderer


class Table(django_tables2.Table):
    """Declares columns; renders them fast. Not instantiated to be shown: all of it is class methods.

    `row_id` is the attribute that names a row outside (posted by bulk actions).
    """

    row_id: ClassVar[str] = "public_id"

    @classmethod
    def declared(cls) -> dict[str, Column]:
        """Return the declared columns by name, in order."""
        return dict(cls.base_columns)

    @classmethod
    def render(
        cls,
        rows: Iterable[Any],
        *,
        columns: Columns | None = None,
        sort: str = "",
        sort_url: Callable[[str], str] | None = None,
        pick: bool = False,
    ) -> SafeString:
        """Return the `<table>` of `rows`.

        `sort` is the present order ("-fatigue"); `sort_url` makes a head's link from the order it asks for, without
        it heads are plain. `pick` adds check boxes named `ids`, for the form around the table.
        """
        shown = cls.declared() if columns is None else columns
        return filled(
            '<table class="rp-table cards"><thead><tr>{}{}</tr></thead><tbody>{}</tbody></table>',
            pick_all() if pick else "",
            SafeString("".join([head(name, column, sort, sort_url) for name, column in shown.items()])),
            cls.render_rows(rows, columns=shown, pick=pick),
        )

    @classmethod
    def render_rows(cls, rows: Iterable[Any], *, columns: Columns | None = None, pick: bool = False) -> SafeString:
        """Return the `<tr>`s of `rows`: one function per column, one escaped join for all of them."""
        shown = cls.declared() if columns is None else columns
        cells = [column.writer() for column in shown.values()]
        if pick:
            cells.insert(0, cls._picker(shown))
        written = list(zip(openings(shown.values(), pick=pick), cells, strict=True))
        parts: list[str] = []
        for record in rows:
            for opening, cell in written:
                value = cell(record)
                parts += (opening, value if type(value) is SafeString else escaped(value))
            parts.append("</td></tr>")
        return SafeString("".join(parts))

    @classmethod
    def _picker(cls, columns: Columns) -> Cell:
        name = reader(next(iter(columns.values())).source)
        row_id = reader(cls.row_id)
        label = _("Select %(name)s")

        def box(record: Any) -> SafeString:
            named = html.escape(label % {"name": name(record)})
            own = html.escape(str(row_id(record)))
            return SafeString(
                f'<input type="checkbox" class="form-check-input" name="ids" value="{own}" aria-label="{named}">'
            )

        return box


def openings(columns: Iterable[Column], *, pick: bool) -> list[str]:
    """Return what stands before each cell of a row; the first opens the row, each other one closes the cell before."""
    cells: list[str] = [column.opening() for column in columns]
    if pick:
        cells.insert(0, '<td class="rp-pick hide">')
    return [f"<tr>{cells[0]}", *(f"</td>{cell}" for cell in cells[1:])]


def pick_all() -> SafeString:
    """Return the head of the check boxes: selects every row on the page."""
    return filled(
        '<th class="rp-pick"><input type="checkbox" class="form-check-input" aria-label="{}" data-select-all></th>',
        _("Select all rows shown"),
    )


def head(name: str, column: Column, sort: str, sort_url: Callable[[str], str] | None) -> SafeString:
    """Return one `<th>`: a link that sorts where the column can, `aria-sort` where it does."""
    css = NUMBER if "rp-num" in column.css else NOTHING
    if sort_url is None or not column.sort_fields:
        return filled('<th scope="col"{}>{}</th>', css, column.header)
    state = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    url = escaped(sort_url(next_order(name, column, sort)))
    link = '<a id="sort-{}" href="{}" hx-get="{}" hx-target="#rows" hx-swap="outerHTML">{}{}</a>'
    return filled(
        '<th scope="col"{}{}>{}</th>',
        css,
        filled(' aria-sort="{}"', state) if state else NOTHING,
        filled(link, name, url, url, column.header, arrow(state)),
    )


NUMBER: Final = SafeString(' class="rp-num"')
NOTHING: Final = SafeString("")


def arrow(state: str) -> SafeString:
    """Return the mark beside the head that the table is sorted by."""
    if not state:
        return NOTHING
    return filled(' <i class="ic ic-{} ic-sm" aria-hidden="true"></i>', "up" if state == "ascending" else "down")


def next_order(name: str, column: Column, sort: str) -> str:
    """Return the order that a click on the column's head asks for."""
    if sort == name:
        return f"-{name}"
    if sort == f"-{name}":
        return name
    return f"-{name}" if column.desc_first else name


# ---------------------------------------------------------------- joining and ordering


def joined(queryset: QuerySet[Any], columns: Columns, also: Iterable[str] = ()) -> QuerySet[Any]:
    """Return the queryset with everything joined or prefetched that the columns' paths (and `also`) and hints touch.

    A dotted path that ends in a column of the database comes as an annotation: joined, yet no instance of the other
    model is built. What a path cannot say (methods, properties, callables) is joined as instances.
    """
    model: Any = queryset.model
    paths = {*also, *(path for column in columns.values() for path in column.paths())}
    values = {path for path in paths if "." in path and is_column(model, path)}
    joins = {join for path in paths - values if (join := join_of(model, path))}
    joins |= {join for column in columns.values() for join in column.related}
    prefetch = [name for column in columns.values() for name in column.prefetch]
    queryset = annotated(queryset, columns)
    if values:
        queryset = queryset.annotate(**{alias_of(path): F(path.replace(".", "__")) for path in sorted(values)})
    if joins:
        queryset = queryset.select_related(*sorted(joins))
    return queryset.prefetch_related(*prefetch) if prefetch else queryset


def annotated(queryset: QuerySet[Any], columns: Columns) -> QuerySet[Any]:
    """Return the queryset with the values that columns read beside their rows (added fields)."""
    beside = {alias: value for column in columns.values() for alias, value in column.beside.items()}
    return queryset.annotate(**beside) if beside else queryset


@functools.cache
def is_column(model: Any, path: str) -> bool:
    """Return whether a path is a chain of to-one relations that ends in a plain column."""
    *relations, name = path.split(".")
    if join_of(model, ".".join(relations)) != "__".join(relations):
        return False
    for relation in relations:
        model = model._meta.get_field(relation).related_model
    return any(field.name == name and not field.is_relation for field in model._meta.concrete_fields)


@functools.cache
def join_of(model: Any, path: str) -> str:
    """Return the part of an attribute path that is a chain of to-one relations: "owner.team.name" -> "owner__team"."""
    joins: list[str] = []
    for part in path.replace("__", ".").split("."):
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            break
        if not (field.many_to_one or field.one_to_one) or not isinstance(field.related_model, type):
            break
        joins.append(part)
        model = field.related_model
    return "__".join(joins)


def ordered(queryset: QuerySet[Any], columns: Columns, sort: str) -> QuerySet[Any]:
    """Return the queryset in the order `sort`; the key breaks ties, so that no row is shown twice or skipped."""
    descending = sort.startswith("-")
    column = columns.get(sort.removeprefix("-"))
    tie = "-pk" if descending else "pk"
    if column is None or not column.sort_fields:
        kept = queryset.query.order_by or queryset.model._meta.ordering or ()
        return queryset.order_by(*kept, tie)
    return annotated(queryset, {"": column}).order_by(*column.order(descending=descending), tie)


def portion(
    queryset: QuerySet[Any], columns: Columns, sort: str, start: int, stop: int, *, keys_first: bool = False
) -> QuerySet[Any]:
    """Return the rows from `start` to `stop` of an ordered queryset, with what their columns need. One query.

    Where no index serves the order, or other tables narrow the rows (`keys_first`), the rows' keys are chosen first and
    only these rows are joined: the database would otherwise join every row before it sorts. Some columns find keys
    themselves.
    """
    column = columns.get(sort.removeprefix("-"))
    if column is not None and column.finds_keys:
        keys = column.keys(queryset, descending=sort.startswith("-"), start=start, stop=stop)
        return joined(queryset.filter(OneOf("pk", keys)), columns)
    model: Any = queryset.model
    served = column is None or not column.sort_fields or has_index(model, column.sort_fields[0])
    if (served and not keys_first) or queryset.query.distinct or queryset.query.combinator:
        return joined(queryset, columns)[start:stop]
    return joined(queryset.filter(OneOf("pk", queryset[start:stop].values("pk"))), columns)


def keys(
    queryset: QuerySet[Any], columns: Columns, sort: str, start: int, stop: int, *, first: list[int] | None = None
) -> list[Any]:
    """Return the keys of the rows from `start` to `stop` in this order: nothing is joined that does not narrow them.

    `first`: those that a column which finds keys has found by now.
    """
    column = columns.get(sort.removeprefix("-"))
    rows = ordered(queryset, columns, sort)
    if column is not None and column.finds_keys:
        return column.keys(rows, descending=sort.startswith("-"), start=start, stop=stop, first=first)
    return list(rows.values_list("pk", flat=True)[start:stop])


@functools.cache
def has_index(model: Any, path: str) -> bool:
    """Return whether an index of the whole table begins with this column."""
    meta = model._meta
    whole = [index for index in meta.indexes if index.fields_orders and index.condition is None]
    indexed = {index.fields_orders[0][0] for index in whole}
    keys = {field.name for field in meta.concrete_fields if field.db_index or field.unique}
    return path.removeprefix("-") in {*indexed, *keys, "pk"}
