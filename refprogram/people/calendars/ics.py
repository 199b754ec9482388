"""Calendar files (iCalendar, RFC 5545) as every calendar program reads them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Entry:
    """One line of a calendar. `uid` stays the same for the same thing, `changed_at` says which version is newer.

    `starts` and `ends` are both instants, or both days (`ends` is then the last one). `sequence`: where the row itself
    counts its changes. A `cancelled` entry takes the one that was sent before out of a calendar.
    """

    uid: str
    title: str
    starts: dt.datetime | dt.date
    ends: dt.datetime | dt.date
    changed_at: dt.datetime
    detail: str = ""
    url: str = ""
    free: bool = False
    place: str = ""
    sequence: int | None = None
    cancelled: bool = False


def calendar_file(entries: Iterable[Entry], *, name: str = "") -> bytes:
    """Return the entries as one iCalendar file. An entry that is sent again replaces what it was."""
    calendar = Calendar()
    calendar.add("prodid", "-//refprogram//calendar//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@refprogram")
    event.add("sequence", int(entry.changed_at.timestamp()) if entry.sequence is None else entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
    event.add("dtstart", _moment(entry.starts))
    last = entry.ends
    event.add("dtend", _moment(last) if isinstance(last, dt.datetime) else last + dt.timedelta(days=1))
    event.add("summary", entry.title)
    if entry.detail:
        event.add("description", entry.detail)
    if entry.url:
        event.add("url", entry.url)
    if entry.place:
        event.add("location", entry.place)
    if entry.cancelled:
        event.add("status", "CANCELLED")
    event.add("transp", "TRANSPARENT" if entry.free else "OPAQUE")
    return event


def _moment(at: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return at.astimezone(dt.UTC) if isinstance(at, dt.datetime) else at
