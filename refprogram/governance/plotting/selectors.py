"""Reading the map: what was asked, what waits elsewhere, what was said no to in a quarter."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.plotting.enums import SAID_NO, Place, PlotState
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.kernel.labels import Label
from refprogram.people.models import User

NONE = Decimal(0)


def visible_to(user: User) -> QuerySet[PlottedRequest]:
    """Return what a colleague may read: all for who runs or backs the program; what they plotted, or have to answer."""
    rows = PlottedRequest.objects.all()
    if user.has_perm("governance.see_plotted"):
        return rows
    return rows.filter(Q(plotted_by=user.pk) | Q(redirect_to=user.pk))


def with_people(rows: QuerySet[PlottedRequest]) -> QuerySet[PlottedRequest]:
    """Add the colleagues that a page names."""
    return rows.select_related("redirect_to__person", "plotted_by__person", "decided_by__person")


def search(rows: QuerySet[PlottedRequest], words: list[str]) -> QuerySet[PlottedRequest]:
    """Narrow to rows that have every word in what was asked, by whom, or in their line."""
    for word in words:
        rows = rows.filter(Q(text__icontains=word) | Q(asked_by__icontains=word) | Q(line_name__icontains=word))
    return rows


def overdue(rows: QuerySet[PlottedRequest], today: dt.date) -> QuerySet[PlottedRequest]:
    """Return what should have been answered elsewhere by now."""
    return rows.filter(state=PlotState.REDIRECTED, due_on__lt=today)


def fallen(row: PlottedRequest) -> list[tuple[str, int, Decimal]]:
    """Return what it would have pushed out of its month, by kind of work: (kind, how many, hours), most hours first."""
    times: Counter[str] = Counter(one["name"] for one in row.displaced)
    hours = {name: sum((Decimal(one["hours"]) for one in row.displaced if one["name"] == name), NONE) for name in times}
    return sorted(((name, times[name], hours[name]) for name in times), key=lambda kind: (-kind[2], kind[0]))


def labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how plotted requests are called."""
    return {row.pk: Label(row.text, row.get_absolute_url()) for row in visible_to(viewer).filter(pk__in=list(ids))}


# ---------------------------------------------------------------- no, because


@dataclass
class Hole:
    """What was said no to for one reason: a line of the charter, or nothing in it."""

    name: str
    times: int = 0
    hours: Decimal = NONE
    value: Decimal | None = None
    redirected: int = 0
    settled: int = 0
    outcomes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """A quarter of no: by line (most hours first), the rows themselves, and how much of all that was asked was ours."""

    quarter: Quarter
    holes: list[Hole]
    rows: list[PlottedRequest]
    asked: int
    inside: int

    @property
    def hours(self) -> Decimal:
        """The hours that were not spent."""
        return sum((hole.hours for hole in self.holes), NONE)

    @property
    def value(self) -> Decimal | None:
        """What was at stake, where somebody said so; None where nobody did."""
        known = [hole.value for hole in self.holes if hole.value is not None]
        return sum(known, NONE) if known else None

    @property
    def in_charter(self) -> float | None:
        """The share of what was asked that the charter has inside; None where nothing was asked."""
        return self.inside / self.asked if self.asked else None


def said_no_in(quarter: Quarter) -> QuerySet[PlottedRequest]:
    """Return what was said no to in a quarter, or passed on, the oldest first."""
    rows = PlottedRequest.objects.filter(
        state__in=SAID_NO,
        decided_at__gte=_start(quarter),
        decided_at__lt=_start(quarter.after),
    )
    return with_people(rows).order_by("decided_at", "pk")


def no_because(quarter: Quarter) -> Report:
    """Return a quarter's report; two queries."""
    rows = list(said_no_in(quarter))
    holes: dict[str, Hole] = {}
    for row in rows:
        hole = holes.setdefault(row.line_name, Hole(row.line_name))
        hole.times += 1
        hole.hours += row.hours
        hole.redirected += row.redirect_to_id is not None
        hole.settled += row.state == PlotState.SETTLED
        if row.value is not None:
            hole.value = (hole.value or NONE) + row.value
        if row.outcome:
            hole.outcomes.append(row.outcome)
    asked = PlottedRequest.objects.filter(created_at__gte=_start(quarter), created_at__lt=_start(quarter.after))
    counted = Counter(asked.values_list("place", flat=True))
    ordered = sorted(holes.values(), key=lambda hole: (-hole.hours, hole.name))
    return Report(quarter, ordered, rows, counted.total(), counted[Place.INSIDE])


def _start(quarter: Quarter) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(quarter.starts_on, dt.time()))
