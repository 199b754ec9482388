"""The API of the directory and of launches: the same services and permissions as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from pydantic import Field

from refprogram.governance.stakeholders import selectors, services
from refprogram.governance.stakeholders.enums import Knows
from refprogram.governance.stakeholders.filters import EntryFilter
from refprogram.governance.stakeholders.models import DirectoryEntry, Launch
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues

router = api.Router(tags=["governance"])


class DirectoryEntryOut(api.Thing):
    """A colleague who knows something that references need."""

    user: api.Ref
    knows: Knows
    topics: str
    reach: str


class DirectoryEntryIn(api.Input):
    """What a colleague (`user`, an id) knows; said again for the same kind, the last word holds."""

    user: str = Field(max_length=32)
    knows: Knows
    topics: str = Field(max_length=300)
    reach: str = Field("", max_length=200)


class DirectoryEntryPatch(api.Input):
    """What they know by now."""

    topics: str | None = Field(None, max_length=300)
    reach: str | None = Field(None, max_length=200)


class LaunchOut(api.Thing):
    """Something on the roadmap, and how many references it needs."""

    name: str
    product: str
    on: dt.date
    references: int
    hours: Decimal


class LaunchIn(api.Input):
    """Something on the roadmap; `hours` is our work for each reference."""

    name: str = Field(max_length=160)
    product: str = Field("", max_length=120)
    on: dt.date
    references: int = Field(ge=0, le=500)
    hours: Decimal = Field(Decimal("1.5"), ge=0, le=999, max_digits=5, decimal_places=2)


class LaunchPatch(api.Input):
    """What changes of a launch."""

    name: str | None = Field(None, max_length=160)
    product: str | None = Field(None, max_length=120)
    on: dt.date | None = None
    references: int | None = Field(None, ge=0, le=500)
    hours: Decimal | None = Field(None, ge=0, le=999, max_digits=5, decimal_places=2)


def _demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


# ---------------------------------------------------------------- who knows what


def _entry(request: MemberRequest, public_id: str) -> DirectoryEntry:
    row: DirectoryEntry = api.found(selectors.entries_for(request.user), public_id)
    return row


@api.listing(router, "/directory", DirectoryEntryOut, filters=EntryFilter, search=selectors.search_entries)
def list_directory(request: MemberRequest) -> QuerySet[DirectoryEntry]:
    """List who knows what."""
    _demand(request, "governance.see_directory")
    return selectors.entries_for(request.user)


@router.get("/directory/{public_id}", response=DirectoryEntryOut)
def get_directory_entry(request: MemberRequest, public_id: str) -> Any:
    """Return what one colleague knows."""
    return _entry(request, public_id)


@router.post("/directory", response={201: DirectoryEntryOut})
def create_directory_entry(request: MemberRequest, data: DirectoryEntryIn) -> Any:
    """Say what a colleague knows."""
    _demand(request, "governance.keep_directory")
    user = api.one_of(colleagues(), data.user or "?", "user")
    made = services.add_entry(user=user, by=request.user, **data.dict(exclude={"user"}))
    return api.Status(201, _entry(request, made.public_id))


@router.patch("/directory/{public_id}", response=DirectoryEntryOut)
def change_directory_entry(request: MemberRequest, public_id: str, data: api.PatchDict[DirectoryEntryPatch]) -> Any:
    """Say differently what they know."""
    row = _entry(request, public_id)
    words = {"topics": row.topics, "reach": row.reach} | {name: said or "" for name, said in data.items()}
    services.change_entry(entry=row, by=request.user, **words)
    return _entry(request, public_id)


@router.delete("/directory/{public_id}", response={204: None})
def delete_directory_entry(request: MemberRequest, public_id: str) -> Any:
    """Take a colleague out of the directory."""
    services.remove_entry(entry=_entry(request, public_id), by=request.user)
    return api.Status(204, None)


# ---------------------------------------------------------------- what comes


def _launch(request: MemberRequest, public_id: str) -> Launch:
    row: Launch = api.found(selectors.launches_for(request.user), public_id)
    return row


@api.listing(router, "/launches", LaunchOut)
def list_launches(request: MemberRequest) -> QuerySet[Launch]:
    """List what comes that will need references."""
    _demand(request, "governance.see_directory")
    return selectors.launches_for(request.user)


@router.get("/launches/{public_id}", response=LaunchOut)
def get_launch(request: MemberRequest, public_id: str) -> Any:
    """Return one launch."""
    return _launch(request, public_id)


@router.post("/launches", response={201: LaunchOut})
def create_launch(request: MemberRequest, data: LaunchIn) -> Any:
    """Put a launch on the roadmap: its references count as work of its month."""
    return api.Status(201, services.plan_launch(facts=data.dict(), by=request.user))


@router.patch("/launches/{public_id}", response=LaunchOut)
def change_launch(request: MemberRequest, public_id: str, data: api.PatchDict[LaunchPatch]) -> Any:
    """Change a launch: its work moves along with its month."""
    return services.plan_launch(launch=_launch(request, public_id), facts=data, by=request.user)


@router.delete("/launches/{public_id}", response={204: None})
def delete_launch(request: MemberRequest, public_id: str) -> Any:
    """Take a launch off the roadmap: it asks for nothing any more."""
    services.drop_launch(launch=_launch(request, public_id), by=request.user)
    return api.Status(204, None)
