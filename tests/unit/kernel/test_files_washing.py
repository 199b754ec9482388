"""What comes out of the wash: real hostile bytes go in."""

import io
import zipfile

import pikepdf
import pytest
from PIL import Image

from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.files import kinds, office, pdfs, pictures, sandbox, texts
from refprogram.kernel.files.reasons import REASONS, WashError
from tests import hostile


def reason_of(wash, data, extension):
    with pytest.raises(WashError) as refused:
        wash(data, extension)
    return refused.value.reason


def test_a_photograph_forgets_where_it_was_taken():
    washed = pictures.wash(hostile.picture_with_place(), "jpg")

    with Image.open(io.BytesIO(washed)) as picture:
        assert (picture.size, picture.format) == ((40, 30), "JPEG")
        assert dict(picture.getexif()) == {}
        assert "comment" not in picture.info
    assert b"Mia" not in washed
    assert b"script" not in washed


def test_a_picture_is_turned_upright_before_it_forgets_how_it_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6

    washed = pictures.wash(hostile.picture(exif=exif), "jpg")

    assert Image.open(io.BytesIO(washed)).size == (30, 40)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_what_hangs_behind_a_picture_is_gone(kind):
    gifar = hostile.picture(kind) + hostile.archive({"Evil.class": b"\xca\xfe\xba\xbe"})

    washed = pictures.wash(gifar, kind.lower())

    assert b"Evil.class" not in washed
    assert not zipfile.is_zipfile(io.BytesIO(washed))
    assert Image.open(io.BytesIO(washed)).size == (40, 30)


def test_see_through_stays_see_through():
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")

    assert Image.open(io.BytesIO(pictures.wash(out.getvalue(), "png"))).getpixel((0, 0)) == (255, 0, 0, 0)


@pytest.mark.parametrize(
    ("data", "extension", "reason"),
    [
        (hostile.moving_picture(), "gif", "moving"),
        (hostile.picture_bomb(), "png", "bomb"),
        (hostile.picture()[:400], "jpg", "broken"),
        (hostile.picture("PNG"), "jpg", "broken"),
        (hostile.EXE, "png", "broken"),
    ],
    ids=["moving", "bomb", "cut off", "another kind", "program"],
)
def test_pictures_that_are_refused(data, extension, reason):
    assert reason_of(pictures.wash, data, extension) == reason


def test_a_pdf_loses_what_acts_and_what_tells():
    washed = pdfs.wash(hostile.pdf() + hostile.archive({"Evil.class": b"x"}), "pdf")

    with pikepdf.open(io.BytesIO(washed)) as document:
        assert len(document.pages) == 1
        assert "/OpenAction" not in document.Root
        assert len(document.attachments) == 0
        assert "/Metadata" not in document.Root
        assert "/Info" not in document.trailer
        assert "/AA" not in document.pages[0].obj
        links = [note.get("/A") for note in document.pages[0].Annots]
        assert [str(link.URI) for link in links if link is not None] == ["https://halden.example/"]
        assert len(links) == 2
        everything = b"".join(bytes(thing.unparse()) for thing in document.objects)
    for word in (b"JavaScript", b"Launch", b"calc.exe", b"Mia", b"EmbeddedFile", b"FileAttachment"):
        assert word not in everything
    assert b"Evil.class" not in washed


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (hostile.pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "encrypted"),
        (hostile.pdf(encryption=pikepdf.Encryption(owner="o", user="")), "encrypted"),
        (b"PK\x03\x04" + hostile.pdf(), "polyglot"),
        (b"%PDF-1.7\nnothing", "broken"),
    ],
    ids=["password", "only locked", "behind something", "torn"],
)
def test_pdfs_that_are_refused(data, reason):
    assert reason_of(pdfs.wash, data, "pdf") == reason


def test_a_word_file_keeps_its_words_and_loses_its_author():
    washed = office.wash(hostile.docx(), "docx")

    with zipfile.ZipFile(io.BytesIO(washed)) as parts:
        assert b"We agree." in parts.read("word/document.xml")
        assert b"Mia" not in parts.read("docProps/core.xml")


def test_photographs_inside_a_word_file_forget_too():
    washed = office.wash(hostile.docx(**{"word/media/image1.jpeg": hostile.picture_with_place()}), "docx")

    with zipfile.ZipFile(io.BytesIO(washed)) as parts:
        assert b"Mia" not in parts.read("word/media/image1.jpeg")


def test_a_sheet_can_still_be_opened(tmp_path):
    book = hostile.openpyxl.load_workbook(io.BytesIO(office.wash(hostile.xlsx(), "xlsx")))

    assert [cell.value for cell in book.active[1]] == ["Name", 12]
    assert book.properties.creator != "Mia Secret"


LINKS = (
    '<Relationships xmlns="x"><Relationship Type="r/{}" Target="https://evil.example/x" TargetMode="External"/>'
    "</Relationships>"
)


@pytest.mark.parametrize(
    ("data", "extension", "reason"),
    [
        (hostile.docx(**{"word/vbaProject.bin": b"x"}), "docx", "macros"),
        (hostile.docx(**{"word/activeX/activeX1.xml": b"<x/>"}), "docx", "macros"),
        (hostile.docx(**{"word/embeddings/oleObject1.bin": b"x"}), "docx", "macros"),
        (hostile.docx(main="application/vnd.ms-word.document.macroEnabled.main+xml"), "docx", "macros"),
        (hostile.xlsx(), "docx", "polyglot"),
        (hostile.archive({"readme.txt": "x"}), "docx", "broken"),
        (hostile.EXE + hostile.docx(), "docx", "polyglot"),
        (hostile.docx(**{"word/big.xml": b" " * 160_000_000}), "docx", "bomb"),
        (hostile.docx(**{"word/lol.xml": b'<!DOCTYPE l [<!ENTITY a "ha">]><l>&a;</l>'}), "docx", "bomb"),
        (hostile.docx(**{"_rels/x.rels": LINKS.format("attachedTemplate")}), "docx", "outside"),
        (hostile.docx(**{"word/f.xml": b'<instrText>DDEAUTO c:\\cmd.exe "/k calc"</instrText>'}), "docx", "outside"),
        (hostile.docx(**{"../../etc/cron.d/x": b"x"}), "docx", "broken"),
        (hostile.docx(**{"word/embeddings/a.docx": hostile.docx(**{"b.docx": hostile.docx()})}), "docx", "nested"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_office_files_that_are_refused(data, extension, reason):
    assert reason_of(office.wash, data, extension) == reason


def test_links_that_people_click_may_stay():
    assert office.wash(hostile.docx(**{"word/_rels/x.rels": LINKS.format("hyperlink")}), "docx")


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ("Grüße".encode(), "Grüße"),
        ("\ufeffName;Ort".encode(), "Name;Ort"),
        ("Größe, Straße, Übung, Ärger und Öl: alles über fünf Köpfe".encode("cp1252"), "Größe, Straße, Übung"),
        ("Grüße".encode("utf-16"), "Grüße"),
    ],
)
def test_text_is_kept_in_one_encoding(data, kept):
    assert texts.wash(data, "txt").decode().startswith(kept)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(hostile.EXE, "not_text"), (hostile.HTML, "polyglot"), (b"  \n" + hostile.SVG, "polyglot"), (b"a\0b", "not_text")],
)
def test_texts_that_are_refused(data, reason):
    assert reason_of(texts.wash, data, "txt") == reason


def test_the_child_washes_and_says_why_not():
    assert Image.open(io.BytesIO(sandbox.washed(hostile.picture_with_place(), "jpg"))).size == (40, 30)
    with pytest.raises(InvalidInput, match="password"):
        sandbox.washed(hostile.pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "pdf")


def test_a_pdf_that_unpacks_to_gigabytes_breaks_only_the_child():
    with pytest.raises(InvalidInput):
        sandbox.washed(hostile.pdf_bomb(), "pdf")


def test_every_reason_has_its_sentence():
    assert set(sandbox.WORDS) == REASONS


@pytest.mark.parametrize(
    ("data", "extension"),
    [
        (hostile.EXE, "png"),
        (hostile.EXE, "pdf"),
        (hostile.HTML, "jpg"),
        (hostile.SVG, "png"),
        (hostile.pdf(), "docx"),
        (hostile.docx(), "pdf"),
        (hostile.picture("PNG"), "jpg"),
    ],
)
def test_bytes_that_give_the_name_the_lie(data, extension):
    with pytest.raises(InvalidInput) as refused:
        kinds.check_content(data[: kinds.HEAD], extension)
    assert list(refused.value.errors) == ["file"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Release form (signed).PDF", "Release_form_signed.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\mia\\letter.docx", "letter.docx"),
        ("\u202egpj.exe.png", "gpj.exe.png"),
        ("...png", "file.png"),
        ("x" * 300 + ".csv", "x" * 116 + ".csv"),
    ],
)
def test_names_are_made_harmless(name, safe):
    assert kinds.safe_name(name) == safe


def test_a_policy_knows_only_what_can_be_washed():
    with pytest.raises(ValueError, match="svg"):
        kinds.Policy(("png", "svg"), 1000)
