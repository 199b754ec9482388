"""What columns are made of: reading a value from a row, and writing it once per distinct value."""

import datetime as dt
import operator
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from refprogram.kernel.markup import escaped, filled
from refprogram.kernel.templatetags import rp

Words = str | Promise
Source = str | Callable[[Any], Any]
Cell = Callable[[Any], Any]

EMPTY: Final = (None, "")
WHOLE: Final = frozenset({int, Decimal})
REMEMBERED: Final = 5000
CHOICE: Final = re.compile(r"get_(\w+)_display")


def once(write: Cell) -> Cell:
    """Return `write`, called once per distinct value: in fifty rows the same words, owners and states come back.

    What it remembers is limited, so that an export of a million rows does not fill the memory.
    """
    known: dict[Any, Any] = {}

    def written(value: Any) -> Any:
        try:
            return known[value]
        except KeyError:
            text = write(value)
            if len(known) < REMEMBERED:
                known[value] = text
            return text

    return written


def unless_empty(read: Cell, write: Cell, nothing: Any) -> Cell:
    """Return `record -> cell`: what `write` makes of the value, or `nothing` where there is none."""

    def cell(record: Any) -> Any:
        value = read(record)
        return nothing if value is None or value == "" else write(value)

    return cell


def reader(source: Source) -> Cell:
    """Compile a source into `record -> value`; a path stops at the first None, methods are called.

    A list page lets the database join a dotted path as an annotation (`alias_of`); where it is there, it is taken.
    """
    if callable(source):
        return source
    if "." in source:
        return joined_reader(source)
    if choice := CHOICE.fullmatch(source):
        return choice_reader(choice[1])
    get = operator.attrgetter(source)

    def read(record: Any) -> Any:
        value = get(record)
        return value() if callable(value) else value

    return read


def choice_reader(field: str) -> Cell:
    """Compile `get_<field>_display` of a model: its words are looked up once; Django goes through them each time."""
    known: dict[Any, str] = {}

    def read(record: Any) -> Any:
        if not known:
            known.update((value, str(words)) for value, words in record._meta.get_field(field).flatchoices)
        value = getattr(record, field)
        return known.get(value, value)

    return read


def joined_reader(path: str) -> Cell:
    """Compile a dotted path."""
    parts, alias = path.split("."), alias_of(path)

    def read(record: Any) -> Any:
        try:
            return getattr(record, alias)
        except AttributeError:
            return walk(record, parts)

    return read


def walk(record: Any, parts: Sequence[str]) -> Any:
    """Follow attributes to the end or to the first None."""
    value = record
    for part in parts:
        value = getattr(value, part)
        if value is None:
            return None
        if callable(value):
            value = value()
    return value


def alias_of(path: str) -> str:
    """Return the name of the annotation that holds a dotted path: "owner.name" -> "_owner_name"."""
    return f"_{path.replace('.', '_')}"


def none(record: Any) -> None:
    """Return nothing for any record: what a column without a small line reads."""


def small_line(words: Any) -> str | SafeString:
    """Return the small grey line, or nothing."""
    return "" if words is None or words == "" else SafeString(f"<small>{escaped(words)}</small>")


def with_small(small: Source | None, write: Cell) -> Cell:
    """Put the small grey line under what `write` returns, where there is something to say."""
    if small is None:
        return write
    read = reader(small)

    def cell(record: Any) -> Any:
        words = read(record)
        text = escaped(write(record))
        return text if words is None or words == "" else SafeString(f"{text}<small>{escaped(words)}</small>")

    return cell


class Figures:
    """Writes figures as `write` does, at a fraction of its cost for the common ones.

    It learns from one sample how the reader's figures are grouped and what stands around them. Figures that are not
    plain whole ones, and languages that group otherwise, are left to `write`.
    """

    def __init__(self, write: Callable[[Any], str]) -> None:
        self._write = write
        sample = write(1234567)
        first, last = sample.find("1"), sample.find("7")
        self._before, self._after = sample[:first], sample[last + 1 :]
        self._mark = sample[first + 1 : sample.find("2")]
        self._plain = sample[first : last + 1] == f"{1234567:,}".replace(",", self._mark)

    def __call__(self, value: Any) -> str:
        """Return `write(value)`."""
        if not self._plain or type(value) not in WHOLE or value < 0 or value != int(value):
            return self._write(value)
        digits = f"{int(value):,}"
        return self._before + (digits if self._mark == "," else digits.replace(",", self._mark)) + self._after


def timed(value: dt.date, write: Callable[[Any], str]) -> SafeString:
    """Return a `<time>` that says `write(value)` and shows the exact moment on hover."""
    return filled('<time datetime="{}" title="{}">{}</time>', value.isoformat(), rp.exact(value), write(value))


def iso() -> Cell:
    """Return the writer of moments in an export: ISO, in the reader's zone, without fractions of a second."""
    zone = timezone.get_current_timezone()

    def write(value: Any) -> Any:
        if isinstance(value, dt.datetime):
            return (value.astimezone(zone) if value.tzinfo else value).isoformat(timespec="seconds")
        return value.isoformat() if isinstance(value, dt.date) else value

    return write


def money_in(currency: str | None) -> Figures:
    """Return the writer of amounts in a currency; without one, in the program's."""
    return Figures(lambda value: rp.money(value, currency or ""))
