"""Checking rows of work activity, from a file or from the API: each is good, or says why not."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from refprogram.kernel.sheets import FileRefused, Sheet
from refprogram.people.enums import WorkKind

# Clocks of other systems are a little ahead now and then; a day ahead is a mistake.
AHEAD: Final = dt.timedelta(hours=26)
OLDEST: Final = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
LONGEST: Final = {"external_ref": 120, "person": 254, "detail": 40}

# What a file may call its columns; the first name is ours, in the form, in refusals and in the API.
COLUMNS: Final = {
    "external_ref": ("external_ref", "id", "activity_id", "record_id"),
    "person": ("person", "email", "owner", "user", "sales_agent"),
    "kind": ("kind", "topic", "type"),
    "occurred_at": ("occurred_at", "at", "date", "activity_date", "created_date"),
    "detail": ("detail", "activity", "activity_type", "asset", "subtype"),
}
NEEDED: Final = ("external_ref", "person", "kind", "occurred_at")
KINDS: Final = {
    name: kind for kind in WorkKind for name in (kind.value, kind.value.removeprefix("work."), str(kind.name).lower())
}


class Row(NamedTuple):
    """A row that can be taken; `person` is an address or the name that the CRM gives a colleague."""

    number: int
    external_ref: str
    person: str
    kind: str
    occurred_at: dt.datetime
    detail: str


class Rejected(NamedTuple):
    """A row that cannot, and why."""

    number: int
    reason: str


def rows_of(sheet: Sheet) -> list[tuple[int, dict[str, str]]]:
    """Return a file's rows by our column names. Raises FileRefused, naming the columns that are missing."""
    found = places_in(sheet.header)
    return [
        (number, {ours: cells[place] for ours, place in found.items()})
        for number, cells in zip(sheet.numbers, sheet.rows, strict=True)
    ]


def places_in(header: Sequence[str]) -> dict[str, int]:
    """Return where our columns stand in a file. Raises FileRefused, naming those that are missing."""
    titles = [title.strip().casefold().replace(" ", "_") for title in header]
    places = {ours: next((titles.index(n) for n in names if n in titles), None) for ours, names in COLUMNS.items()}
    missing = [
        _("%(name)s (or %(others)s)") % {"name": name, "others": ", ".join(COLUMNS[name][1:])}
        for name in NEEDED
        if places[name] is None
    ]
    if missing:
        raise FileRefused(_("These columns are missing: %(names)s.") % {"names": "; ".join(missing)})
    return {ours: place for ours, place in places.items() if place is not None}


def check(rows: Iterable[tuple[int, Mapping[str, Any]]]) -> tuple[list[Row], list[Rejected]]:
    """Tell the rows that can be taken from those that cannot."""
    good: list[Row] = []
    bad: list[Rejected] = []
    now = timezone.now()
    for number, raw in rows:
        try:
            good.append(_row(number, raw, now))
        except ValueError as error:
            bad.append(Rejected(number, str(error)))
    return good, bad


def _row(number: int, raw: Mapping[str, Any], now: dt.datetime) -> Row:
    """Read one row. Raises ValueError with the reason."""
    texts = {name: _text(raw, name) for name in LONGEST}
    if not texts["external_ref"] or not texts["person"]:
        raise ValueError(_("It names no record or no person."))
    kind = KINDS.get(str(raw.get("kind", "")).strip().casefold())
    if kind is None:
        raise ValueError(_("“%(kind)s” is no kind of activity that we know.") % {"kind": raw.get("kind", "")})
    return Row(number, texts["external_ref"], texts["person"].casefold(), kind, _moment(raw, now), texts["detail"])


def _text(raw: Mapping[str, Any], name: str) -> str:
    text = str(raw.get(name) or "").strip()
    if len(text) > LONGEST[name] or "\x00" in text:
        raise ValueError(_("%(name)s is too long, or no text.") % {"name": name})
    return text


def _moment(raw: Mapping[str, Any], now: dt.datetime) -> dt.datetime:
    told = raw.get("occurred_at")
    at = told if isinstance(told, dt.datetime) else _parsed(str(told or "").strip())
    if at is None:
        raise ValueError(_("“%(told)s” is no time such as 2026-11-22T14:30:00Z.") % {"told": told or ""})
    if timezone.is_naive(at):
        at = timezone.make_aware(at)
    if not OLDEST <= at <= now + AHEAD:
        raise ValueError(_("%(told)s lies in the future, or too far back.") % {"told": told})
    return at


def _parsed(text: str) -> dt.datetime | None:
    """Read a time, or a day alone (its noon, so that no zone moves it to another day)."""
    try:
        return parse_datetime(f"{text}T12:00:00" if len(text) == len("2026-11-22") else text)
    except ValueError:
        return None
