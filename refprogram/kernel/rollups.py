"""Keeping figures by week, month, quarter and year as events arrive, and reading them ranked."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import DateField, Sum, TextField
from django.utils import timezone

from refprogram.kernel.enums import Period
from refprogram.kernel.models import Rollup
from refprogram.kernel.prepared import Given, PreparedValues

_UPSERT = """
INSERT INTO kernel_rollup (metric, period, starts_on, dimension, key, value)
VALUES {rows}
ON CONFLICT (metric, period, starts_on, dimension, key)
DO UPDATE SET value = kernel_rollup.value + EXCLUDED.value
"""

_RANKED = """
SELECT key, value, rank() OVER (ORDER BY value DESC) AS rank
FROM kernel_rollup
WHERE metric = %s AND period = %s AND starts_on = %s AND dimension = %s AND value <> 0
ORDER BY value DESC, key
LIMIT %s
"""


@dataclass(frozen=True)
class Ranked:
    """One line of a ranking: `key` (a person's, team's or region's id), its value, its rank (ties share one)."""

    key: int
    value: Decimal
    rank: int


def start_of(period: str, day: dt.date) -> dt.date:
    """Return the first day of the period that contains `day`; weeks begin on Monday."""
    if period == Period.WEEK:
        return day - dt.timedelta(days=day.weekday())
    if period == Period.MONTH:
        return day.replace(day=1)
    if period == Period.QUARTER:
        return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
    return day.replace(month=1, day=1)


def previous_start(period: str, starts_on: dt.date) -> dt.date:
    """Return the first day of the period before the one that starts on `starts_on`."""
    return start_of(period, starts_on - dt.timedelta(days=1))


def end_of(period: str, starts_on: dt.date) -> dt.date:
    """Return the last day of the period that starts on `starts_on`."""
    # 40 days on lies in the next month, 100 in the next quarter, 370 in the next year, 8 in the next week.
    leap = {Period.WEEK: 8, Period.MONTH: 40, Period.QUARTER: 100, Period.YEAR: 370}[Period(period)]
    return start_of(period, starts_on + dt.timedelta(days=leap)) - dt.timedelta(days=1)


def day_of(at: dt.datetime) -> dt.date:
    """Return the day that a moment counts for: in the program's own zone, whoever is looking."""
    return timezone.localdate(at, timezone.get_default_timezone())


def add(*, metric: str, at: dt.datetime, keys: Mapping[str, int | None], value: Decimal | int) -> None:
    """Add `value` to the figure of every dimension in `keys` (dimension -> id, None is skipped) in all four periods.

    One statement. Rows are written in one fixed order, so that two transactions cannot wait for each other in a ring.
    """
    day = day_of(at)
    rows = sorted(
        (metric, period.value, start_of(period, day), dimension, key, value)
        for period in Period
        for dimension, key in keys.items()
        if key is not None
    )
    if not rows:
        return
    sql = _UPSERT.format(rows=", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(rows)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [cell for row in rows for cell in row])


def ranking(*, metric: str, period: str, starts_on: dt.date, dimension: str, limit: int = 1000) -> list[Ranked]:
    """Return the ranking of one figure, best first; equal values share a rank (1, 1, 3)."""
    with connection.cursor() as cursor:
        cursor.execute(_RANKED, [metric, period, starts_on, dimension, limit])
        return [Ranked(*row) for row in cursor.fetchall()]


def series(*, metrics: Iterable[str], period: str, dimension: str, since: dt.date) -> dict[str, dict[dt.date, Decimal]]:
    """Return a dimension's totals, metric by metric, by period start from `since` on. One query.

    Periods without a figure are absent.
    """
    found: dict[str, dict[dt.date, Decimal]] = {metric: {} for metric in metrics}
    rows = _series(tuple(sorted(found)))(period=period, dimension=dimension, since=since)
    for metric, starts_on, total in rows:
        found[metric][starts_on] = total
    return found


@lru_cache(maxsize=32)
def _series(metrics: tuple[str, ...]) -> PreparedValues:
    wanted: dict[str, Any] = {name: Given(name, TextField()) for name in ("period", "dimension")}
    return PreparedValues(
        lambda: (
            Rollup.objects.filter(metric__in=metrics, starts_on__gte=Given("since", DateField()), **wanted)
            .order_by("starts_on")
            .values_list("metric", "starts_on")
            .annotate(total=Sum("value"))
        )
    )
