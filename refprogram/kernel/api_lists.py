"""Lists of the API: the page's filters, a cursor, or everything as CSV. `listing` makes an operation of a queryset."""

import base64
import binascii
import csv
import datetime as dt
import functools
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args, get_origin

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Schema
from ninja.utils import contribute_operation_args
from pydantic import Field, create_model

from refprogram.kernel.api_input import Router, understands
from refprogram.kernel.api_problems import FieldError, problem
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.exports import BYTE_ORDER_MARK, EXPORT_CHUNK, in_context_of_now, safe
from refprogram.kernel.filters import FilterSet, MultiChoiceFilter, Search, declared_filters, filter_parameters
from refprogram.kernel.replica import from_replica

LARGEST = 200
USUAL = 50

Item = TypeVar("Item")
Rows = Callable[..., QuerySet[Any]]


class Thing(Schema):
    """Base of every object: `id` is the public one; `url` is where a person opens it, or its own API address."""

    id: str
    url: str
    created_at: dt.datetime
    updated_at: dt.datetime

    @staticmethod
    def resolve_id(obj: Any) -> str:
        return str(obj.public_id)

    @staticmethod
    def resolve_url(obj: Any) -> str:
        return absolute(obj.get_absolute_url())


class Fact(Schema):
    """Base of what never changes once written: it has no `updated_at`. Made of a row, or of a dict with an `id`."""

    id: str
    url: str
    created_at: dt.datetime

    @staticmethod
    def resolve_id(obj: Any) -> str:
        return str(obj["id"] if isinstance(obj, dict) else obj.public_id)


class Ref(Schema):
    """Another object, as far as this one needs to name it."""

    id: str
    name: str

    @staticmethod
    def resolve_id(obj: Any) -> str:
        return str(obj.public_id)


def absolute(path: str) -> str:
    """Return the address of one of our paths as seen from outside."""
    return f"{settings.BASE_URL}{path}"


class Page(Schema, Generic[Item]):
    """Some rows, and the address of the next ones (null: that was all)."""

    items: list[Item]
    next: str | None


class Cut(Schema):
    """Which part of a list."""

    limit: int = Field(USUAL, ge=1, le=LARGEST, description="How many rows at most.")
    cursor: str = Field("", max_length=80, description="Where to go on: follow `next` rather than making one.")
    format: Literal["json", "csv"] = Field("json", description="`csv` streams all rows under the filters.")


def listing(
    router: Router,
    path: str,
    schema: type[Schema],
    *,
    filters: type[FilterSet] | None = None,
    search: Search | None = None,
    **options: Any,
) -> Callable[[Rows], Rows]:
    """Make `GET path` of a function `(request, **path) -> queryset`: paged by cursor, filtered as the page is, CSV.

    `search(queryset, words)` serves the filter `q`. Rows come oldest first (by id), so that a reader who comes back
    with the last cursor misses nothing.
    """

    def mark(rows: Rows) -> Rows:
        @functools.wraps(rows)
        def operation(request: HttpRequest, **kwargs: Any) -> Any:
            cut: Cut = kwargs.pop("cut")
            kwargs.pop("narrowed", None)
            queryset = rows(request, **kwargs)
            if filters is not None:
                found = filters(_given(request.GET), queryset, request=request, search=search, only_on=True)
                if found.filters and not found.form.is_valid():
                    return _unfit(request, found)
                queryset = found.qs if found.filters else queryset
            if cut.format == "csv":
                every = queryset.order_by("pk").iterator(chunk_size=EXPORT_CHUNK)
                with from_replica():
                    return csv_response(request, every, schema, rows.__name__.removeprefix("list_"))
            return page_of(request, queryset, cut)

        understands(operation, lambda: _known(filters, with_search=bool(search)))
        contribute_operation_args(operation, "cut", Cut, Query(...))
        narrowed = query_schema(filters, with_search=bool(search)) if filters is not None else None
        if narrowed is not None and narrowed.model_fields:
            contribute_operation_args(operation, "narrowed", narrowed, Query(...))
        router.get(path, response=Page[schema], **options)(operation)  # type: ignore[valid-type]
        return rows

    return mark


def _known(filters: type[FilterSet] | None, *, with_search: bool) -> set[str]:
    """Return the query parameters that a list understands, also those of fields that a company added."""
    names = set(Cut.model_fields)
    for name, keys in filters.parameters().items() if filters else ():
        if name != "q" or with_search:
            names.update(keys)
    return names


def _given(params: QueryDict) -> QueryDict:
    """Return the query without what the list itself reads."""
    rest = params.copy()
    for name in ("limit", "cursor", "format"):
        rest.pop(name, None)
    return rest


def _unfit(request: HttpRequest, found: FilterSet) -> HttpResponseBase:
    errors = [FieldError(field, str(each)) for field, messages in found.form.errors.items() for each in messages]
    return problem(request, 422, "invalid", _("A filter does not make sense."), errors=errors)


def page_of(request: HttpRequest, queryset: QuerySet[Any], cut: Cut) -> dict[str, Any]:
    """Return one page of `queryset` by id, and where the next one begins."""
    after = queryset.order_by("pk")
    if cut.cursor:
        after = after.filter(pk__gt=position_of(cut.cursor))
    rows = list(after[: cut.limit + 1])
    if len(rows) <= cut.limit:
        return {"items": rows, "next": None}
    shown = rows[: cut.limit]
    params = request.GET.copy()
    params["cursor"] = cursor_after(shown[-1].pk)
    return {"items": shown, "next": absolute(f"{request.path}?{params.urlencode()}")}


def cursor_after(position: int) -> str:
    """Return the cursor behind the row of this id."""
    return base64.urlsafe_b64encode(f"after:{position}".encode()).decode().rstrip("=")


def position_of(cursor: str) -> int:
    """Return the id that a cursor stands behind; raises InvalidInput for one that we did not make."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        word, _colon, number = text.partition(":")
        position = int(number)
    except (ValueError, binascii.Error):
        word, position = "", 0
    if word != "after" or not 0 <= position < 2**63:
        message = _("This cursor is not one of ours. Follow “next”, or leave it out.")
        raise InvalidInput(message, errors={"cursor": message})
    return position


# ---------------------------------------------------------------- the filters in OpenAPI


def query_schema(filters: type[FilterSet], *, with_search: bool) -> type[Schema]:
    """Return the query parameters of a page's filters; their values are checked by the filters themselves."""
    fields: dict[str, Any] = {}
    of_class: Any = filters
    parameters = filter_parameters(of_class)  # those of the class: what a company added is not known yet
    for name, kind in declared_filters(filters).items():
        if name == "q" and not with_search:
            continue
        one: Any = list[str] if isinstance(kind, MultiChoiceFilter) else str
        for param in parameters[name]:
            fields[param] = (Annotated[one | None, Field(description=str(kind.label or name))], None)
    return create_model(f"{filters.__name__}Query", __base__=Schema, **fields)


# ---------------------------------------------------------------- everything, as CSV


def csv_response(request: HttpRequest, rows: Iterator[Any], schema: type[Schema], name: str) -> StreamingHttpResponse:
    """Return every row as one line, in the fields of the JSON; nested ones are named `owner.name`."""
    lines = in_context_of_now(_lines(request, rows, schema))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _lines(request: HttpRequest, rows: Iterator[Any], schema: type[Schema]) -> Iterator[str]:
    header = list(columns_of(schema))
    buffer = StringIO()
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    writer.writerow(header)
    while True:
        for row in islice(rows, EXPORT_CHUNK):
            flat = dict(_flat(schema.model_validate(row, context={"request": request}).model_dump()))
            writer.writerow([safe(flat.get(column)) for column in header])
        text = buffer.getvalue()
        if not text:
            return
        yield text
        buffer.seek(0)
        buffer.truncate()


def columns_of(schema: type[Schema], prefix: str = "") -> Iterator[str]:
    """Yield the columns of a schema, those of one nested object each with its name before."""
    for name, field in schema.model_fields.items():
        nested = _nested(field.annotation)
        if nested is None:
            yield f"{prefix}{name}"
        else:
            yield from columns_of(nested, f"{prefix}{name}.")


def _nested(annotation: Any) -> type[Schema] | None:
    """Return the object in `X` or `X | None`; lists stay whole, they become one cell."""
    alternatives = () if get_origin(annotation) is list else get_args(annotation) or (annotation,)
    return next((one for one in alternatives if isinstance(one, type) and issubclass(one, Schema)), None)


def _flat(value: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, each in value.items():
        if isinstance(each, dict) and each:
            yield from _flat(each, f"{prefix}{name}.")
        yield f"{prefix}{name}", _cell(each)


def _cell(value: Any) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, (list, dict)):
        return json.dumps(value, default=str, ensure_ascii=False) if value else ""
    return value if value is None or isinstance(value, (int, float, Decimal)) else str(value)
