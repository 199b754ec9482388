"""Which kinds of files there are, what a purpose allows, and what the bytes say a file really is."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

import puremagic
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from refprogram.kernel.errors import InvalidInput

HEAD: Final = 8192
NAME_LENGTH: Final = 120
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """A kind of file: how it is washed, and what it is called on its way out."""

    family: str
    media_type: str


KINDS: Final = {
    "jpg": Kind("picture", "image/jpeg"),
    "jpeg": Kind("picture", "image/jpeg"),
    "png": Kind("picture", "image/png"),
    "gif": Kind("picture", "image/gif"),
    "webp": Kind("picture", "image/webp"),
    "pdf": Kind("pdf", "application/pdf"),
    "docx": Kind("office", f"{_OFFICE}wordprocessingml.document"),
    "xlsx": Kind("office", f"{_OFFICE}spreadsheetml.sheet"),
    "pptx": Kind("office", f"{_OFFICE}presentationml.presentation"),
    "txt": Kind("text", "text/plain"),
    "csv": Kind("text", "text/csv"),
}
PICTURES: Final = frozenset(kind.media_type for kind in KINDS.values() if kind.family == "picture")


@dataclass(frozen=True)
class Policy:
    """What may be uploaded for one purpose: kinds, the size of one file, how many for one subject.

    `send_ahead` is the permission to send one over the API, ahead of the body that names it; none: nobody sends one.
    """

    extensions: tuple[str, ...]
    max_bytes: int
    max_count: int = 1
    send_ahead: str = ""

    def __post_init__(self) -> None:
        unknown = set(self.extensions) - KINDS.keys()
        if unknown:
            message = f"no way is known to wash {sorted(unknown)}"
            raise ValueError(message)

    @property
    def words(self) -> str:
        """What the policy allows, for the person who chooses a file."""
        kinds = ", ".join(extension.upper() for extension in self.extensions if extension != "jpeg")
        return _("%(kinds)s, up to %(size)s") % {"kinds": kinds, "size": filesizeformat(self.max_bytes)}

    @property
    def accept(self) -> str:
        """The attribute of the file input."""
        return ",".join(f".{extension}" for extension in self.extensions)


def policies() -> dict[str, Policy]:
    """Return every policy of `settings.FILE_POLICIES`."""
    return {purpose: policy_of(purpose) for purpose in settings.FILE_POLICIES}


def policy_of(purpose: str) -> Policy:
    """Return the policy of a purpose; an unknown one is the caller's mistake."""
    spec: dict[str, Any] = settings.FILE_POLICIES[purpose]
    return Policy(tuple(spec["extensions"]), spec["max_bytes"], spec.get("max_count", 1), spec.get("send_ahead", ""))


def refuse(message: str) -> InvalidInput:
    """Return the refusal of a file, beside the field `file`."""
    return InvalidInput(message, errors={"file": message})


def extension_of(name: str) -> str:
    """Return what stands behind the last dot, in small letters; empty if nothing does."""
    return PurePath(name).suffix.lower().removeprefix(".")


def safe_name(name: str) -> str:
    """Return the person's own name for a file as one that no system trips over, with its extension kept."""
    last = PurePath(name.replace("\\", "/")).name
    extension = extension_of(last)
    stem = "".join(letter for letter in last[: -len(extension) - 1] if letter.isprintable())
    stem = get_valid_filename(stem.strip(" .") or "file").strip("._") or "file"
    return f"{stem[: NAME_LENGTH - len(extension) - 1]}.{extension}"


def check_content(head: bytes, extension: str) -> None:
    """Refuse a file whose bytes say that it is something else than its name does."""
    kind = KINDS[extension]
    if kind.family == "text":
        return  # letters have no signature: the washer reads them all
    if kind.media_type not in set(_sniffed(head)):
        raise refuse(
            _("This is not a %(kind)s file, whatever its name says. Save it as one and try again.")
            % {"kind": extension.upper()}
        )


def _sniffed(head: bytes) -> Iterable[str]:
    try:
        return [match.mime_type for match in puremagic.magic_string(head)]
    except (puremagic.PureError, ValueError):
        return []
