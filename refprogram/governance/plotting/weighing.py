"""Weighing a request: where the charter has it, what it costs, what it would displace this month. Nothing is kept."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from refprogram.governance.capacity.displacing import Displaced, displace
from refprogram.governance.capacity.falling import Falling, named
from refprogram.governance.capacity.models import Demand
from refprogram.governance.capacity.selectors import wanted_in
from refprogram.governance.capacity.staff import hours_available
from refprogram.governance.charter.models import ScopeLine
from refprogram.governance.charter.selectors import lines_that_hold
from refprogram.governance.plotting.enums import Place
from refprogram.governance.plotting.mapping import MOST, count_in, find
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
    return Weighed(
        text, _place(line), line, by, many, each * many, month, displaced, named(displaced.falls, viewer), about
    )


def _place(line: ScopeLine | None) -> Place:
    if line is None:
        return Place.OFF
    return Place.INSIDE if line.inside else Place.OUTSIDE


def _is(demand: Demand, about: About | None) -> bool:
    """Whether it is what is plotted itself, counted already: it displaces others, not itself."""
    return about is not None and (demand.subject_type, demand.subject_id) == (about.subject_type, about.subject_id)
