"""Saying what is wanted of the program, and how much work that is; watching which months lack hours."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from refprogram.governance.capacity import policy, selectors
from refprogram.governance.capacity.models import CapacityAlert, Demand
from refprogram.kernel.stream import emit, subject_of

BATCH = 1_000
SAID = ("kind", "name", "month", "hours", "done")  # when it was asked for stays: who came first is served first


def demand_of(*, subject: Model, kind: str, name: str, hours: Decimal, on: dt.date, done: bool = False) -> Demand:
    """Return how much work one thing is (or was: `done`), needed on a day; nothing is kept yet."""
    about = subject_of(subject)
    found = Demand(subject_type=about.type, subject_id=about.id, kind=kind, name=name, hours=hours, done=done)
    found.month, found.recorded_at = on.replace(day=1), timezone.now()
    return found


@transaction.atomic
def record_demand(*, subject: Model, kind: str, name: str, hours: Decimal, on: dt.date, done: bool = False) -> Demand:
    """Keep how many working hours a thing asks of the program, for the month of `on`; said again, the last word holds.

    No hours: it is wanted no longer. `done`: it was work, and nothing can push it out of its month any more.
    """
    demand = demand_of(subject=subject, kind=kind, name=name, hours=hours, on=on, done=done)
    if hours > 0:
        record_all([demand])
    else:
        Demand.objects.filter(subject_type=demand.subject_type, subject_id=demand.subject_id).delete()
    return demand


@transaction.atomic
def record_all(demands: Iterable[Demand]) -> int:
    """Keep many at once (`demand_of`), in a few statements; return how many."""
    rows = [one for one in demands if one.hours > 0]
    Demand.objects.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=["subject_type", "subject_id"], update_fields=SAID
    )
    return len(rows)


# ---------------------------------------------------------------- months that lack hours


@transaction.atomic
def watch() -> list[CapacityAlert]:
    """Look at this month and those to come; return the ones that are told of now.

    A month is told of when it lacks hours from the threshold on, and again only when it is worse by a step than what
    was told; so looking twice, or every hour, tells nobody twice.
    """
    months = selectors.months_to_come(timezone.localdate())
    reach = selectors.reach(months)
    over = CapacityAlert.objects.select_for_update().filter(relieved_at__isnull=True).exclude(month__in=months)
    for alert in over.order_by("month"):
        _relieve(alert)
    told = [
        _look(month, share or 0, needed, available)
        for month, share, needed, available in zip(
            months, reach.shares, reach.grid.totals, reach.available, strict=True
        )
    ]
    return [alert for alert in told if alert is not None]


def _look(month: dt.date, percent: int, needed: Decimal, available: Decimal) -> CapacityAlert | None:
    """Keep how one month stands; return it if that is told."""
    figures = policy.now()
    if percent < figures.alert_percent:
        alert = CapacityAlert.objects.select_for_update().filter(month=month, relieved_at__isnull=True).first()
        if alert is not None:
            _relieve(alert)
        return None
    alert = _held(month, percent)
    is_news = alert.told == 0 or percent >= alert.told + figures.alert_step
    if alert.relieved_at is not None:
        alert.relieved_at, alert.raised_at = None, timezone.now()
    worse = bool(alert.told) and is_news
    alert.percent, alert.told = percent, percent if is_news else alert.told
    alert.save(update_fields=["percent", "told", "raised_at", "relieved_at"])
    if is_news:
        facts = {"month": month.isoformat(), "percent": percent, "needed": str(needed), "available": str(available)}
        emit("capacity.short", subject=alert, payload=facts | {"worse": worse})
    return alert if is_news else None


def _held(month: dt.date, percent: int) -> CapacityAlert:
    """Return the row of a month, locked; of two who look at once one makes it, and the other waits."""
    CapacityAlert.objects.get_or_create(month=month, defaults={"percent": percent, "raised_at": timezone.now()})
    return CapacityAlert.objects.select_for_update().get(month=month)


def _relieve(alert: CapacityAlert) -> None:
    alert.relieved_at = timezone.now()
    alert.save(update_fields=["relieved_at"])
    emit("capacity.relieved", subject=alert, payload={"month": alert.month.isoformat()})
