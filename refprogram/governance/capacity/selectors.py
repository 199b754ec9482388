"""Reading the register of demand, and how far the program's hours reach."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Avg, Count, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.formats import date_format

from refprogram.governance.capacity import policy
from refprogram.governance.capacity.models import CapacityAlert, Demand
from refprogram.governance.capacity.shortage import NONE, Worst, percent_short, worst_of
from refprogram.governance.capacity.staff import Staff, hours_available
from refprogram.kernel.labels import Label
from refprogram.people.models import User

SERVED = ("-done", "recorded_at", "pk")  # what is done has its hours; then who came first
LEARNED_FROM = 12  # months: what a kind of work took so far


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


@dataclass(frozen=True)
class Reach:
    """What is asked of each month beside the hours that there are, and by how much these fall short."""

    grid: Grid
    available: list[Decimal]

    @property
    def shares(self) -> list[int | None]:
        """Understaffed % of each month."""
        return [percent_short(asked, has) for asked, has in zip(self.grid.totals, self.available, strict=True)]

    @property
    def hours(self) -> Decimal:
        """All hours that there are."""
        return sum(self.available, NONE)

    def ahead(self, now: dt.date) -> "Ahead":
        """Return how it stands from a month on: what is over helps nobody any more."""
        first = self.grid.months.index(now)
        asked, available = sum(self.grid.totals[first:], NONE), sum(self.available[first:], NONE)
        shares = list(zip(self.grid.months, self.shares, strict=True))[first:]
        return Ahead(asked, available, len(shares), worst_of(shares))


@dataclass(frozen=True)
class Ahead:
    """This month and those to come: hours asked for, hours there are, and the month that is worst off."""

    asked: Decimal
    available: Decimal
    months: int
    worst: Worst | None


@dataclass(frozen=True)
class Kind:
    """A kind of work that was asked for lately: how often, and the hours that one of it took."""

    kind: str
    name: str
    times: int
    each: Decimal


def months_around(day: dt.date, *, before: int, after: int) -> list[dt.date]:
    """Return the first days of so many months before a day's own, its own, and so many after it."""
    own = day.year * 12 + day.month - 1
    return [dt.date(at // 12, at % 12 + 1, 1) for at in range(own - before, own + after + 1)]


def months_to_come(day: dt.date) -> list[dt.date]:
    """Return the months that are looked ahead to: a day's own and so many after it, by the program settings."""
    return months_around(day, before=0, after=policy.now().months_ahead)


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


def reach(months: list[dt.date], staff: Staff | None = None) -> Reach:
    """Return what is asked of these months beside the program's hours; six queries, one where `staff` is known."""
    hours = {one: staff.hours(one) for one in months} if staff else hours_available(months)
    return Reach(hours_by_month(months), [hours[month] for month in months])


def kinds_lately(today: dt.date) -> list[Kind]:
    """Return the kinds of work that were asked for in the last year or are to come, by name; one query."""
    since = months_around(today, before=LEARNED_FROM, after=0)[0]
    rows = Demand.objects.filter(month__gte=since).values("kind")
    found = rows.annotate(word=Max("name"), times=Count("pk"), each=Avg("hours")).order_by("word", "kind")
    return [Kind(row["kind"], row["word"], row["times"], row["each"].quantize(Decimal("0.01"))) for row in found]


def wanted_in(month: dt.date) -> list[Demand]:
    """Return what is asked of the program in a month, in the order in which it was asked: who came first, first."""
    return list(Demand.objects.filter(month=month).order_by(*SERVED))


def wanted_by_month(months: Sequence[dt.date]) -> dict[dt.date, list[Demand]]:
    """Return the same for several months; one query."""
    found: dict[dt.date, list[Demand]] = {month: [] for month in months}
    for one in Demand.objects.filter(month__in=found).order_by(*SERVED):
        found[one.month].append(one)
    return found


# ---------------------------------------------------------------- months that lack hours


def open_alerts(month: dt.date) -> QuerySet[CapacityAlert]:
    """Return the months from one on that lack hours, as they stood when they were last looked at."""
    return CapacityAlert.objects.filter(relieved_at__isnull=True, month__gte=month).order_by("month")


def who_hears() -> list[User]:
    """Return who hears that a month lacks hours: the program's people and its sponsors."""
    return list(User.objects.filter(role__in=policy.HEAR, is_active=True).select_related("person").order_by("pk"))


def alert_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how such months are called."""
    if not viewer.has_perm("governance.see_capacity"):
        return {}
    rows = CapacityAlert.objects.filter(pk__in=list(ids))
    return {row.pk: Label(month_word(row.month), row.get_absolute_url()) for row in rows}


def month_word(month: dt.date) -> str:
    """Return a month in words; with its year where that is not this one."""
    return date_format(month, "F" if month.year == timezone.localdate().year else "F Y")
