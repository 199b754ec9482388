"""The map, its targets and trend, the forecast."""

from django.utils.translation import gettext as _

from references.accounts.segment_names import Names
from references.accounts.segments import Dimension
from references.coverage import forecasts, selectors, services
from references.coverage.addresses import Shown
from references.coverage.api.doors import demand, router
from references.coverage.api.shapes import (
    CellOut,
    CellTargetsIn,
    ChangedOut,
    DemandForecastOut,
    MapOut,
    PointOut,
    SegmentOut,
)
from references.coverage.figures import CellFigures
from references.coverage.planning import OF_A_DEAL
from references.coverage.selectors.unmet import unmet_by
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest


@router.get("/coverage", response=MapOut)
def get_coverage(
    request: MemberRequest,
    rows: Dimension = Dimension.INDUSTRY,
    cols: Dimension = Dimension.REGION,
    by: Dimension | None = None,
    value: str = "",
) -> MapOut:
    """Return the coverage map of two dimensions; with `by` and `value` a third one is held at one value."""
    demand(request, "references.see_coverage")
    if rows == cols or by in {rows, cols}:
        message = _("Choose different dimensions.")
        raise InvalidInput(message, errors={"cols": message})
    heat = selectors.HeatMap(Shown(rows, cols, by, value[:80] if by else "", everything=True))
    fresh, missed = selectors.freshness(), unmet_by(rows, cols, heat.shown.held)
    found = {**{pair: CellFigures() for pair in missed}, **heat.found}
    return MapOut(
        rows=rows,
        cols=cols,
        names={
            "rows": {row.value: row.name for row in heat.rows},
            "cols": dict(zip(heat.columns, heat.heads, strict=True)),
        },
        coverage=heat.coverage.share,
        as_of=fresh.counted_at,
        forecast_at=fresh.forecast_at,
        cells=[_cell(*pair, one, missed.get(pair, 0)) for pair, one in sorted(found.items())],
    )


def _cell(row: str, col: str, one: CellFigures, unmet: int) -> CellOut:
    return CellOut(
        row=row,
        col=col,
        available=one.available,
        contacts=one.contacts,
        target=one.target,
        demand=round(one.demand, 4),
        missing=one.missing,
        unmet=unmet,
        share=one.share,
    )


@router.get("/coverage/trend", response=list[PointOut])
def get_coverage_trend(
    request: MemberRequest, rows: Dimension = Dimension.INDUSTRY, cols: Dimension = Dimension.REGION
) -> list[selectors.Point]:
    """Return the kept maps of two dimensions, oldest first."""
    demand(request, "references.see_coverage")
    if rows == cols:
        message = _("Choose different dimensions.")
        raise InvalidInput(message, errors={"cols": message})
    return selectors.Trend((rows, cols)).total()


@router.post("/coverage/targets", response=ChangedOut)
def set_coverage_targets(request: MemberRequest, data: CellTargetsIn) -> ChangedOut:
    """Set what cells should have."""
    demand(request, "references.run_coverage")
    wanted = []
    for one in data.targets:
        cell = {dimension.value: value[:80] for dimension, value in one.cell.items()}
        if not 1 <= len(cell) <= 3:
            message = _("A cell has one to three dimensions.")
            raise InvalidInput(message, errors={"targets": message})
        wanted.append((cell, one.wanted))
    return ChangedOut(changed=services.set_targets(wanted=wanted, actor=request.user))


@router.get("/coverage/forecast", response=DemandForecastOut)
def get_demand_forecast(request: MemberRequest, by: Dimension = Dimension.INDUSTRY) -> DemandForecastOut:
    """Return the requests expected in 90 days by segment, with their range, and what the bench lacks."""
    demand(request, "references.see_coverage")
    if by not in OF_A_DEAL:
        message = _("A deal has no persona.")
        raise InvalidInput(message, errors={"by": message})
    forecast = selectors.newest_forecast()
    if forecast is None:
        return DemandForecastOut(made_at=None, by=by, segments=[], left_out={}, hours={})
    return DemandForecastOut(
        made_at=forecast.made_at,
        by=by,
        segments=[_segment(row) for row in forecasts.rows(forecast, by, Names())],
        left_out=forecasts.left_out(forecast),
        hours={kind: round(time, 2) for kind, _name, _n, time in forecasts.hours(forecast)},
    )


def _segment(row: forecasts.Segment) -> SegmentOut:
    return SegmentOut(
        value=row.value,
        name=row.name,
        demand=round(row.demand, 4),
        low=row.low,
        high=row.high,
        deals=row.deals,
        pipeline=row.pipeline,
        months=[{"demand": round(one.demand, 4), "bench": one.bench} for one in row.months],
        missing=row.wanted,
    )
