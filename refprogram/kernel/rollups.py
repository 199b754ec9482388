"""Keeping figures by week, month, quarter and year as events arrive, and reading them ranked."""

import datetime as dt
from collections import defaultdict
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

# Postgres finds the four periods of a day by itself. Rows are written in one fixed order, so that two transactions
# cannot wait for each other in a ring.
_UPSERT = """
INSERT INTO kernel_rollup (metric, period, starts_on, dimension, key, value)
SELECT %(metric)s, period, starts_on, dimension, key, sum(value)
FROM unnest(%(day)s::date[], %(dimension)s::text[], %(key)s::bigint[], %(value)s::numeric[])
    AS told (day, dimension, key, value)
CROSS JOIN LATERAL (VALUES
    ('week', CAST(date_trunc('week', day) AS date)), ('month', CAST(date_trunc('month', day) AS date)),
    ('quarter', CAST(date_trunc('quarter', day) AS date)), ('year', CAST(date_trunc('year', day) AS date))
) AS periods (period, starts_on)
GROUP BY period, starts_on, dimension, key
ORDER BY period, starts_on, dimension, key
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


# The viewer's own figure among the others, by what the index knows: who has more, and the least of them.
_STANDING = """
SELECT coalesce(mine.value, 0), count(*), coalesce(sum(r.value), 0), count(*) FILTER (WHERE r.value > mine.value),
       min(r.value) FILTER (WHERE r.value > mine.value)
FROM kernel_rollup r
LEFT JOIN kernel_rollup mine ON mine.metric = r.metric AND mine.period = r.period AND mine.starts_on = r.starts_on
    AND mine.dimension = r.dimension AND mine.key = %(key)s AND mine.value <> 0
WHERE r.metric = %(metric)s AND r.period = %(period)s AND r.starts_on = %(starts_on)s AND r.dimension = %(dimension)s
    AND r.value <> 0
GROUP BY mine.value
"""


@dataclass(frozen=True)
class Standing:
    """Where one key stands: its rank (None: no figure), its value, the next better one; how many, and their sum."""

    rank: int | None
    value: Decimal
    better: Decimal | None
    of: int
    total: Decimal


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


def moment_of(day: dt.date) -> dt.datetime:
    """Return when a day begins: in the program's own zone."""
    return dt.datetime.combine(day, dt.time.min, tzinfo=timezone.get_default_timezone())


def add(*, metric: str, at: dt.datetime, keys: Mapping[str, int | None], value: Decimal | int) -> None:
    """Add `value` to the figure of every dimension in `keys` (dimension -> id, None is skipped) in all four periods."""
    add_many(metric, [(at, keys, value)])


def add_many(metric: str, facts: Iterable[tuple[dt.datetime, Mapping[str, int | None], Decimal | int]]) -> None:
    """Add many facts (moment, keys, value) to a figure, as `add` does one.

    One statement.
    """
    told: dict[tuple[dt.date, str, int], Decimal | int] = defaultdict(int)
    for at, keys, value in facts:
        day = day_of(at)
        for dimension, key in keys.items():
            if key is not None:
                told[day, dimension, key] += value
    if not told:
        return
    days, dimensions, ids = zip(*told, strict=True)
    given = {"day": days, "dimension": dimensions, "key": ids, "value": told.values()}
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, {"metric": metric} | {name: list(column) for name, column in given.items()})


def ranking(*, metric: str, period: str, starts_on: dt.date, dimension: str, limit: int = 1000) -> list[Ranked]:
    """Return the ranking of one figure, best first; equal values share a rank (1, 1, 3)."""
    with connection.cursor() as cursor:
        cursor.execute(_RANKED, [metric, period, starts_on, dimension, limit])
        return [Ranked(*row) for row in cursor.fetchall()]


def standing(*, metric: str, period: str, starts_on: dt.date, dimension: str, key: int | None) -> Standing:
    """Return where one key stands in the ranking of a figure: one query, whatever its length."""
    asked: dict[str, Any] = {"metric": metric, "period": period, "starts_on": starts_on, "dimension": dimension}
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, {**asked, "key": key})
        row = cursor.fetchone()
    if row is None:
        return Standing(None, Decimal(0), None, 0, Decimal(0))
    value, of, total, above, better = row
    return Standing(above + 1 if value else None, value, better, of, total)


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
