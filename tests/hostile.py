"""Files built to do harm, and harmless ones, made of real bytes for the tests of uploads."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXE = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 56 + b"\x80\x00\x00\x00" + b"This program cannot be run in DOS mode" * 9
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'


def upload(name, data):
    return SimpleUploadedFile(name, data)


def picture(kind="JPEG", size=(40, 30), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def picture_with_place():
    """A photograph that says where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Mia"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 0.0), 3: "E", 4: (4.0, 19.0, 0.0)})
    return picture(exif=exif, comment=HTML)


def moving_picture():
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


def picture_bomb(side=30_000):
    """A PNG of 900 million pixels in a megabyte."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(1)
    row = b"\0" * (side // 8 + 1)
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def docx(main=WORD, **extra):
    """A Word file of the fewest parts; `extra` are further ones, by name."""
    types = f'<Types xmlns="x"><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    parts = {
        "[Content_Types].xml": types,
        "_rels/.rels": '<Relationships xmlns="x"/>',
        "word/document.xml": "<document>We agree.</document>",
        "docProps/core.xml": "<core><creator>Mia Secret</creator></core>",
    }
    return archive({**parts, **extra})


def xlsx():
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.properties.creator = "Mia Secret"
    book.active.append(["Name", 12])
    book.save(out)
    return out.getvalue()


def pdf(**options):
    """A page with a script on opening, an attachment, a launching button and an author."""
    document = pikepdf.new()
    document.add_blank_page()
    page = document.pages[0].obj
    document.docinfo["/Author"] = "Mia Secret"
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = ["Mia Secret"]
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('boo')")
    document.attachments["evil.exe"] = EXE
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://halden.example/")
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch),
            document.make_indirect(
                pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=link)
            ),
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], Contents="evil"
            ),
        ]
    )
    page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('page')"))
    out = io.BytesIO()
    document.save(out, **options)
    return out.getvalue()


def pdf_bomb():
    """A page list in an object stream that unpacks to a gigabyte and a half."""
    packer = zlib.compressobj(1)
    block = b" " * (16 * 1024 * 1024)
    packed = b"".join(packer.compress(block) for _ in range(96)) + packer.flush()
    head = b"%PDF-1.5\n"
    stream = b"1 0 obj\n<</Type/ObjStm/N 2/First 10/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
    body = head + stream + packed + b"\nendstream\nendobj\n"
    rows = b"".join(
        struct.pack(">BIB", *row) for row in ((0, 0, 0), (1, len(head), 0), (2, 1, 0), (2, 1, 1), (1, len(body), 0))
    )
    table = b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 2 0 R/Length %d>>\nstream\n" % len(rows)
    return body + table + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(body)
