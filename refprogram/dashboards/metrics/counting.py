"""Counting all metrics and keeping what came out: live through the day, once a month, and when somebody wants to."""

import datetime as dt
from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.dashboards.enums import CountingKind
from refprogram.dashboards.metrics.registry import METRICS
from refprogram.dashboards.metrics.world import World
from refprogram.dashboards.models import Counting, Reading
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.models import Event, Job
from refprogram.kernel.stream import emit
from refprogram.people.models import User

MONTHS: Final = 12


def readings_of(world: World) -> list[Reading]:
    """Return all metrics of a world, not saved."""
    found = []
    for key, metric in METRICS.items():
        facts, out = metric.measured(world)
        found.append(
            Reading(metric=key, value=out.value, n=out.n, low=out.low, high=out.high, why=out.why, facts=facts)
        )
    return found


@transaction.atomic
def count_live() -> Counting:
    """Count everything as it stands; what was live before is replaced."""
    today = rollups.day_of(timezone.now())
    row, _new = Counting.objects.select_for_update().get_or_create(kind=CountingKind.LIVE, defaults={"as_of": today})
    row.as_of, row.counted_at, row.stream_at = today, timezone.now(), stream_end()
    row.save(update_fields=["as_of", "counted_at", "stream_at"])
    row.readings.all().delete()
    _keep(row, readings_of(World(today, today=True)))
    return row


def catch_up() -> bool:
    """Count at once what a first start or an upgrade left uncounted, past months too; return whether there was any."""
    known = Reading.objects.filter(counting__kind=CountingKind.LIVE).values_list("metric", flat=True)
    if METRICS.keys() <= set(known):
        return False
    count_live()
    if not Counting.objects.filter(kind=CountingKind.MONTH).exists():
        keep_nightly()
    return True


@transaction.atomic
def keep_by_hand(*, actor: User, note: str = "") -> Counting:
    """Count everything now, and keep it under a name."""
    today = rollups.day_of(timezone.now())
    row = Counting.objects.create(
        kind=CountingKind.HAND, as_of=today, stream_at=stream_end(), note=note, taken_by=actor
    )
    _keep(row, readings_of(World(today, today=True)))
    emit("figures.kept", subject=row, actor_id=actor.person_id)
    return row


@transaction.atomic
def keep_month(on: dt.date) -> Counting:
    """Keep the month of a day; said again, the last word holds. Beat calls it in the last night of each month."""
    today = rollups.day_of(timezone.now())
    last = rollups.end_of(Period.MONTH, rollups.start_of(Period.MONTH, on))
    row, _new = Counting.objects.select_for_update().get_or_create(kind=CountingKind.MONTH, as_of=last)
    row.counted_at, row.stream_at, row.afterwards = timezone.now(), stream_end(), last < today
    row.save(update_fields=["counted_at", "stream_at", "afterwards"])
    row.readings.all().delete()
    _keep(row, readings_of(World(last, today=last >= today)))
    return row


def run_job(_job: Job, progress: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Count everything because somebody asked for it; months that nobody kept are made up for."""
    progress(0, 2, _("Counting all metrics"))
    count_live()
    progress(1, 2, _("Past months"))
    keep_nightly()
    return {"url": reverse("dashboards:dictionary")}


def keep_nightly() -> int:
    """Keep this month on its last day, and whatever of the last twelve is missing; return how many were kept."""
    today = rollups.day_of(timezone.now())
    this = rollups.start_of(Period.MONTH, today)
    kept = 0
    if rollups.end_of(Period.MONTH, this) == today:
        keep_month(today)
        kept += 1
    known = set(Counting.objects.filter(kind=CountingKind.MONTH).values_list("as_of", flat=True))
    for start in months_before(this):
        last = rollups.end_of(Period.MONTH, start)
        if last not in known:
            keep_month(last)
            kept += 1
    return kept


def months_before(start: dt.date, number: int = MONTHS) -> list[dt.date]:
    """Return the first days of the months before one, the latest first."""
    found: list[dt.date] = []
    for _at in range(number):
        start = rollups.previous_start(Period.MONTH, start)
        found.append(start)
    return found


def stream_end() -> int:
    """Return the last event's id."""
    last: int | None = Event.objects.aggregate(last=Max("id"))["last"]
    return last or 0


def _keep(row: Counting, readings: list[Reading]) -> None:
    for one in readings:
        one.counting = row
    Reading.objects.bulk_create(readings)
