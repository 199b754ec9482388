"""What goes in and out."""

import datetime as dt

from pydantic import Field

from references.accounts.segments import Dimension
from references.coverage import policy
from references.coverage.enums import PlanState, TargetState
from refprogram.kernel import api


class CellOut(api.Schema):
    """One cell: `row` and `col` are the values of its dimensions (the id of a region or product), empty: not stated."""

    row: str
    col: str
    available: int
    contacts: int
    target: int | None
    demand: float
    missing: int
    unmet: int = Field(description="Requests of the last 90 days for which nobody was found.")
    share: float | None = Field(description="How much of its target it has, at most 1; null without one.")


class MapOut(api.Schema):
    """The map of two dimensions. `coverage` is a share; `as_of` when it was counted, `forecast_at` when demand was."""

    rows: Dimension
    cols: Dimension
    names: dict[str, dict[str, str]]
    coverage: float | None
    as_of: dt.datetime | None
    forecast_at: dt.datetime | None
    cells: list[CellOut]


class PointOut(api.Schema):
    """One kept map."""

    day: dt.date
    available: int
    target: int
    demand: float
    coverage: float | None


class CellTargetIn(api.Input):
    """What a cell should have, e.g. `{"cell": {"industry": "Retail", "region": "3"}, "wanted": 2}`; 0 takes it away."""

    cell: dict[Dimension, str]
    wanted: int = Field(ge=0, le=policy.HIGHEST_TARGET)


class CellTargetsIn(api.Input):
    """Targets of cells."""

    targets: list[CellTargetIn] = Field(max_length=500)


class ChangedOut(api.Schema):
    """How many changed."""

    changed: int


class SegmentOut(api.Schema):
    """One segment of the forecast; `months` are requests expected by the end of each 30 days, and the bench by then."""

    value: str
    name: str
    demand: float
    low: int
    high: int
    deals: float
    pipeline: float
    months: list[dict[str, float]]
    missing: int


class DemandForecastOut(api.Schema):
    """The forecast of a day."""

    made_at: dt.datetime | None
    by: Dimension
    segments: list[SegmentOut]
    left_out: dict[str, int]
    hours: dict[str, float]


class RecruitingOut(api.Thing):
    """A recruiting target."""

    title: str
    cell: dict[str, str]
    wanted: int
    gained: int
    due_on: dt.date
    reason: str
    state: TargetState
    owner: api.Ref | None


class RecruitingIn(api.Input):
    """A recruiting target to set; without a title the cell's name."""

    cell: dict[Dimension, str] = {}
    title: str = Field("", max_length=200)
    wanted: int = Field(ge=1, le=policy.HIGHEST_TARGET)
    due_on: dt.date
    owner: str = ""
    reason: str = Field("", max_length=200)


class RecruitingPatch(api.Input):
    """What may be changed of an open target."""

    title: str = Field(max_length=200)
    wanted: int = Field(ge=1, le=policy.HIGHEST_TARGET)
    due_on: dt.date
    owner: str
    reason: str = Field(max_length=200)


class NominatorOut(api.Schema):
    """A colleague who could nominate in a target's cell, and why they; with their customers there."""

    colleague: api.Ref
    reason: str
    accounts: list[api.Ref]


class AskIn(api.Input):
    """Ids of colleagues to ask; each hears of their own customers in the cell."""

    colleagues: list[str] = Field(min_length=1, max_length=30)


class TargetPlanOut(api.Thing):
    """A plan to win one certain customer."""

    account: api.Ref
    state: PlanState
    reason: str
    asks: list[str]
    offer: str
    due_on: dt.date | None
    won_at: dt.datetime | None
    owner: api.Ref | None
    sponsor: api.Ref | None


class TargetPlanIn(api.Input):
    """A plan to open."""

    account: str
    reason: str = Field("", max_length=2000)
    asks: list[str] = []
    offer: str = Field("", max_length=2000)
    due_on: dt.date | None = None
    owner: str = ""
    sponsor: str = ""


class PlanPatch(api.Input):
    """What may be changed of an open plan."""

    reason: str = Field(max_length=2000)
    asks: list[str]
    offer: str = Field(max_length=2000)
    due_on: dt.date | None
    owner: str
    sponsor: str


class MoveIn(api.Input):
    """The column to which a plan goes."""

    state: PlanState
