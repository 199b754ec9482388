"""Days away, who stands in, and one's own calendar over the API: the same doors as the pages."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people import leave, selectors, services
from refprogram.people.auth import MemberRequest
from refprogram.people.calendars import feeds
from refprogram.people.enums import LeaveKind
from refprogram.people.filters import CoverFilter, LeaveFilter
from refprogram.people.models import Delegation, Leave, User

router = api.Router(tags=["people"])


class LeaveOut(api.Thing):
    """Days away, both included."""

    user: api.Ref
    starts_on: dt.date
    ends_on: dt.date
    kind: LeaveKind | None = Field(description="Null where it is not yours to know.")

    @staticmethod
    def resolve_url(obj: Leave) -> str:
        return api.absolute(obj.user.get_absolute_url())

    @staticmethod
    def resolve_kind(obj: Leave, context: Any) -> str | None:
        return obj.kind if context["request"].user.has_perm("people.set_cover", obj.user) else None


class LeaveIn(api.Input):
    """Days away to note."""

    starts_on: dt.date
    ends_on: dt.date
    kind: LeaveKind = LeaveKind.HOLIDAY
    user: str | None = Field(None, description="Whose; left out: your own.")
    delegate: str | None = Field(None, description="Who stands in on these days: a user's id.")


class CoverOut(api.Thing):
    """Who acts for whom, first and last day included."""

    principal: api.Ref
    delegate: api.Ref
    starts_on: dt.date
    ends_on: dt.date

    @staticmethod
    def resolve_url(obj: Delegation) -> str:
        return api.absolute(obj.principal.get_absolute_url())


class CoverIn(api.Input):
    """Who is to stand in."""

    delegate: str
    starts_on: dt.date
    ends_on: dt.date
    principal: str | None = Field(None, description="For whom; left out: for you.")


class FeedOut(api.Schema):
    """One's own calendar."""

    address: str = Field(description="Shown this once. Whoever has it reads the calendar (iCalendar, `text/calendar`).")


def _whose(request: MemberRequest, field: str, public_id: str | None) -> User:
    """Return the colleague whom a body names, or the reader; only program people speak for others."""
    found: User = request.user if public_id is None else _colleague(request, field, public_id)
    if not request.user.has_perm("people.set_cover", found):
        raise NotAllowed("The days of others are noted by the reference managers.")
    return found


def _colleague(request: MemberRequest, field: str, public_id: str) -> User:
    found = selectors.colleagues().filter(public_id=public_id).first()
    if found is None:
        message = "There is no such colleague."
        raise InvalidInput(message, errors={field: message})
    return found


@api.listing(router, "/leaves", LeaveOut, filters=LeaveFilter)
def list_leaves(request: MemberRequest) -> QuerySet[Leave]:
    """List when colleagues are away: those whose page you may open."""
    return leave.leaves_visible_to(request.user)


@router.get("/leaves/{public_id}", response=LeaveOut)
def get_leave(request: MemberRequest, public_id: str) -> Leave:
    """Return some days away."""
    return api.found(leave.leaves_visible_to(request.user), public_id)


@router.post("/leaves", response={201: LeaveOut})
def create_leave(request: MemberRequest, data: LeaveIn) -> Any:
    """Note days away: your own, or as a reference manager anybody's. Their approvals go to who stands in."""
    user = _whose(request, "user", data.user)
    delegate = _colleague(request, "delegate", data.delegate) if data.delegate else None
    made = services.set_leave(
        user=user, kind=data.kind, starts_on=data.starts_on, ends_on=data.ends_on, actor=request.user, delegate=delegate
    )
    return api.Status(201, api.found(leave.leaves_visible_to(request.user), made.public_id))


@router.post("/leaves/{public_id}/end", response={204: None})
def end_leave(request: MemberRequest, public_id: str) -> Any:
    """Call days away off, today included; what is over stays on record."""
    away = api.found(leave.leaves_visible_to(request.user), public_id)
    _whose(request, "user", away.user.public_id)
    services.end_leave(leave=away, actor=request.user)
    return api.Status(204, None)


@api.listing(router, "/covers", CoverOut, filters=CoverFilter)
def list_covers(request: MemberRequest) -> QuerySet[Delegation]:
    """List who stands in for whom, among those whose page you may open."""
    return leave.covers_visible_to(request.user)


@router.get("/covers/{public_id}", response=CoverOut)
def get_cover(request: MemberRequest, public_id: str) -> Delegation:
    """Return who stands in for whom."""
    return api.found(leave.covers_visible_to(request.user), public_id)


@router.post("/covers", response={201: CoverOut})
def create_cover(request: MemberRequest, data: CoverIn) -> Any:
    """Let a colleague act in your name on some days, or as a reference manager in anybody's."""
    made = services.set_delegation(
        principal=_whose(request, "principal", data.principal),
        delegate=_colleague(request, "delegate", data.delegate),
        starts_on=data.starts_on,
        ends_on=data.ends_on,
        actor=request.user,
    )
    return api.Status(201, api.found(leave.covers_visible_to(request.user), made.public_id))


@router.post("/covers/{public_id}/end", response={204: None})
def end_cover(request: MemberRequest, public_id: str) -> Any:
    """Call it off, today included."""
    cover = api.found(leave.covers_visible_to(request.user), public_id)
    _whose(request, "principal", cover.principal.public_id)
    services.end_delegation(delegation=cover, actor=request.user)
    return api.Status(204, None)


@router.post("/users/me/calendar-feed", response={201: FeedOut})
def open_calendar_feed(request: MemberRequest) -> Any:
    """Give your calendar (agreed calls, days away) an address for calendar programs; the one before closes."""
    return api.Status(201, {"address": feeds.new_address(user=request.user)})


@router.post("/users/me/calendar-feed/close", response={204: None})
def close_calendar_feed(request: MemberRequest) -> Any:
    """Close your calendar: its address opens nothing any more."""
    feeds.close_address(user=request.user)
    return api.Status(204, None)
