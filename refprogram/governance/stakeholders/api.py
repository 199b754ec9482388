"""The API of stakeholders: the same services and permissions as the pages."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from pydantic import Field

from refprogram.governance.stakeholders import selectors, services
from refprogram.governance.stakeholders.filters import StakeholderFilter
from refprogram.governance.stakeholders.models import Requirement, Stakeholder, StakeholderGroup
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
    revision: int
    requirements: list[RequirementOut]


class StakeholderIn(api.Input):
    """A colleague (`user`, an id) or somebody outside (`name`), and what is known of them."""

    user: str = ""
    name: str = Field("", max_length=120)
    part: str = Field("", max_length=120)
    group: str
    influence: int = Field(ge=1, le=5)
    interest: int = Field(ge=1, le=5)
    success: str = Field("", max_length=5000)
    keeper: str = ""
    every_days: int = Field(0, ge=0, le=730)


class StakeholderPatch(api.Input):
    """What changes of what is known; ids for `group` and `keeper`, an empty `keeper` is nobody."""

    name: str | None = Field(None, max_length=120)
    part: str | None = Field(None, max_length=120)
    group: str | None = None
    influence: int | None = Field(None, ge=1, le=5)
    interest: int | None = Field(None, ge=1, le=5)
    success: str | None = Field(None, max_length=5000)
    keeper: str | None = None
    every_days: int | None = Field(None, ge=0, le=730)
    revision: int | None = Field(None, ge=0, description="As you read it: 409 `stale` if somebody changed it since.")


class StakeholderContactIn(api.Input):
    """They were spoken to."""

    on: dt.date
    note: str = Field("", max_length=2000)


class StakeholderGroupOut(api.Thing):
    """Those who want the same of the program; at most three groups are key."""

    name: str
    is_key: bool


class RequirementIn(api.Input):
    """What they need."""

    text: str = Field(max_length=300)
    due_on: dt.date | None = None


def _rows(request: MemberRequest) -> QuerySet[Stakeholder]:
    if not request.user.has_perm("governance.see_stakeholders"):
        raise PermissionDenied
    return selectors.with_standing(selectors.visible_to(request.user)).prefetch_related("requirements")


def _row(request: MemberRequest, public_id: str) -> Stakeholder:
    row: Stakeholder = api.found(_rows(request), public_id)
    return row


def _facts(request: MemberRequest, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body with rows for ids."""
    rows = {"group": selectors.groups_for(request.user), "keeper": colleagues()}
    return {**data, **{name: api.one_of(rows[name], data[name], name) for name in rows if name in data}}


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
    user = api.one_of(colleagues(), data.user, "user")
    made = services.add_stakeholder(facts=_facts(request, data.dict()), user=user, by=request.user)
    return api.Status(201, _row(request, made.public_id))


@router.patch("/stakeholders/{public_id}", response=StakeholderOut)
def change_stakeholder(request: MemberRequest, public_id: str, data: api.PatchDict[StakeholderPatch]) -> Any:
    """Change what is known of a stakeholder; a colleague keeps their own name."""
    row = _row(request, public_id)
    facts = _facts(request, data)
    services.change_stakeholder(row=row, facts=facts, revision=facts.get("revision"), by=request.user)
    return _row(request, public_id)


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


@router.post("/stakeholders/{public_id}/requirements/{requirement_id}/meet", response=StakeholderOut)
def meet_requirement(request: MemberRequest, public_id: str, requirement_id: str) -> Any:
    """Say that it is met today; again takes it back."""
    rows = selectors.requirements_for(request.user).filter(stakeholder__public_id=public_id)
    requirement: Requirement = api.found(rows, requirement_id)
    services.meet_requirement(requirement=requirement, by=request.user)
    return _row(request, public_id)


@api.listing(router, "/stakeholder-groups", StakeholderGroupOut)
def list_stakeholder_groups(request: MemberRequest) -> QuerySet[StakeholderGroup]:
    """List the groups of stakeholders."""
    if not request.user.has_perm("governance.see_stakeholders"):
        raise PermissionDenied
    return selectors.groups_for(request.user)
