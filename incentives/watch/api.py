"""Bookings that are looked at, over the API."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from pydantic import Field

from incentives.watch import selectors, services
from incentives.watch.enums import LookState, Why
from incentives.watch.models import Look
from incentives.watch.tables import LookFilter
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])


class LookOut(api.Thing):
    """A booking that somebody is to look at."""

    person: api.Ref
    entry: str
    memo: str
    why: list[Why]
    state: LookState
    doubt: str
    reason: str
    created_at: dt.datetime
    ended_at: dt.datetime | None

    @staticmethod
    def resolve_entry(obj: Look) -> str:
        return obj.entry.public_id

    @staticmethod
    def resolve_memo(obj: Look) -> str:
        return obj.entry.memo


class LookReason(api.Input):
    """Why it is in order, or not."""

    reason: str = Field(max_length=200)


def _rows(request: MemberRequest) -> QuerySet[Look]:
    if not request.user.has_perm(services.WATCH):
        raise NotAllowed("Your role does not include this.")
    return selectors.visible_to(request.user)


@api.listing(router, "/looks", LookOut, filters=LookFilter)
def list_looks(request: MemberRequest) -> QuerySet[Look]:
    """List the bookings that are looked at; never one's own."""
    return _rows(request)


@router.get("/looks/{public_id}", response=LookOut)
def get_look(request: MemberRequest, public_id: str) -> Any:
    """Return one."""
    return api.found(_rows(request), public_id)


@router.post("/looks/{public_id}/clear", response=LookOut)
def clear_look(request: MemberRequest, public_id: str, data: LookReason) -> Any:
    """Say that it is in order."""
    look = api.found(_rows(request), public_id)
    services.clear(look=look, reason=data.reason, actor=request.user)
    return api.found(_rows(request), public_id)


@router.post("/looks/{public_id}/doubt", response=LookOut)
def doubt_look(request: MemberRequest, public_id: str, data: LookReason) -> Any:
    """Ask to take the points back; somebody else confirms."""
    look = api.found(_rows(request), public_id)
    services.doubt(look=look, reason=data.reason, actor=request.user)
    return api.found(_rows(request), public_id)


@router.post("/looks/{public_id}/confirm", response=LookOut)
def confirm_look(request: MemberRequest, public_id: str) -> Any:
    """Take the points back, as somebody else asked."""
    services.confirm(look=api.found(_rows(request), public_id), actor=request.user)
    return api.found(_rows(request), public_id)
