"""Turning an uploaded file into a header and rows of text, whatever somebody sends: the only place that sees raw bytes.

Every refusal is a FileRefused with one sentence for the person. Limits are far above honest CRM exports.
"""

import csv
import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import charset_normalizer
import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from refprogram.kernel.errors import InvalidInput

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 500_000
MAX_COLUMNS = 200
MAX_CELL = 10_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
SAMPLE = 64 * 1024
ZIP_MAGIC = b"PK\x03\x04"
OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"
PDF_MAGIC = b"%PDF-"
# What openpyxl, its XML parser and zipfile raise at archives that are cut off, altered or made to be hostile.
DAMAGED = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, struct.error, SyntaxError, LookupError, ValueError),
    *(TypeError, AttributeError, ArithmeticError, RuntimeError, EOFError, OSError),
)

Row = list[str]


class FileRefused(InvalidInput):
    """The file as a whole cannot be taken; said beside the field of the file unless `errors` names others."""

    code = "file-refused"

    def __init__(self, message: str, *, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(message, errors=errors or {"file": message})


@dataclass(frozen=True)
class Sheet:
    """A file's header and its rows (each as long as the header); `numbers` are theirs, as a spreadsheet counts."""

    header: Row
    rows: list[Row]
    numbers: list[int]


def read(content: bytes) -> Sheet:
    """Read CSV or XLSX, told apart by content and not by name. Raises FileRefused."""
    numbered = _numbered(_cells(content))
    header = _header(numbered)
    fitted = [(number, _fitted(number, row, len(header))) for number, row in _limited(numbered)]
    return Sheet(header=header, rows=[row for _number, row in fitted], numbers=[number for number, _row in fitted])


def read_header(content: bytes) -> Row:
    """Read the names of the columns alone, to refuse a wrong file at once. Raises FileRefused."""
    return _header(_numbered(_cells(content)))


def _cells(content: bytes) -> Iterator[Row]:
    if not content.strip():
        raise FileRefused(_("The file is empty."))
    if len(content) > MAX_BYTES:
        raise FileRefused(_("The file is larger than %(mb)d MB.") % {"mb": MAX_BYTES // 1024 // 1024})
    if content.startswith(OLD_EXCEL_MAGIC):
        raise FileRefused(_("This is an old Excel file (.xls). Save it as .xlsx or CSV and try again."))
    if content.startswith(PDF_MAGIC):
        raise FileRefused(_("This is a PDF, no table. Save the table as CSV or .xlsx and try again."))
    return _xlsx_cells(content) if content.startswith(ZIP_MAGIC) else _csv_cells(content)


def _numbered(cells: Iterator[Row]) -> Iterator[tuple[int, Row]]:
    return ((number, row) for number, row in enumerate(cells, start=1) if any(cell.strip() for cell in row))


def _header(numbered: Iterator[tuple[int, Row]]) -> Row:
    try:
        header = [title.strip() for title in next(numbered)[1]]
    except StopIteration:
        raise FileRefused(_("The file is empty.")) from None
    while header and not header[-1]:
        header.pop()
    _check_header(header)
    return header


def _check_header(header: Row) -> None:
    if not header:
        raise FileRefused(_("The first row must hold the names of the columns; it is empty."))
    if len(header) > MAX_COLUMNS:
        raise FileRefused(_("The file has more than %(n)d columns.") % {"n": MAX_COLUMNS})
    twice = [title for title, n in Counter(t.casefold() for t in header if t).items() if n > 1]
    if twice:
        raise FileRefused(
            _("Two columns are called “%(title)s”. Rename or remove one, so that it is clear which one counts.")
            % {"title": twice[0]}
        )


def _limited(numbered: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    for count, each in enumerate(numbered, start=1):
        if count > MAX_ROWS:
            raise FileRefused(_("The file has more than %(n)d rows. Split it into parts.") % {"n": MAX_ROWS})
        yield each


def _fitted(number: int, row: Row, width: int) -> Row:
    if any(len(cell) > MAX_CELL for cell in row):
        raise FileRefused(
            _("Row %(row)d holds a cell of more than %(n)d characters. Is a quotation mark missing?")
            % {"row": number, "n": MAX_CELL}
        )
    if any(cell.strip() for cell in row[width:]):
        raise FileRefused(
            _("Row %(row)d has more cells than the header has columns. Is a separator unquoted?") % {"row": number}
        )
    return [cell.strip() for cell in row[:width]] + [""] * (width - len(row))


def _csv_cells(content: bytes) -> Iterator[Row]:
    text = _decode(content)
    sample = text[:SAMPLE]
    if "\n" not in sample and "\r" not in sample and len(text) > SAMPLE:
        raise FileRefused(_("The first line does not end. This does not look like a table."))
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff("".join(sample.splitlines()[:1]), delimiters=",;\t|")
    except csv.Error:
        dialect = "excel"
    delimiter = "," if isinstance(dialect, str) else dialect.delimiter
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error as error:
        raise FileRefused(
            _("Line %(line)d cannot be read as a table row (%(why)s).") % {"line": reader.line_num, "why": error}
        ) from error


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_as(content, "utf-16")
    try:
        return _checked(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        guess = charset_normalizer.from_bytes(content[:SAMPLE]).best()
        encoding = guess.encoding if guess else "cp1252"
    return _decode_as(content, encoding)


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return _checked(content.decode(encoding))
    except (UnicodeDecodeError, LookupError):
        return _unreadable()


def _checked(text: str) -> str:
    if "\x00" in text:
        return _unreadable()
    return text


def _unreadable() -> str:
    raise FileRefused(_("The file is not a table in a known text encoding. Save it as CSV in UTF-8, or as .xlsx."))


def _xlsx_cells(content: bytes) -> Iterator[Row]:
    _refuse_bomb(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            yield [_as_text(cell.value) for cell in row]
    except DAMAGED as error:
        raise FileRefused(_("The Excel file is damaged and cannot be read.")) from error


def _refuse_bomb(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            names = set(archive.namelist())
    except DAMAGED as error:
        raise FileRefused(_("The Excel file is damaged and cannot be read.")) from error
    if "xl/workbook.xml" not in names:
        raise FileRefused(_("This is an archive, not an Excel file."))
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(content):
        raise FileRefused(_("The Excel file unpacks to far more than it should. It was not opened."))


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
