"""Weighing a request: where the charter has it, what it costs, what it would displace this month. Nothing is kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from refprogram.governance.capacity.models import Demand
from refprogram.governance.capacity.selectors import wanted_in
from refprogram.governance.capacity.staff import hours_available
from refprogram.governance.charter.models import ScopeLine
from refprogram.governance.charter.selectors import lines_that_hold
from refprogram.governance.plotting.displacing import Displaced, displace
from refprogram.governance.plotting.enums import Place
from refprogram.governance.plotting.mapping import MOST, count_in, find
from refprogram.kernel import labels
from refprogram.people.models import User

HOUR = Decimal(1)


@dataclass(frozen=True)
class About:
    """Something of a room above that is plotted (`PLOTTABLES` in the wiring): what it is, and what it asks for."""

    subject_type: str
    subject_id: int
    text: str
    url: str
    words: str = ""
    count: int = 1
    month: dt.date | None = None
    asked_by: str = ""
    value: Decimal | None = None
    hours: Decimal | None = None


@dataclass(frozen=True)
class Falling:
    """One thing that would fall off the month: how it is called, for this reader."""

    name: str
    kind: str
    hours: Decimal
    url: str


@dataclass(frozen=True)
class Weighed:
    """A request on the map."""

    text: str
    place: Place
    line: ScopeLine | None
    by: tuple[str, ...]
    count: int
    cost: Decimal
    month: dt.date
    displaced: Displaced[Demand]
    falls: list[Falling]
    about: About | None = None


def about_from(kind: str, public_id: str, user: User) -> About | None:
    """Return what a room above says of one of its rows; None where there is none, or the reader may not see it."""
    path = settings.PLOTTABLES.get(kind)
    found: About | None = import_string(path)(user, public_id) if path else None
    return found


def weigh(
    text: str,
    *,
    viewer: User,
    line_id: str = "",
    count: int | None = None,
    hours: Decimal | None = None,
    about: About | None = None,
    lines: Sequence[ScopeLine] | None = None,
) -> Weighed:
    """Place a request on the map. `line_id`, `count`, `hours` for one: what somebody says instead of what is read.

    `lines`: the scope that holds, where the caller has read it already.
    """
    lines = lines_that_hold() if lines is None else lines
    match = find(about.words if about and about.words else text, lines)
    read = match.line if match else None
    line = next((one for one in lines if one.public_id == line_id), None) if line_id else read
    many = min(count or (about.count if about else count_in(text)), MOST)
    each = hours or (line.hours if line else about.hours if about and about.hours else HOUR)
    month = (about.month if about and about.month else timezone.localdate()).replace(day=1)
    wanted = [one for one in wanted_in(month) if not _is(one, about)]
    displaced = displace(hours_available([month])[month], wanted, each * many)
    by = match.words if match and match.line == line else ()
    return Weighed(text, _place(line), line, by, many, each * many, month, displaced, _named(displaced, viewer), about)


def _place(line: ScopeLine | None) -> Place:
    if line is None:
        return Place.OFF
    return Place.INSIDE if line.inside else Place.OUTSIDE


def _is(demand: Demand, about: About | None) -> bool:
    """Whether it is what is plotted itself, counted already: it displaces others, not itself."""
    return about is not None and (demand.subject_type, demand.subject_id) == (about.subject_type, about.subject_id)


def _named(displaced: Displaced[Demand], viewer: Any) -> list[Falling]:
    """Say of what falls off how this reader knows it; what they may not know is called by its kind of work."""
    ids: dict[str, set[int]] = {}
    for one in displaced.falls:
        ids.setdefault(one.subject_type, set()).add(one.subject_id)
    found = labels.resolve(ids, viewer)
    known = [(one, found.get((one.subject_type, one.subject_id), labels.Label(one.name))) for one in displaced.falls]
    return [Falling(label.text, one.name, one.hours, label.url) for one, label in known]
