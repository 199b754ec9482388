"""Exports: what a list shows, as CSV or JSON (streamed) or Excel. Memory stays flat whatever the number of rows."""

import csv
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from io import StringIO
from itertools import chain, islice
from typing import Any, Final

import openpyxl
from django.core.exceptions import FieldError
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from refprogram.kernel import replica
from refprogram.kernel.cells import Cell, Source, reader
from refprogram.kernel.columns import Column, Columns
from refprogram.kernel.tables import annotated, join_of, joined

BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel reads UTF-8 as something else
FORMULA_STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
FIGURES: Final = (int, float, Decimal)
EXPORT_CHUNK: Final = 2000
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def safe(value: Any) -> Any:
    """Return a cell that a spreadsheet will not take for a formula. Figures stay figures."""
    if value is None or isinstance(value, FIGURES):
        return value
    text = str(value)
    return f"'{text}" if text[:1] in FORMULA_STARTS else text


def cell_writer(column: Column) -> Cell:
    """Return the function from a column's value to its cell."""
    plain = column.plain()
    return safe if plain is None else lambda value: safe(plain(value))


def csv_lines(queryset: QuerySet[Any], columns: Columns) -> Iterator[str]:
    """Yield the export of `queryset` as CSV text, a block of rows at a time: memory stays flat.

    Rows come through a server-side cursor. Where every column's `csv` is a path of the database, no model instance
    is built at all.
    """
    buffer = StringIO()
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    writer.writerow([safe(column.header) for column in columns.values()])
    rows = csv_rows(queryset, columns)
    while True:
        writer.writerows(islice(rows, EXPORT_CHUNK))
        text = buffer.getvalue()
        if not text:
            return
        yield text
        buffer.seek(0)
        buffer.truncate()


def csv_rows(
    queryset: QuerySet[Any], columns: Columns, cell: Callable[[Column], Cell] = cell_writer
) -> Iterator[list[Any]]:
    """Yield the cells of every row; formula-safe, unless `cell` writes them otherwise."""
    writers = [cell(column) for column in columns.values()]
    values = values_only(queryset, columns)
    if values is not None:
        for row in values.iterator(chunk_size=EXPORT_CHUNK):
            yield [write(value) for write, value in zip(writers, row, strict=True)]
        return
    sources = [attribute_path(column.csv) for column in columns.values()]
    reads = [reader(source) for source in sources]
    records = joined(queryset, columns, also=[source for source in sources if isinstance(source, str)])
    for record in records.iterator(chunk_size=EXPORT_CHUNK):
        yield [write(read(record)) for write, read in zip(writers, reads, strict=True)]


def attribute_path(source: Source) -> Source:
    """Return a database path as the attributes that an instance has: "account__name" -> "account.name"."""
    return source.replace("__", ".") if isinstance(source, str) else source


def values_only(queryset: QuerySet[Any], columns: Columns) -> QuerySet[Any] | None:
    """Return the rows as tuples of database values, or None where a column needs the instance."""
    model: Any = queryset.model
    paths = [column.csv.replace(".", "__") for column in columns.values() if isinstance(column.csv, str)]
    if len(paths) < len(columns) or any(join_of(model, path) == path for path in paths):
        return None
    try:
        return annotated(queryset, columns).values_list(*paths)
    except FieldError:
        return None


def csv_response(queryset: QuerySet[Any], columns: Columns, file_name: str) -> StreamingHttpResponse:
    """Return the streamed download of `queryset` as it stands: filtered, ordered, all its rows."""
    lines = in_context_of_now(csv_lines(queryset, columns))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


# ---------------------------------------------------------------- Excel and JSON


def xlsx_response(queryset: QuerySet[Any], columns: Columns, file_name: str) -> FileResponse:
    """Return the same as an Excel file; it grows on disk, not in memory."""
    head = [safe(column.header) for column in columns.values()]
    return book_response([(None, chain([head], csv_rows(queryset, columns)))], file_name)


def book_response(sheets: Iterable[tuple[str | None, Iterable[Sequence[Any]]]], file_name: str) -> FileResponse:
    """Return an Excel file of these sheets, titles and rows of cells; cells are made safe by who gives them."""
    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([_legible(cell) for cell in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=file_name, content_type=XLSX)


def _legible(cell: Any) -> Any:
    """Return a cell without the characters that Excel's format does not know."""
    return ILLEGAL_CHARACTERS_RE.sub("", cell) if isinstance(cell, str) else cell


def json_response(queryset: QuerySet[Any], columns: Columns, file_name: str) -> StreamingHttpResponse:
    """Return the same as a JSON list of objects, by the columns' names."""
    response = StreamingHttpResponse(
        in_context_of_now(json_lines(queryset, columns)), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def json_lines(queryset: QuerySet[Any], columns: Columns) -> Iterator[str]:
    """Yield the list, a row at a time."""
    names, before = list(columns), "["
    for row in csv_rows(queryset, columns, json_writer):
        yield f"{before}\n{json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def json_writer(column: Column) -> Cell:
    """Return the function from a column's value to what JSON says: figures stay figures, nothing is null."""
    plain = column.plain()

    def write(value: Any) -> Any:
        said = value if plain is None else plain(value)
        if said is None or said == "" or isinstance(said, bool | int | float):
            return None if said == "" else said
        return float(said) if isinstance(said, Decimal) else str(said)

    return write


FORMATS: Final[dict[str, Callable[[QuerySet[Any], Columns, str], HttpResponseBase]]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
    "json": json_response,
}


def in_context_of_now(lines: Iterator[str]) -> Iterator[str]:
    """Yield `lines` in the reader's zone and language: a streamed body is written after the middleware has left."""
    zone, language, database = timezone.get_current_timezone(), translation.get_language(), replica.alias()

    def written() -> Iterator[str]:
        while True:
            with timezone.override(zone), translation.override(language), replica.reading(database):
                text = next(lines, None)
            if text is None:
                return
            yield text

    return written()
