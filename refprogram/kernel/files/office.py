"""Word, Excel and PowerPoint files: unpacked under limits and packed anew, without macros and without authors."""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from refprogram.kernel.files import pictures
from refprogram.kernel.files.reasons import WashError

PARTS: Final = 3000
UNPACKED: Final = 150 * 1024 * 1024
RATIO: Final = 200  # of a part over a megabyte; sheets of numbers reach forty
MEGABYTE: Final = 1024 * 1024
DEPTH: Final = 1  # a chart brings its sheet along; a sheet within a sheet within a sheet is no chart

MAIN: Final = {
    "docx": b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    "xlsx": b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
    "pptx": b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
MACROS: Final = re.compile(
    r"vba|macrosheets|dialogsheets|activex|customui|\.(?:bin|exe|dll|js|vbs|hta|lnk|bat|cmd|ps1|html?|svg|swf)$",
    re.IGNORECASE,
)
PRINTER: Final = re.compile(r"(?:^|/)printersettings\d*\.bin$", re.IGNORECASE)  # Excel leaves them; nothing runs them
DDE: Final = re.compile(rb"\bDDE(?:AUTO)?\b|<(?:\w+:)?ddeLink\b")
EMPTY: Final = {
    "docProps/core.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
        b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
    "docProps/custom.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
    ),
}


def wash(data: bytes, extension: str) -> bytes:
    """Return the document packed anew."""
    return _washed(data, extension, depth=0)


def _washed(data: bytes, extension: str, *, depth: int) -> bytes:
    if not data.startswith(b"PK\x03\x04"):
        raise WashError("polyglot")
    try:
        parts = _unpacked(data)
        _check_kind(parts, extension)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, content in parts.items():
                stamp = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                stamp.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(stamp, _part(name, content, depth))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ParseError, RuntimeError) as error:
        raise WashError("broken") from error
    except DefusedXmlException as error:
        raise WashError("bomb") from error
    return out.getvalue()


def _unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts by name; the sizes that the archive claims are not believed."""
    parts: dict[str, bytes] = {}
    room = UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > PARTS:
            raise WashError("bomb")
        for entry in entries:
            if entry.is_dir():
                continue
            _check_entry(entry, parts)
            with archive.open(entry) as source:
                content = source.read(room + 1)
            room -= len(content)
            if room < 0 or len(content) > max(MEGABYTE, RATIO * entry.compress_size):
                raise WashError("bomb")
            parts[entry.filename] = content
    return parts


def _check_entry(entry: zipfile.ZipInfo, seen: dict[str, bytes]) -> None:
    path = PurePosixPath(entry.filename)
    if entry.flag_bits & 0x1:
        raise WashError("encrypted")
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or entry.filename in seen:
        raise WashError("broken")
    if MACROS.search(entry.filename) and not PRINTER.search(entry.filename):
        raise WashError("macros")


def _check_kind(parts: dict[str, bytes], extension: str) -> None:
    types = parts.get("[Content_Types].xml")
    if types is None:
        raise WashError("broken")
    fromstring(types)
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise WashError("macros")
    if MAIN[extension] not in types:
        raise WashError("polyglot")


def _part(name: str, content: bytes, depth: int) -> bytes:
    """Return one part as it is kept."""
    lower = name.lower()
    if name in EMPTY:
        return EMPTY[name]
    if lower.endswith(".rels"):
        _check_links(content)
    elif lower.endswith((".xml", ".vml")):
        _check_xml(content)
    elif lower.endswith((".jpg", ".jpeg")):
        return pictures.wash(content, "jpg")
    elif lower.endswith(tuple(f".{kind}" for kind in MAIN)):
        if depth >= DEPTH:
            raise WashError("nested")
        return _washed(content, lower.rpartition(".")[2], depth=depth + 1)
    return content


def _check_links(content: bytes) -> None:
    """Refuse parts that a reader would fetch from elsewhere; links that people click may stay."""
    for link in fromstring(content):
        kind = link.get("Type", "").rpartition("/")[2]
        if link.get("TargetMode") == "External" and kind != "hyperlink":
            raise WashError("outside")


def _check_xml(content: bytes) -> None:
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise WashError("bomb")
    if DDE.search(content):
        raise WashError("outside")
