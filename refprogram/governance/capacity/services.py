"""Saying what is wanted of the program, and how much work that is."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from refprogram.governance.capacity.models import Demand
from refprogram.kernel.stream import subject_of

BATCH = 1_000
SAID = ("kind", "name", "month", "hours", "recorded_at")


def demand_of(*, subject: Model, kind: str, name: str, hours: Decimal, on: dt.date) -> Demand:
    """Return how much work one thing is, needed on a day; nothing is kept yet."""
    about = subject_of(subject)
    found = Demand(subject_type=about.type, subject_id=about.id, kind=kind, name=name, hours=hours)
    found.month, found.recorded_at = on.replace(day=1), timezone.now()
    return found


@transaction.atomic
def record_demand(*, subject: Model, kind: str, name: str, hours: Decimal, on: dt.date) -> Demand:
    """Keep how many working hours a thing asks of the program, for the month of `on`; said again, the last word holds.

    No hours: it is wanted no longer.
    """
    demand = demand_of(subject=subject, kind=kind, name=name, hours=hours, on=on)
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
