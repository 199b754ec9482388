"""What must always be true of this room's kept figures; `manage.py verify` asks."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from django.db.models import Exists, OuterRef

from nominations.standings.closing import COUNTER, rank
from nominations.standings.counting import EVERY, METRICS, Closed, Figure, figures_of
from nominations.standings.enums import By
from nominations.standings.models import StandingsSnapshot
from nominations.standings.ranking import worth_of
from refprogram.kernel.models import Delivery, Event, Rollup
from refprogram.kernel.proofs import Proof

Told = Mapping[Figure, Decimal]


def proofs() -> Iterator[Proof]:
    """Standings are what the stream says, those of closed periods too."""
    told = recounted()
    yield Proof("standings are what the stream says", list(differences(told)))
    yield Proof("closed standings can be counted again from the stream", list(changed(told)))


def differences(told: Told | None = None) -> Iterator[str]:
    """Yield a sentence for every standing that is not what the stream says. What is still on its way is left out."""
    told, kept = told if told is not None else recounted(), as_kept()
    for figure in sorted(told.keys() | kept.keys()):
        is_kept, is_told = kept.get(figure, Decimal(0)), told.get(figure, Decimal(0))
        if is_kept != is_told:
            metric, period, day, dimension, key = figure
            whose = f"{metric} of {dimension} {key}, {period} from {day}"
            yield f"{whose}: kept {is_kept.normalize():f}, the stream says {is_told.normalize():f}"


def recounted() -> dict[Figure, Decimal]:
    """Return the standings counted anew from the stream."""
    closed = Closed.since(dt.date.min.replace(year=1970))
    waiting = Delivery.objects.filter(event=OuterRef("pk"), handler=COUNTER, done_at__isnull=True)
    events = Event.objects.filter(~Exists(waiting), topic__in=METRICS)
    told: dict[Figure, Decimal] = defaultdict(Decimal)
    for pk, topic, at, payload in events.values_list("pk", "topic", "occurred_at", "payload").iterator(chunk_size=5000):
        for figure, value in figures_of(topic, at, payload, pk, closed):
            told[figure] += value
    return told


def as_kept() -> dict[Figure, Decimal]:
    """Return the standings as kept."""
    rows = Rollup.objects.filter(metric__in=EVERY).values_list(
        "metric", "period", "starts_on", "dimension", "key", "value"
    )
    return {
        (metric, period, day, dimension, key): value for metric, period, day, dimension, key, value in rows.iterator()
    }


def changed(told: Told) -> Iterator[str]:
    """Yield a sentence for every closed ranking that does not come out again from the events it was counted from."""
    by_board: dict[tuple[str, str, dt.date], dict[int, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for (metric, period, day, dimension, key), value in told.items():
        by_board[dimension, period, day][key][metric] = value
    for row in StandingsSnapshot.objects.order_by("pk").iterator(chunk_size=20):
        found = by_board[row.by, row.period, row.starts_on]
        if row.by == By.REP and not row.league and set(found) != {line["key"] for line in row.lines}:
            yield f"{row}: others are counted than when it was closed"
        again = rank(
            {line["key"]: (found.get(line["key"], {}), line.get("members", 1)) for line in row.lines},
            By(row.by), worth_of(row),
        )  # fmt: skip
        for now, then in zip(again, row.lines, strict=True):
            facts = {name: then[name] for name in now}
            if now != facts:
                yield f"{row}{' ' + row.league if row.league else ''}: closed with {facts}, the stream says {now}"
