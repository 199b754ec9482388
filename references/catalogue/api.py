"""The catalogue over the API."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from pydantic import Field

from references.accounts.models import ActivityType
from references.catalogue import selectors, services
from references.catalogue.enums import Agrees
from references.catalogue.filters import ActivityFilter
from references.consents.enums import Scope
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["activities"])


class ActivityOut(api.Schema):
    """One kind of activity."""

    slug: str
    name: str
    verb: str
    effort: int
    minutes: int
    confirm_days: int
    lead_days: int
    hours: Decimal
    approvals: list[str]
    scopes: list[str]
    live: bool
    self_serve: bool
    retired_at: dt.datetime | None


class ActivityFacts(api.Input):
    """What a kind takes."""

    name: str = Field(min_length=1, max_length=60)
    verb: str = Field(min_length=1, max_length=80, description="Ends the question “Would you …?”")
    effort: int = Field(ge=1, le=500)
    minutes: int = Field(ge=1, le=5000)
    confirm_days: int = Field(5, ge=1, le=120)
    lead_days: int = Field(5, ge=0, le=250)
    hours: Decimal = Field(Decimal(1), ge=0, le=999)
    approvals: list[Agrees] = []
    scopes: list[Scope] = []
    live: bool = True
    self_serve: bool = False


def _demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise NotAllowed("Your role does not include this.")


def _kind(request: MemberRequest, slug: str) -> ActivityType:
    return get_object_or_404(selectors.visible_to(request.user), slug=slug)


@api.listing(router, "/activities", ActivityOut, filters=ActivityFilter)
def list_activities(request: MemberRequest) -> QuerySet[ActivityType]:
    """List what customers can do for the program."""
    _demand(request, "references.see_catalogue")
    return selectors.visible_to(request.user)


@router.post("/activities", response={201: ActivityOut})
def add_activity(request: MemberRequest, data: ActivityFacts) -> Any:
    """Add a kind of activity."""
    _demand(request, "references.edit_catalogue")
    return api.Status(201, services.add(actor=request.user, **data.dict()))


@router.patch("/activities/{slug}", response=ActivityOut)
def change_activity(request: MemberRequest, slug: str, data: api.PatchDict[ActivityFacts]) -> ActivityType:
    """Change what it takes."""
    _demand(request, "references.edit_catalogue")
    return services.change(kind=_kind(request, slug), actor=request.user, **dict(data))


@router.post("/activities/{slug}/retire", response=ActivityOut)
def retire_activity(request: MemberRequest, slug: str) -> ActivityType:
    """Offer it no more."""
    _demand(request, "references.edit_catalogue")
    return services.retire(kind=_kind(request, slug), actor=request.user)


@router.post("/activities/{slug}/bring-back", response=ActivityOut)
def bring_activity_back(request: MemberRequest, slug: str) -> ActivityType:
    """Offer it again."""
    _demand(request, "references.edit_catalogue")
    return services.bring_back(kind=_kind(request, slug), actor=request.user)
