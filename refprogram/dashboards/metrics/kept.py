"""Reading what was counted: the newest counting, the one of a day, the twelve months before it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from refprogram.dashboards.enums import CountingKind
from refprogram.dashboards.metrics.counting import MONTHS
from refprogram.dashboards.models import Counting, Reading
from refprogram.kernel import rollups
from refprogram.kernel.enums import Period
from refprogram.kernel.labels import Label
from refprogram.people.models import User

LIVE, MONTH, HAND = CountingKind.LIVE, CountingKind.MONTH, CountingKind.HAND


@dataclass(frozen=True)
class Counted:
    """One counting with its readings, and the kept months up to it, the oldest first."""

    counting: Counting | None
    readings: Mapping[str, Reading] = field(default_factory=dict)
    months: list[Counting] = field(default_factory=list)
    past: Mapping[tuple[int, str], Reading] = field(default_factory=dict)

    def reading(self, metric: str) -> Reading | None:
        """Return what came out for a metric."""
        return self.readings.get(metric)

    def trend(self, metric: str) -> list[tuple[dt.date, Reading | None]]:
        """Return a metric month by month, what is shown now at the end."""
        found = [(one.as_of, self.past.get((one.pk, metric))) for one in self.months]
        if self.counting is not None and self.counting not in self.months:
            found.append((self.counting.as_of, self.readings.get(metric)))
        return found


def counted(*, on: dt.date | None = None, metrics: Iterable[str] = ()) -> Counted:
    """Return what was counted: now, or as of the last month that had ended on a day. Two queries."""
    return _with_past(newest(on), metrics)


def counted_in(counting: Counting, metrics: Iterable[str] = ()) -> Counted:
    """Return one counting with what came before it."""
    return _with_past(counting, metrics)


def newest(on: dt.date | None = None) -> Counting | None:
    """Return the live counting; with a day, the last one of a month that had ended by then."""
    rows = Counting.objects.select_related("taken_by__person")
    if on is None:
        return rows.filter(kind__in=(LIVE, MONTH)).order_by("-as_of", "kind").first()
    return rows.filter(kind=MONTH, as_of__lte=on).order_by("-as_of").first()


def _with_past(counting: Counting | None, metrics: Iterable[str]) -> Counted:
    if counting is None:
        return Counted(None)
    first = counting.as_of.replace(day=1)
    for _month in range(MONTHS):
        first = rollups.previous_start(Period.MONTH, first)
    months = Q(counting__kind=MONTH, counting__as_of__gte=first, counting__as_of__lte=counting.as_of)
    rows = Reading.objects.filter(Q(counting=counting.pk) | months).select_related("counting").defer("facts")
    wanted = list(metrics)
    if wanted:
        rows = rows.filter(metric__in=wanted)
    readings, past, known = {}, {}, {}
    for row in rows.order_by("counting__as_of", "pk"):
        if row.counting_id == counting.pk:
            readings[row.metric] = row
        if row.counting.kind == MONTH:
            past[row.counting_id, row.metric] = row
            known[row.counting_id] = row.counting
    return Counted(counting, readings, list(known.values()), past)


def facts_of(counting: Counting, metric: str) -> dict[str, object]:
    """Return what a metric was computed from."""
    found: dict[str, object] | None = counting.readings.filter(metric=metric).values_list("facts", flat=True).first()
    return found or {}


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
