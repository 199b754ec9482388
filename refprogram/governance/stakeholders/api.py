"""The API of stakeholders and of the directory: the same services and permissions as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from pydantic import Field

from refprogram.governance.stakeholders import selectors, services
from refprogram.governance.stakeholders.filters import StakeholderFilter
from refprogram.governance.stakeholders.models import Launch, Stakeholder
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues

router = api.Router(tags=["governance"])


class RequirementOut(api.Schema):
    """What a stakeholder needs; `met_on` is null while it is not met."""

    id: str = Field(alias="public_id")
    text: str
    due_on: dt.date | None
    met_on: dt.date | None


class StakeholderOut(api.Thing):
    """Somebody who has a stake in the program; `pulse` is their last answer, from 1 to 5."""

    name: str
    part: str
    group: api.Ref
    influence: int
    interest: int
    success: str
    keeper: api.Ref | None
    every_days: int
    contacted_on: dt.date | None
    pulse: int | None
    requirements: list[RequirementOut]


class StakeholderIn(api.Input):
    """A colleague (`user`, an id) or somebody outside (`name`), and what is known of them."""

    user: str = ""
    name: str = Field("", max_length=120)
    part: str = Field("", max_length=120)
    group: str
    influence: int = Field(ge=1, le=5)
    interest: int = Field(ge=1, le=5)
    success: str = ""
    keeper: str = ""
    every_days: int = Field(0, ge=0, le=730)


class StakeholderContactIn(api.Input):
    """They were spoken to."""

    on: dt.date
    note: str = Field("", max_length=2000)


class RequirementIn(api.Input):
    """What they need."""

    text: str = Field(max_length=300)
    due_on: dt.date | None = None


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
    hours: Decimal = Field(Decimal("1.5"), ge=0, le=999)


def _rows(request: MemberRequest) -> QuerySet[Stakeholder]:
    if not request.user.has_perm("governance.see_stakeholders"):
        raise PermissionDenied
    return selectors.with_standing(selectors.visible_to(request.user)).prefetch_related("requirements")


def _row(request: MemberRequest, public_id: str) -> Stakeholder:
    row: Stakeholder = api.found(_rows(request), public_id)
    return row


def _facts(request: MemberRequest, data: StakeholderIn) -> dict[str, Any]:
    group: Any = get_object_or_404(selectors.groups_for(request.user), public_id=data.group)
    keeper = get_object_or_404(colleagues(), public_id=data.keeper) if data.keeper else None
    return data.dict() | {"group": group, "keeper": keeper}


@api.listing(router, "/stakeholders", StakeholderOut, filters=StakeholderFilter, search=selectors.search)
def list_stakeholders(request: MemberRequest) -> QuerySet[Stakeholder]:
    """List who has a stake in the program."""
    return _rows(request)


@router.get("/stakeholders/{public_id}", response=StakeholderOut)
def get_stakeholder(request: MemberRequest, public_id: str) -> Any:
    """Return one stakeholder."""
    return _row(request, public_id)


@router.post("/stakeholders", response={201: StakeholderOut})
def create_stakeholder(request: MemberRequest, data: StakeholderIn) -> Any:
    """Add a stakeholder."""
    if not request.user.has_perm("governance.keep_stakeholders"):
        raise PermissionDenied
    user = get_object_or_404(colleagues(), public_id=data.user) if data.user else None
    made = services.add_stakeholder(facts=_facts(request, data), user=user, by=request.user)
    return api.Status(201, _row(request, made.public_id))


@router.post("/stakeholders/{public_id}/contact", response=StakeholderOut)
def contact_stakeholder(request: MemberRequest, public_id: str, data: StakeholderContactIn) -> Any:
    """Note that they were spoken to."""
    services.note_contact(row=_row(request, public_id), on=data.on, note=data.note, by=request.user)
    return _row(request, public_id)


@router.post("/stakeholders/{public_id}/requirements", response={201: StakeholderOut})
def create_requirement(request: MemberRequest, public_id: str, data: RequirementIn) -> Any:
    """Note what they need."""
    services.add_requirement(row=_row(request, public_id), text=data.text, due_on=data.due_on, by=request.user)
    return api.Status(201, _row(request, public_id))


@router.post("/stakeholders/{public_id}/pulse", response=StakeholderOut)
def ask_pulse_of_stakeholder(request: MemberRequest, public_id: str) -> Any:
    """Ask them one question: a colleague by mail, others by the link on their page."""
    services.ask_pulse(row=_row(request, public_id), by=request.user)
    return _row(request, public_id)


def _launches(request: MemberRequest) -> QuerySet[Launch]:
    if not request.user.has_perm("governance.see_directory"):
        raise PermissionDenied
    return selectors.all_launches()


@api.listing(router, "/launches", LaunchOut)
def list_launches(request: MemberRequest) -> QuerySet[Launch]:
    """List what comes that will need references."""
    return _launches(request)


@router.post("/launches", response={201: LaunchOut})
def create_launch(request: MemberRequest, data: LaunchIn) -> Any:
    """Put a launch on the roadmap: its references count as work of its month."""
    return api.Status(201, services.plan_launch(facts=data.dict(), by=request.user))
