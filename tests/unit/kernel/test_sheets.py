"""Whatever somebody sends: a clear sentence, never a traceback."""

import io
import zipfile

import openpyxl
import pytest

from refprogram.kernel import sheets
from refprogram.kernel.sheets import FileRefused, read


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "header", "rows"),
    [
        (b"a,b\n1,2\n", ["a", "b"], [["1", "2"]]),
        (b"\xef\xbb\xbfa;b\r\n1;2\r\n", ["a", "b"], [["1", "2"]]),
        ("a\tb\n\u00e9\t2".encode("utf-16"), ["a", "b"], [["\u00e9", "2"]]),
        ("name,city\nM\u00fcller,K\u00f6ln\n".encode("cp1252"), ["name", "city"], [["M\u00fcller", "K\u00f6ln"]]),
        (b'a,b\n"1\n2",3\n', ["a", "b"], [["1\n2", "3"]]),
        (b"a,b,\n1\n\n,\n2,3,\n", ["a", "b"], [["1", ""], ["2", "3"]]),
    ],
    ids=["plain", "bom-semicolons-crlf", "utf16-tabs", "windows", "quoted-newline", "ragged"],
)
def test_reads_what_spreadsheets_write(content: bytes, header: list[str], rows: list[list[str]]) -> None:
    sheet = read(content)

    assert (sheet.header, sheet.rows) == (header, rows)


def test_reads_excel() -> None:
    sheet = read(workbook(["name", "n"], ["Kan-code", 12.0], ["x", None]))

    assert (sheet.header, sheet.rows) == (["name", "n"], [["Kan-code", "12"], ["x", ""]])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"PK\x03\x04garbage", "damaged"),
        (b"a,b\n1\x002,3", "encoding"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfea\x00\x00\xd8b\x00", "encoding"),
        (b"\xff\xfea", "encoding"),
        (b"a,A\n1,2", "Two columns"),
        (b"a,b\n1,2,3", "more cells"),
        (b"a,b\n" + b"x" * 10_001 + b",1", "more than 10000 characters"),
        (b"x" * 70_000, "does not end"),
        (b",".join(b"c%d" % i for i in range(201)) + b"\n1", "200 columns"),
    ],
)
def test_refuses_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused) as caught:
        read(content)

    assert sentence in caught.value.message


def test_refuses_a_workbook_with_a_flipped_bit_wherever_it_is() -> None:
    whole = workbook(["name", "n"], *([f"Account {n}", n] for n in range(50)))
    flipped = [whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :] for at in range(0, len(whole), 7)]

    found = [told for content in flipped if (told := refusal(content))]

    assert len(found) > len(flipped) / 4  # the others read as they were: bits that nobody asks for
    assert set(found) <= {
        "The Excel file is damaged and cannot be read.",
        "This is an archive, not an Excel file.",
        "The Excel file unpacks to far more than it should. It was not opened.",
        "The file is not a table in a known text encoding. Save it as CSV in UTF-8, or as .xlsx.",
        "The file is empty.",
    }


def refusal(content: bytes) -> str:
    try:
        read(content)
    except FileRefused as refused:
        return refused.message
    return ""


def test_refuses_an_archive_bomb() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)

    with pytest.raises(FileRefused) as caught:
        read(out.getvalue())

    assert "unpacks to far more" in caught.value.message


def test_refuses_an_archive_that_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "hello")

    with pytest.raises(FileRefused) as caught:
        read(out.getvalue())

    assert "not an Excel file" in caught.value.message


def test_refuses_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 3)

    with pytest.raises(FileRefused) as caught:
        read(b"a\n1\n2\n3\n4\n")

    assert "more than 3 rows" in caught.value.message
