"""A version as pages show it: scope, road, plan."""

import datetime as dt
from itertools import groupby
from typing import Any

from django.utils import timezone

from refprogram.governance.charter import road
from refprogram.governance.charter.enums import Horizon, MarkKind
from refprogram.governance.charter.models import CharterVersion, PlanStep
from refprogram.governance.charter.services.parts import last_month_of


def charter(version: CharterVersion) -> dict[str, Any]:
    """Return what `_charter.html` takes; nothing is asked of the database but the version's parts."""
    today = timezone.localdate()
    lines, marks, plan = list(version.lines.all()), list(version.marks.all()), list(version.plan.all())
    drivers = [mark for mark in marks if mark.kind == MarkKind.DRIVER]
    return {
        "version": version,
        "inside": [line for line in lines if line.inside],
        "outside_lines": [line for line in lines if not line.inside],
        "strategies": [
            (Horizon.SHORT.label, version.short_strategy, [d for d in drivers if d.horizon == Horizon.SHORT]),
            (Horizon.LONG.label, version.long_strategy, [d for d in drivers if d.horizon == Horizon.LONG]),
        ],
        "road": road.draw(marks, today),
        "months": _by_month(plan, today),
        "plan_done": sum(step.done_on is not None for step in plan),
        "plan_steps": len(plan),
        "plan_ends": last_month_of(version),
    }


def _by_month(plan: list[PlanStep], today: dt.date) -> list[dict[str, Any]]:
    now = today.replace(day=1)
    steps = sorted(plan, key=lambda step: (step.month, step.pk))
    return [
        {"month": month, "now": month == now, "past": month < now, "steps": list(rows)}
        for month, rows in groupby(steps, key=lambda step: step.month)
    ]
