"""The API of metrics: what was counted, what it means, what was kept."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import Field

from refprogram.dashboards import figures
from refprogram.dashboards.enums import CountingKind
from refprogram.dashboards.metrics import counting, kept
from refprogram.dashboards.metrics.dictionary import Group, Metric, Unit
from refprogram.dashboards.metrics.registry import EIGHT, METRICS
from refprogram.dashboards.models import Counting
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["dashboards"])


class MetricOut(api.Schema):
    """One metric of the dictionary with its last value; without data `value` is null and `why` says why."""

    name: str = Field(description="Its key.")
    label: str
    about: Group
    unit: Unit
    value: Decimal | None
    n: int | None = Field(description="How many rows are behind it.")
    low: Decimal | None = Field(description="Where its 95 % interval begins, if it has one.")
    high: Decimal | None
    why: str = Field(description="no_data, too_few, not_set, not_kept, or empty.")
    target: Decimal | None
    formula: str
    example: str
    source: str
    owner: str
    as_of: dt.date | None
    counted_at: dt.datetime | None
    url: str
    rows_url: str = Field(description="The list of the rows behind it; empty for who may not open that.")


class MetricsOut(api.Schema):
    """The whole dictionary."""

    items: list[MetricOut]


class ReadingOut(api.Schema):
    """One metric of what was kept."""

    name: str
    value: Decimal | None
    n: int | None
    low: Decimal | None
    high: Decimal | None
    why: str


class FiguresKeptOut(api.Thing):
    """Figures that a month or a person kept."""

    kind: CountingKind
    as_of: dt.date
    counted_at: dt.datetime
    afterwards: bool = Field(description="Counted when the month was over, from what rows still said.")
    note: str
    taken_by: api.Ref | None


class KeptInFull(FiguresKeptOut):
    """The same with every metric."""

    readings: list[ReadingOut]

    @staticmethod
    def resolve_readings(obj: Counting) -> list[dict[str, Any]]:
        return [
            {**{name: getattr(row, name) for name in ("value", "n", "low", "high", "why")}, "name": row.metric}
            for row in obj.readings.defer("facts").order_by("pk")
        ]


class KeepIn(api.Input):
    """What for."""

    note: str = Field(max_length=200, min_length=1)


def _demand(request: MemberRequest, permission: str = "dashboards.see_metrics") -> None:
    if not request.user.has_perm(permission):
        raise NotAllowed(_("The program’s figures are for those who oversee or run it."))


@router.get("/metrics", response=MetricsOut)
def list_metrics(request: MemberRequest) -> Any:
    """List every metric with its last value, formula, source and the address of its rows."""
    _demand(request)
    counted, goals = kept.counted(), figures.targets_for(request.user)
    return {
        "items": [
            _metric(request, one, counted, goals.get(one.key) if one.key in EIGHT else None) for one in METRICS.values()
        ]
    }


@router.get("/metrics/{name}", response=MetricOut)
def get_metric(request: MemberRequest, name: str) -> Any:
    """Read one metric."""
    _demand(request)
    if name not in METRICS:
        raise Http404
    goals = figures.targets_for(request.user) if name in EIGHT else {}
    return _metric(request, METRICS[name], kept.counted(metrics=[name]), goals.get(name))


def _metric(request: MemberRequest, one: Metric, counted: kept.Counted, target: Decimal | None) -> dict[str, Any]:
    reading = counted.reading(one.key) or kept.Said(why="no_data")
    row = counted.counting
    place = one.rows(row.as_of if row else timezone.localdate())
    may = not place.permission or request.user.has_perm(place.permission)
    return {
        "name": one.key,
        "label": str(one.name),
        "about": one.group,
        "unit": one.unit,
        **{name: getattr(reading, name) for name in ("value", "n", "low", "high", "why")},
        "target": target,
        "formula": str(one.text),
        "example": str(one.example.words),
        "source": str(one.source),
        "owner": str(one.owner),
        "as_of": row.as_of if row else None,
        "counted_at": row.counted_at if row else None,
        "url": api.absolute(one.url),
        "rows_url": api.absolute(place.url) if may else "",
    }


@api.listing(router, "/kept-figures", FiguresKeptOut)
def list_kept_figures(request: MemberRequest) -> QuerySet[Counting]:
    """List what months and people kept."""
    _demand(request)
    return kept.kept_countings()


@router.get("/kept-figures/{public_id}", response=KeptInFull)
def get_kept_figures(request: MemberRequest, public_id: str) -> Counting:
    """Read all metrics as they were kept."""
    _demand(request)
    return api.found(kept.kept_countings(), public_id)


@router.post("/kept-figures", response={201: KeptInFull})
def keep_figures(request: MemberRequest, data: KeepIn) -> Any:
    """Count everything now and keep it."""
    _demand(request, "dashboards.keep_figures")
    return api.Status(201, counting.keep_by_hand(actor=request.user, note=data.note))
