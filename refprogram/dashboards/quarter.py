"""The lines of the quarter for whoever sees the whole program: counted by the beat and kept, so that no page counts.

Two sights are kept, because requests that wait for an exception say who is restricted: that of those who know of
restrictions, and that of all others with the overview (one's own such requests left out). Who sees a part of the rows
has them counted for themselves (`history.series`), and so has everybody while nothing fresh is kept.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import TextField
from django.utils import timezone

from references.accounts.rules import OVERVIEW
from references.requests.selectors.requests import KNOW_OF_RESTRICTIONS
from refprogram.dashboards import history
from refprogram.dashboards.history import Quarter, Series
from refprogram.dashboards.metrics.counting import stream_end
from refprogram.dashboards.models import QuarterLines
from refprogram.kernel.prepared import Given, Prepared
from refprogram.kernel.proofs import Proof
from refprogram.people.enums import Role
from refprogram.people.models import User

WHOLE, OPEN = "whole", "open"
SIGHTS: Final = {WHOLE: Role.MARKETER, OPEN: Role.EXECUTIVE}  # whose eyes a sight is counted with
FRESH: Final = dt.timedelta(minutes=10)  # the beat counts every two


@dataclass(frozen=True)
class Lines:
    """The figures quarter by quarter, and when they were counted: None for this very moment."""

    series: Mapping[str, Series]
    counted_at: dt.datetime | None = None


def lines_for(user: User) -> Lines:
    """Return what is kept for this reader's sight, if it is fresh; else count. One query."""
    sight = sight_of(user)
    row = next(iter(_KEPT(sight=sight)), None) if sight else None
    if row is None or row.starts_on != Quarter.now().starts_on or row.counted_at < timezone.now() - FRESH:
        return Lines(history.series(user))
    return Lines(_read(row.lines), row.counted_at)


def sight_of(user: User) -> str:
    """Return which sight somebody has; none for who sees a part of the rows."""
    if user.role not in OVERVIEW:
        return ""
    return WHOLE if user.role in KNOW_OF_RESTRICTIONS else OPEN


def keep() -> list[QuarterLines]:
    """Count both sights and keep them. Beat calls it every two minutes; by two at once, the last word holds."""
    return [_keep(sight) for sight in SIGHTS]


def _keep(sight: str) -> QuarterLines:
    said: dict[str, Any] = {"stream_at": stream_end(), "starts_on": Quarter.now().starts_on}
    said |= {"lines": _written(history.counted(_eyes(sight))), "counted_at": timezone.now()}
    return QuarterLines.objects.update_or_create(sight=sight, defaults=said)[0]


def _eyes(sight: str) -> User:
    """Return somebody who sees what a sight shows, and has nothing of their own."""
    return User(pk=0, role=SIGHTS[sight])


def _written(lines: Mapping[str, Series]) -> dict[str, list[str | None]]:
    return {name: [None if value is None else f"{value:f}" for value in line] for name, line in lines.items()}


def _read(lines: Mapping[str, list[str | None]]) -> dict[str, Series]:
    return {name: [None if value is None else Decimal(value) for value in line] for name, line in lines.items()}


_KEPT: Any = Prepared(lambda: QuarterLines.objects.filter(sight=Given("sight", TextField())))


def proofs() -> Iterable[Proof]:
    """Kept lines are what rows say, while nothing has happened since they were counted that day."""
    yield Proof("lines of the quarter are what rows say, while nothing has happened since", [*_moved()])


def _moved() -> Iterator[str]:
    today, end = timezone.localdate(), stream_end()
    for row in QuarterLines.objects.order_by("sight"):
        if timezone.localdate(row.counted_at) != today or row.stream_at != end:
            continue
        now = _written(history.counted(_eyes(row.sight)))
        for name, line in now.items():
            if row.lines.get(name) != line:
                yield f"sight={row.sight} figure={name} kept={row.lines.get(name)} rows={line}"
