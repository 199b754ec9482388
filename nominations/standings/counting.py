"""What an event of a nomination counts, for whom, and in which periods. Pure but for reading which periods are closed.

A figure is kept for a person, a team and a region: each has its share of the credit. A period that was closed before
an event was told does not change any more: the event counts in the next open period of that kind, as late.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from nominations.standings.enums import By
from nominations.standings.models import StandingsSnapshot
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Event

SUBMITTED: Final = "nominations.submitted"
APPROVED: Final = "nominations.approved"
ENROLLED: Final = "nominations.enrolled"
FIRST_ACT: Final = "nominations.first_act"
LATE: Final = "nominations.late"
METRICS: Final[Mapping[str, str]] = {
    "nomination.submitted": SUBMITTED,
    "nomination.approved": APPROVED,
    "nomination.enrolled": ENROLLED,
    "nomination.first_act": FIRST_ACT,
}
# Steps that are worth something, and where those in a gap of the coverage are counted once more.
STEPS: Final[Mapping[str, str]] = {"approved": APPROVED, "enrolled": ENROLLED, "first_act": FIRST_ACT}
IN_GAP: Final[Mapping[str, str]] = {
    APPROVED: "nominations.gap_approved",
    ENROLLED: "nominations.gap_enrolled",
    FIRST_ACT: "nominations.gap_first_act",
}
EVERY: Final = (*METRICS.values(), *IN_GAP.values(), LATE)
# Counting and closing never run side by side.
LANE: Final = "standings"
WHOLE: Final = 100

Figure = tuple[str, str, dt.date, str, int]  # metric, period, first day, dimension, key


def credits_of(payload: Mapping[str, Any]) -> list[tuple[int, int | None, int | None, int]]:
    """Return whose it is: person, team, region, percent. Events of before credits belong to their nominator."""
    told = payload.get("credits")
    if told:
        return [(person, team, region, percent) for person, team, region, percent in told]
    return [(payload["nominator"], payload.get("team"), payload.get("region"), WHOLE)]


def shares(payload: Mapping[str, Any]) -> dict[tuple[str, int], Decimal]:
    """Return each person's, team's and region's share of one nomination."""
    found: dict[tuple[str, int], Decimal] = {}
    for person, team, region, percent in credits_of(payload):
        for dimension, key in ((By.REP, person), (By.TEAM, team), (By.REGION, region)):
            if key is not None:
                whose = (dimension.value, key)
                found[whose] = found.get(whose, Decimal(0)) + Decimal(percent) / WHOLE
    return found


@dataclass
class Closed:
    """Which periods are closed, and up to which event each was counted."""

    up_to: Mapping[tuple[str, dt.date], int]

    @classmethod
    def since(cls, day: dt.date) -> "Closed":
        """Read those that matter for what happened on that day or later."""
        first = rollups.start_of(Period.YEAR, day) - dt.timedelta(days=7)
        rows = StandingsSnapshot.objects.filter(by=By.REP, league="", starts_on__gte=first)
        return cls({(row[0], row[1]): row[2] for row in rows.values_list("period", "starts_on", "last_event")})

    def counted_in(self, period: Period, day: dt.date, event: int) -> tuple[dt.date, bool]:
        """Return the first day of the period in which an event counts, and whether it came late."""
        start = rollups.start_of(period, day)
        late = False
        while (last := self.up_to.get((period.value, start))) is not None and last < event:
            start, late = rollups.end_of(period, start) + dt.timedelta(days=1), True
        return start, late


def figures_of(topic: str, at: dt.datetime, payload: Mapping[str, Any], event: int, closed: Closed) -> Iterator[
    tuple[Figure, Decimal]
]:  # fmt: skip
    """Yield every figure that an event adds to, and how much."""
    metric, day = METRICS[topic], rollups.day_of(at)
    gap = IN_GAP.get(metric) if payload.get("in_gap") else None
    for period in Period:
        start, late = closed.counted_in(period, day, event)
        metrics = [metric, *([gap] if gap else []), *([LATE] if late and metric == ENROLLED else [])]
        for (dimension, key), value in shares(payload).items():
            for name in metrics:
                yield (name, period.value, start, dimension, key), value


def count(event: Event) -> None:
    """Keep what an event counts, in the event's own time. Its delivery makes sure that it is counted once."""
    day = rollups.day_of(event.occurred_at)
    closed = Closed({}) if day == rollups.day_of(timezone.now()) else Closed.since(day)  # today is never closed
    add(figures_of(event.topic, event.occurred_at, event.payload, event.pk, closed))


_UPSERT = """
INSERT INTO kernel_rollup (metric, period, starts_on, dimension, key, value)
SELECT * FROM unnest(%s::text[], %s::text[], %s::date[], %s::text[], %s::bigint[], %s::numeric[])
ON CONFLICT (metric, period, starts_on, dimension, key)
DO UPDATE SET value = kernel_rollup.value + EXCLUDED.value
"""


def add(figures: Iterable[tuple[Figure, Decimal]]) -> None:
    """Add to kept figures: one statement, in one fixed order, as `rollups.add` does."""
    rows = sorted((*figure, value) for figure, value in figures)
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, [list(column) for column in zip(*rows, strict=True)])
