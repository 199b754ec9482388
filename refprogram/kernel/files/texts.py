"""Plain text and CSV: read as text, kept as UTF-8; whatever is something else in disguise is refused."""

import re
from typing import Final

from refprogram.kernel.files.reasons import WashError

CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
# How markup, programs and documents begin that are themselves made of letters.
DISGUISED: Final = re.compile(
    r"\s*(?:<\?xml|<!doctype|<html|<svg|<script|<head|<body|<iframe|<\?php|%PDF-|%!PS|\{\\rtf|#!|GIF8|MIME-Version:)",
    re.IGNORECASE,
)


def wash(data: bytes, _extension: str) -> bytes:
    """Return the text in UTF-8."""
    text = _decoded(data)
    if CONTROL.search(text):
        raise WashError("not_text")
    if DISGUISED.match(text):
        raise WashError("polyglot")
    return text.encode()


def _decoded(data: bytes) -> str:
    # cp1252 is what Windows writes by itself where nobody chose.
    for encoding in ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WashError("not_text")
