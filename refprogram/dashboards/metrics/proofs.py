"""What must hold about kept metrics, asked by `manage.py verify`."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from django.utils import timezone

from refprogram.dashboards.enums import CountingKind
from refprogram.dashboards.metrics.counting import readings_of, stream_end
from refprogram.dashboards.metrics.formulas import NOT_KEPT
from refprogram.dashboards.metrics.registry import METRICS
from refprogram.dashboards.metrics.world import World
from refprogram.dashboards.models import Counting, Reading
from refprogram.kernel import rollups
from refprogram.kernel.proofs import Proof

LATE: Final = dt.timedelta(hours=3)  # the beat counts every hour
SAID: Final = ("value", "n", "low", "high", "why")


def proofs() -> Iterable[Proof]:
    """Kept values follow from their facts; the live ones are what rows say, and not old."""
    rows = Reading.objects.select_related("counting").order_by("pk")
    yield Proof("each kept metric is what its formula makes of its facts", [*_broken(rows.iterator())])
    live = Counting.objects.filter(kind=CountingKind.LIVE).first()
    late = live is not None and live.counted_at < timezone.now() - LATE
    yield Proof("metrics are counted every hour", [f"counted_at={live.counted_at}"] if live and late else [])
    yield Proof("live metrics are what rows say, while nothing has happened since", [*_moved(live)])


def _broken(rows: Iterable[Reading]) -> Iterator[str]:
    for row in rows:
        metric = METRICS.get(row.metric)
        if metric is None or row.why == NOT_KEPT:
            continue
        out = metric.formula(row.facts)
        if any(getattr(row, name) != getattr(out, name) for name in SAID):
            yield f"metric={row.metric} counting={row.counting.public_id} kept={row.value} formula={out.value}"


def _moved(live: Counting | None) -> Iterator[str]:
    today = rollups.day_of(timezone.now())
    if live is None or live.as_of != today or live.stream_at != stream_end():
        return
    now = {row.metric: row for row in readings_of(World(today, today=True))}
    for row in live.readings.order_by("pk"):
        fresh = now.get(row.metric)
        if fresh is None or any(getattr(row, name) != getattr(fresh, name) for name in SAID):
            yield f"metric={row.metric} kept={row.value} rows={None if fresh is None else fresh.value}"
