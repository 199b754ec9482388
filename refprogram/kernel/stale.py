"""Two who write the same words: whoever read older ones is told, field by field, what is kept now, and loses nothing.

A row that is written this way counts its changes in `revision`; a page sends the one that it showed. A `FormPage` then
shows what was typed again, what is kept meanwhile beside each field, and takes it when it is sent once more.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from refprogram.kernel.errors import DomainError

LONGEST: Final = 400
DIGITS: Final = 18


class Revised(Protocol):
    """A row that counts its changes."""

    @property
    def revision(self) -> int:
        """Which of its texts it is."""


class Dated(Protocol):
    """A row that knows when it was last changed."""

    updated_at: dt.datetime


class RevisedByMoment:
    """A noun whose last change says which of its texts it is: for one in which nothing else changes than its words."""

    @property
    def revision(self: Dated) -> int:
        """The moment of the last change, in millionths of a second."""
        return round(self.updated_at.timestamp() * 1_000_000)


class Stale(DomainError):
    """Somebody changed it since it was read; `revision` is the present one."""

    code = "stale"

    def __init__(self, message: str, *, revision: int, kept: Mapping[str, str] | None = None) -> None:
        super().__init__(message, errors={NON_FIELD_ERRORS: message, **kept} if kept else None)
        self.revision = revision


def refuse_stale(row: Revised, revision: int | None, message: str, typed: Mapping[str, Any] | None = None) -> None:
    """Raise Stale where the row, locked, is not the one that was read; None: whoever asks does not say what they read.

    `typed` is what they would write: each field that is kept otherwise by now is said.
    """
    if revision is not None and revision != row.revision:
        words = {name: _kept(getattr(row, name), value) for name, value in (typed or {}).items()}
        raise Stale(message, revision=row.revision, kept={name: said for name, said in words.items() if said})


def revision_of(request: HttpRequest) -> int:
    """Return the revision of what a page showed, as it sends it; where it sent none, one that nothing ever has."""
    said = str(request.POST.get("revision", ""))
    return int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS else -1


def _kept(kept: Any, typed: Any) -> str:
    if kept == typed or _in_order(kept) == _in_order(typed):
        return ""
    return _("Kept meanwhile: “%(words)s” (yours replaces it when you send it again).") % {"words": _said(kept, typed)}


def _in_order(value: Any) -> Any:
    """Return words without their spaces, and choices in one order: what differs by these alone is the same."""
    if isinstance(value, str):
        return value.split()
    return sorted(map(str, value)) if isinstance(value, Iterable) else value


def _said(kept: Any, typed: Any) -> str:
    if kept is None:
        return _("nothing")
    if isinstance(kept, bool):
        return _("yes") if kept else _("no")
    if isinstance(kept, str):
        return Truncator(" / ".join(_other_lines(kept, str(typed))) or kept).chars(LONGEST)
    return ", ".join(map(str, kept)) if isinstance(kept, Iterable) else str(kept)


def _other_lines(kept: str, typed: str) -> list[str]:
    """Return the lines that are kept and were not typed: of a long text, what it is about."""
    known = {line.strip() for line in typed.splitlines()}
    return [line.strip() for line in kept.splitlines() if line.strip() and line.strip() not in known]
