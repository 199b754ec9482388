"""Closing a period: its rankings are frozen some days after its end, and what is told later counts elsewhere.

Closed is what was counted up to one event of the stream, so that anybody can count it again. Nothing is closed while
an event of before waits to be counted, or came in the last hour (another session may still be writing one).
"""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from nominations.periods import Span
from nominations.standings import policy
from nominations.standings.counting import APPROVED, ENROLLED, FIRST_ACT, LANE, METRICS, SUBMITTED
from nominations.standings.enums import By, League
from nominations.standings.lines import Worth, places, plain
from nominations.standings.models import StandingsSnapshot
from nominations.standings.ranking import strength
from nominations.standings.reading import Board, figures, groups, members
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.filters import midnight
from refprogram.kernel.models import Delivery, Event, Rollup

COUNTER: Final = "nominations.handlers.count"
SETTLED: Final = dt.timedelta(hours=1)
COUNTS: Final = {"enrolled": ENROLLED, "approved": APPROVED, "submitted": SUBMITTED, "first_act": FIRST_ACT}
A_DAY: Final = dt.timedelta(days=1)


def close_due() -> int:
    """Close every period that is due; return how many rankings were frozen. Beat calls it; twice is once."""
    return sum(close(span=span) for span in due())


def due() -> list[Span]:
    """Return the periods that ended long enough ago and are not closed, the oldest first."""
    first = Rollup.objects.filter(metric__in=METRICS.values(), period=Period.WEEK).order_by("starts_on").first()
    if first is None:
        return []
    last_day = rollups.day_of(timezone.now()) - A_DAY * (policy.now().close_after + 1)
    known = StandingsSnapshot.objects.filter(by=By.REP, league="").values_list("period", "starts_on")
    closed, found = set(known), []
    for period in Period:
        span = Span(period, rollups.start_of(period, first.starts_on))
        while span.ends_on <= last_day:
            if (period.value, span.starts_on) not in closed:
                found.append(span)
            span = span.after
    return sorted(found, key=lambda span: (span.ends_on, span.starts_on))


@transaction.atomic
def close(*, span: Span) -> int:
    """Freeze the rankings of one period; return how many. Nothing where something may still be counted in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"lane:{LANE}"])
    if StandingsSnapshot.objects.filter(by=By.REP, league="", period=span.period, starts_on=span.starts_on).exists():
        return 0
    last = _last_event(span)
    if last is None:
        return 0
    now = policy.now()
    worth = Worth(now.worth, now.gap)
    facts = {"weights": {"steps": dict(now.worth), "gap": str(now.gap)}, "last_event": last}
    rows = [_of_people(span, league, worth, facts) for league in League.values]
    rows += [_of_groups(span, by, worth, facts) for by in (By.TEAM, By.REGION)]
    return len(StandingsSnapshot.objects.bulk_create(rows))


def _last_event(span: Span) -> int | None:
    """Return up to which event the period is counted; None where it has to wait."""
    told = Event.objects.filter(topic__in=METRICS)
    settled = told.filter(at__lte=timezone.now() - SETTLED)
    last = settled.aggregate(last=Max("pk"))["last"] or 0
    if Delivery.objects.filter(handler=COUNTER, done_at__isnull=True, event_id__lte=last).exists():
        return None
    fresh = told.filter(pk__gt=last, occurred_at__lt=midnight(span.ends_on + A_DAY))
    return None if fresh.exists() else last


def _of_people(span: Span, league: str, worth: Worth, facts: dict[str, Any]) -> StandingsSnapshot:
    found = figures(By.REP, span.period, span.starts_on)[0]
    new_for = policy.now().new_for
    if league:
        inside = set(members(league, span, new_for).values_list("person_id", flat=True))
        found = {key: row for key, row in found.items() if key in inside}
    lines = rank({key: (row, 1) for key, row in found.items()}, By.REP, worth)
    return _row(span, By.REP, league, lines, of=Board(span, league, new_for).population(), **facts)


def _of_groups(span: Span, by: By, worth: Worth, facts: dict[str, Any]) -> StandingsSnapshot:
    found, who = figures(by, span.period, span.starts_on)[0], groups(by)
    lines = rank({key: (found.get(key, {}), group.members) for key, group in who.items()}, by, worth)
    for line in lines:
        group = who[line["key"]]
        line |= {"id": group.public_id, "name": group.name, "sub": group.sub, "members": group.members}
    return _row(span, by, "", lines, of=len(who), **facts)


def _row(span: Span, by: By, league: str, lines: list[dict[str, Any]], **facts: Any) -> StandingsSnapshot:
    return StandingsSnapshot(
        by=by.value, period=span.period.value, starts_on=span.starts_on, league=league, lines=lines, **facts
    )


def rank(found: Mapping[int, tuple[Mapping[str, Decimal], int]], by: By, worth: Worth) -> list[dict[str, Any]]:
    """Return the lines of a closed ranking, from each one's figures and heads: what a proof counts again."""
    place = places({key: strength(by, row.get(ENROLLED, Decimal(0)), heads) for key, (row, heads) in found.items()})
    last = len(place) + 1
    lines = [
        {
            "key": key,
            "rank": place.get(key, last),
            **{name: str(plain(row.get(metric, Decimal(0)))) for name, metric in COUNTS.items()},
            "points": str(worth.points(row)),
        }
        for key, (row, _heads) in found.items()
    ]
    return sorted(lines, key=lambda line: (line["rank"], line["key"]))
