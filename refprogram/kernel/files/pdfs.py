"""PDFs, written anew: no scripts, no attachments, no actions but links, no metadata, nothing before or behind."""

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from refprogram.kernel.files.reasons import WashError

OBJECTS: Final = 300_000
DEPTH: Final = 60
# Keys that make a reader act, carry a file, or say who wrote it. They go wherever they stand.
GONE: Final = ("/AA", "/JS", "/JavaScript", "/EmbeddedFiles", "/AF", "/EF", "/XFA", "/Collection", "/Metadata",
               "/PieceInfo", "/RichMediaContent", "/LastModified")  # fmt: skip
HARMLESS_ACTIONS: Final = frozenset({"/GoTo", "/URI", "/Named"})
ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/RichMediaExecute"}
)
HARMLESS_LINKS: Final = (b"http://", b"https://", b"mailto:")
# Annotations that play, run or carry something.
GONE_ANNOTATIONS: Final = frozenset(
    {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/Projection"}
)


def wash(data: bytes, _extension: str) -> bytes:
    """Return the document with its pages and links, and without everything that acts or tells."""
    if not data.startswith(b"%PDF-"):
        raise WashError("polyglot")
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            if document.is_encrypted:
                raise WashError("encrypted")
            if len(document.objects) > OBJECTS:
                raise WashError("bomb")
            _strip(document)
            out = io.BytesIO()
            document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise WashError("encrypted") from error
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError, TypeError) as error:
        raise WashError("broken") from error


def _strip(document: pikepdf.Pdf) -> None:
    if not document.pages:
        raise WashError("broken")
    for key in ("/OpenAction", "/Metadata", "/Perms", "/Requirements"):
        if key in document.Root:
            del document.Root[key]
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    for thing in document.objects:
        for dictionary in _dictionaries(thing, 0):
            _harmless(dictionary)
    document.remove_unreferenced_resources()


def _dictionaries(thing: Any, depth: int) -> Iterator[Any]:
    """Yield every dictionary written inside an object; objects it only refers to come by themselves."""
    if depth > DEPTH:
        raise WashError("nested")
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        yield thing
        for key in list(thing.keys()):
            value: Any = thing.get(key)
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _dictionaries(value, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for index in range(len(thing)):
            value = thing[index]
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _dictionaries(value, depth + 1)


def _harmless(dictionary: Any) -> None:
    for key in GONE:
        if key in dictionary:
            del dictionary[key]
    for key in ("/A", "/Next"):
        if key in dictionary and not _may_stay(dictionary[key]):
            del dictionary[key]
    if "/S" in dictionary and str(dictionary["/S"]) in ACTIONS:
        _defuse(dictionary)
    if "/Annots" in dictionary:
        _clear_annotations(dictionary)


def _defuse(action: Any) -> None:
    """Leave nothing of an action that something unusual still points at."""
    for key in list(action.keys()):
        del action[key]


def _may_stay(action: Any) -> bool:
    """Whether an action only leads to a page of the document or to an address of the web."""
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return not isinstance(action, (pikepdf.Dictionary, pikepdf.Array))
    if str(action["/S"]) not in HARMLESS_ACTIONS:
        return False
    if str(action["/S"]) != "/URI":
        return True
    return bytes(action.get("/URI", b"")).lower().startswith(HARMLESS_LINKS)


def _clear_annotations(page: Any) -> None:
    annotations = page["/Annots"]
    if not isinstance(annotations, pikepdf.Array):
        del page["/Annots"]
        return
    kept = [
        annotation
        for annotation in annotations
        if isinstance(annotation, pikepdf.Dictionary) and str(annotation.get("/Subtype", "")) not in GONE_ANNOTATIONS
    ]
    page["/Annots"] = pikepdf.Array(kept)
