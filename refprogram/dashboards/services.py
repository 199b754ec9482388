"""Setting targets, and keeping what could not be counted afterwards."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from refprogram.dashboards import history
from refprogram.dashboards.models import Snapshot, Target
from refprogram.kernel import rollups
from refprogram.kernel.stream import emit
from refprogram.people.models import User


@transaction.atomic
def set_targets(*, actor: User, starts_on: dt.date, values: Mapping[str, Decimal | None]) -> list[Target]:
    """Set a quarter's targets by figure, None takes one back; return those that changed."""
    for figure in values:
        Target.objects.get_or_create(figure=figure, starts_on=starts_on)
    rows = Target.objects.select_for_update().filter(figure__in=list(values), starts_on=starts_on)
    changed = [row for row in rows.order_by("pk") if row.value != values[row.figure]]
    for row in changed:
        row.value, row.set_by = values[row.figure], actor
        row.save(update_fields=["value", "set_by", "set_at"])
        if row.value is None:
            emit("target.removed", subject=row, actor_id=actor.person_id)
        else:
            payload = {"value": f"{row.value.normalize():f}"}
            emit("target.set", subject=row, actor_id=actor.person_id, payload=payload)
    return changed


@transaction.atomic
def take_snapshot() -> list[Snapshot]:
    """Keep today's figures that no row will remember; once more on the same day replaces them."""
    today = rollups.day_of(timezone.now())
    return [
        Snapshot.objects.update_or_create(figure=figure, taken_on=today, defaults={"value": value})[0]
        for figure, value in history.of_tonight().items()
    ]
