"""The API of the map: the same services and permissions as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from pydantic import Field

from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.plotting import selectors, services, weighing
from refprogram.governance.plotting.enums import Place, PlotState
from refprogram.governance.plotting.filters import PlottedFilter
from refprogram.governance.plotting.mapping import MOST
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues

router = api.Router(tags=["governance"])


class PlottedOut(api.Thing):
    """What was asked of the program, as it stood on the map when it was plotted, and what became of it."""

    text: str
    asked_by: str
    place: Place
    line: str
    count: int
    hours: Decimal
    month: dt.date
    available: Decimal
    needed: Decimal
    displaced: list[dict[str, str]]
    value: Decimal | None
    state: PlotState
    because: str
    redirect_to: api.Ref | None
    due_on: dt.date | None
    outcome: str

    @staticmethod
    def resolve_line(obj: PlottedRequest) -> str:
        return obj.line_name


class WeighIn(api.Input):
    """What is asked for; `line` (id), `count` and `hours` for one replace what is read from the words."""

    text: str = Field(max_length=300)
    line: str = ""
    count: int | None = Field(None, ge=1, le=MOST)
    hours: Decimal | None = Field(None, gt=0, le=9999)


class PlotIn(WeighIn):
    """What is asked for, kept on the map."""

    asked_by: str = Field("", max_length=120)
    value: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=2)


class FallingOut(api.Schema):
    """One thing that would fall off the month."""

    name: str
    kind: str
    hours: Decimal


class WeighedOut(api.Schema):
    """Where the charter has a request, what it costs, and what would fall off the month, the latest first."""

    place: Place
    line: str
    count: int
    hours: Decimal
    month: dt.date
    available: Decimal
    needed: Decimal
    falls: list[FallingOut]


class RedirectIn(api.Input):
    """Whom it is passed on to (id), until when, why."""

    to: str
    due_on: dt.date
    because: str = Field(max_length=1000)


class BecauseIn(api.Input):
    """Why not."""

    because: str = Field(max_length=1000)


class PlottedOutcomeIn(api.Input):
    """What came of it."""

    outcome: str = Field(max_length=1000)


class HoleOut(api.Schema):
    """What was said no to under one line of the charter (empty: nothing in it); `value` null where nobody said one."""

    name: str
    times: int
    hours: Decimal
    value: Decimal | None
    redirected: int
    settled: int


class NoBecauseOut(api.Schema):
    """A quarter's report; `in_charter` is the share of what was asked that is in scope, null where nothing was."""

    quarter: str
    hours: Decimal
    value: Decimal | None
    asked: int
    in_charter: float | None
    holes: list[HoleOut]


def _rows(request: MemberRequest) -> QuerySet[PlottedRequest]:
    if not request.user.has_perm("governance.plot"):
        raise PermissionDenied
    return selectors.with_people(selectors.visible_to(request.user))


def _row(request: MemberRequest, public_id: str) -> PlottedRequest:
    row: PlottedRequest = api.found(_rows(request), public_id)
    return row


def _weigh(request: MemberRequest, data: WeighIn) -> weighing.Weighed:
    if not request.user.has_perm("governance.plot"):
        raise PermissionDenied
    return weighing.weigh(data.text, viewer=request.user, line_id=data.line, count=data.count, hours=data.hours)


@api.listing(router, "/plotted-requests", PlottedOut, filters=PlottedFilter, search=selectors.search)
def list_plotted_requests(request: MemberRequest) -> QuerySet[PlottedRequest]:
    """List what was asked of the program, as far as you may see it."""
    return _rows(request)


@router.get("/plotted-requests/{public_id}", response=PlottedOut)
def get_plotted_request(request: MemberRequest, public_id: str) -> Any:
    """Return one request."""
    return _row(request, public_id)


@router.post("/charter/weigh", response=WeighedOut)
def weigh_request(request: MemberRequest, data: WeighIn) -> Any:
    """Say where the charter has a request, what it costs and displaces; nothing is kept."""
    found = _weigh(request, data)
    return {
        "place": found.place, "line": found.line.name if found.line else "", "count": found.count,
        "hours": found.cost, "month": found.month, "available": found.displaced.available,
        "needed": found.displaced.needed, "falls": found.falls,
    }  # fmt: skip


@router.post("/plotted-requests", response={201: PlottedOut})
def create_plotted_request(request: MemberRequest, data: PlotIn) -> Any:
    """Keep a request on the map."""
    row = services.keep(weighed=_weigh(request, data), by=request.user, asked_by=data.asked_by, value=data.value)
    return api.Status(201, _row(request, row.public_id))


@router.post("/plotted-requests/{public_id}/take", response=PlottedOut)
def take_plotted_request(request: MemberRequest, public_id: str) -> Any:
    """Take it on."""
    services.take(row=_row(request, public_id), by=request.user)
    return _row(request, public_id)


@router.post("/plotted-requests/{public_id}/redirect", response=PlottedOut)
def redirect_plotted_request(request: MemberRequest, public_id: str, data: RedirectIn) -> Any:
    """Pass it on to a colleague."""
    row, to = _row(request, public_id), get_object_or_404(colleagues(), public_id=data.to)
    services.redirect(row=row, to=to, due_on=data.due_on, because=data.because, by=request.user)
    return _row(request, public_id)


@router.post("/plotted-requests/{public_id}/decline", response=PlottedOut)
def decline_plotted_request(request: MemberRequest, public_id: str, data: BecauseIn) -> Any:
    """Say no, because."""
    services.decline(row=_row(request, public_id), because=data.because, by=request.user)
    return _row(request, public_id)


@router.post("/plotted-requests/{public_id}/settle", response=PlottedOut)
def settle_plotted_request(request: MemberRequest, public_id: str, data: PlottedOutcomeIn) -> Any:
    """Say what came of what was passed on."""
    services.settle(row=_row(request, public_id), outcome=data.outcome, by=request.user)
    return _row(request, public_id)


@router.get("/no-because", response=NoBecauseOut)
def get_no_because(request: MemberRequest, quarter: str = "") -> Any:
    """Return what the program said no to in a quarter (such as 2026-Q4; by itself this one), by line of the charter."""
    if not request.user.has_perm("governance.see_plotted"):
        raise PermissionDenied
    report = selectors.no_because(Quarter.named(quarter) if quarter else Quarter.now())
    return {
        "quarter": report.quarter.code, "hours": report.hours, "value": report.value, "asked": report.asked,
        "in_charter": report.in_charter, "holes": report.holes,
    }  # fmt: skip
