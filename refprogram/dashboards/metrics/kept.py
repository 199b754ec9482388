"""Reading what was counted: the newest counting, the one of a day, the twelve months before it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, DateField, Q, QuerySet, TextField
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from refprogram.dashboards.enums import CountingKind
from refprogram.dashboards.metrics.counting import MONTHS
from refprogram.dashboards.models import Counting, Reading
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Given, Prepared, PreparedValues
from refprogram.people.models import User

LIVE, MONTH, HAND = CountingKind.LIVE, CountingKind.MONTH, CountingKind.HAND


class Said(NamedTuple):
    """What came out for one metric of one counting."""

    value: Decimal | None = None
    n: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    why: str = ""


class Month(NamedTuple):
    """A counting that a month left behind."""

    pk: int
    as_of: dt.date


@dataclass(frozen=True)
class Counted:
    """One counting with what came out, and the kept months up to it, the oldest first."""

    counting: Counting | None
    readings: Mapping[str, Said] = field(default_factory=dict)
    months: list[Month] = field(default_factory=list)
    past: Mapping[tuple[int, str], Said] = field(default_factory=dict)

    def reading(self, metric: str) -> Said | None:
        """Return what came out for a metric."""
        return self.readings.get(metric)

    def trend(self, metric: str) -> tuple[tuple[dt.date, Decimal | None], ...]:
        """Return a metric month by month, what is shown now at the end."""
        found = [(one.as_of, _value(self.past.get((one.pk, metric)))) for one in self.months]
        if self.counting is not None and self.counting.kind != MONTH:
            found.append((self.counting.as_of, _value(self.readings.get(metric))))
        return tuple(found)


def _value(said: Said | None) -> Decimal | None:
    return said.value if said else None


def counted(*, on: dt.date | None = None, metrics: Iterable[str] = ()) -> Counted:
    """Return what was counted: now, or as of the last month that had ended on a day. Two queries."""
    return _with_past(newest(on), metrics)


def counted_in(counting: Counting, metrics: Iterable[str] = ()) -> Counted:
    """Return one counting with what came before it."""
    return _with_past(counting, metrics)


def newest(on: dt.date | None = None) -> Counting | None:
    """Return the live counting; with a day, the last one of a month that had ended by then."""
    found = _NEWEST() if on is None else _NEWEST_BY(day=on)
    return found[0] if found else None


_NEWEST = Prepared(lambda: _countings().filter(kind__in=(LIVE, MONTH)).order_by("-as_of", "kind")[:1])
_NEWEST_BY = Prepared(
    lambda: _countings().filter(kind=MONTH, as_of__lte=Given("day", DateField())).order_by("-as_of")[:1]
)


def months_kept() -> list[dt.date]:
    """Return the days as of which months were kept, the last first."""
    rows = Counting.objects.filter(kind=MONTH).order_by("-as_of")
    return list(rows.values_list("as_of", flat=True)[: MONTHS + 1])


def _countings() -> QuerySet[Counting]:
    return Counting.objects.select_related("taken_by__person")


def _with_past(counting: Counting | None, metrics: Iterable[str]) -> Counted:
    if counting is None:
        return Counted(None)
    first = counting.as_of.replace(day=1)
    for _month in range(MONTHS):
        first = rollups.previous_start(Period.MONTH, first)
    rows = _lines(tuple(metrics))(counting=counting.pk, since=first, until=counting.as_of)
    readings, past, known = {}, {}, {}
    for key, kind, as_of, metric, *said in rows:
        one = Said(*said)
        if key == counting.pk:
            readings[metric] = one
        if kind == MONTH:
            past[key, metric] = one
            known[key] = Month(key, as_of)
    return Counted(counting, readings, list(known.values()), past)


@lru_cache(maxsize=128)
def _lines(metrics: tuple[str, ...]) -> PreparedValues:
    """Return the question for some metrics, or for all: what a counting says of them, and what the months before do."""
    since, until = Given("since", DateField()), Given("until", DateField())
    months = Q(counting__kind=MONTH, counting__as_of__gte=since, counting__as_of__lte=until)
    rows = Reading.objects.filter(Q(counting=Given("counting", BigIntegerField())) | months)
    of_these = Q(metric__in=metrics) if metrics else Q()
    return PreparedValues(
        lambda: (
            rows.filter(of_these)
            .order_by("counting__as_of", "pk")
            .values_list("counting", "counting__kind", "counting__as_of", "metric", *Said._fields)
        )
    )


def facts_of(counting: Counting, metric: str) -> dict[str, Any]:
    """Return what a metric was computed from."""
    found = _FACTS(counting=counting.pk, metric=metric)
    return found[0][0] if found else {}


_FACTS = PreparedValues(
    lambda: Reading.objects.filter(
        counting=Given("counting", BigIntegerField()), metric=Given("metric", TextField())
    ).values_list("facts")
)


def readings() -> QuerySet[Reading]:
    """Return every reading that was kept, the live ones too: rows of the history."""
    return Reading.objects.select_related("counting").defer("facts")


def kept_countings() -> QuerySet[Counting]:
    """Return what months and people kept, the newest first."""
    return Counting.objects.exclude(kind=LIVE).select_related("taken_by__person")


def counting_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how countings are called in sentences: "of 30 September 2026"."""
    may = viewer.has_perm("dashboards.see_targets")
    return {
        row.pk: Label(_("of %(day)s") % {"day": date_format(row.as_of, "j F Y")}, row.get_absolute_url() if may else "")
        for row in Counting.objects.filter(pk__in=list(ids))
    }
