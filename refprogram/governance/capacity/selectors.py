"""Reading the register of demand."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, Sum

from refprogram.governance.capacity.models import Demand

NONE = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One kind of work: its hours in each month, and together."""

    name: str
    hours: list[Decimal]

    @property
    def total(self) -> Decimal:
        """All months together."""
        return sum(self.hours, NONE)


@dataclass(frozen=True)
class Grid:
    """Hours by kind of work and month; most first."""

    months: list[dt.date]
    lines: list[Line]
    totals: list[Decimal]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.totals, NONE)


def months_around(day: dt.date, *, before: int, after: int) -> list[dt.date]:
    """Return the first days of so many months before a day's own, its own, and so many after it."""
    own = day.year * 12 + day.month - 1
    return [dt.date(at // 12, at % 12 + 1, 1) for at in range(own - before, own + after + 1)]


def hours_by_month(months: list[dt.date]) -> Grid:
    """Return what is asked of the program in these months; one query."""
    rows = Demand.objects.filter(month__range=(months[0], months[-1]))
    found = rows.values("kind", "month").annotate(asked=Sum("hours"), word=Max("name")).order_by("kind", "month")
    by_kind: dict[str, dict[dt.date, Decimal]] = {}
    names: dict[str, str] = {}
    for row in found:
        by_kind.setdefault(row["kind"], {})[row["month"]] = row["asked"]
        names[row["kind"]] = row["word"]
    lines = [Line(names[kind], [hours.get(month, NONE) for month in months]) for kind, hours in by_kind.items()]
    lines.sort(key=lambda line: (-line.total, line.name))
    totals = [sum((line.hours[at] for line in lines), NONE) for at in range(len(months))]
    return Grid(months, lines, totals)


def wanted_in(month: dt.date) -> list[Demand]:
    """Return what is asked of the program in a month, in the order in which it was asked: who came first, first."""
    return list(Demand.objects.filter(month=month).order_by("recorded_at", "pk"))
