"""Consequences and tasks over the API: the same doors as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from refprogram.governance.consequences import selectors, services, states, terms
from refprogram.governance.consequences.enums import CaseState, Direction, Effect, Period, TaskState
from refprogram.governance.consequences.filters import CaseFilter, PolicyFilter, TaskFilter
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Task
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["consequences"])


class PolicyOut(api.Thing):
    """What is measured and what follows."""

    name: str
    metric: str
    period: Period
    direction: Direction
    threshold: Decimal
    roles: list[str]
    effect: Effect
    privilege: str
    task_title: str
    min_cohort: int
    new_hire_days: int
    notice_days: int
    appeal_days: int
    lasts_days: int
    deal_threshold: Decimal | None
    owner: api.Ref
    live: bool
    live_since: dt.date | None


class CaseOut(api.Thing):
    """One person, one policy, one period."""

    policy: str = Field(description="The policy's name.")
    person: api.Ref
    period_starts_on: dt.date
    period_ends_on: dt.date
    value: Decimal
    threshold: Decimal
    cohort: int
    effect: str
    state: CaseState = Field(description="As it stands now, by its times.")
    notified_at: dt.datetime | None
    appeal_until: dt.datetime | None
    takes_effect_at: dt.datetime | None
    ends_at: dt.datetime | None
    appeal: str
    appeal_answer: str
    reason: str

    @staticmethod
    def resolve_policy(obj: ConsequenceCase) -> str:
        return obj.policy.name

    @staticmethod
    def resolve_person(obj: ConsequenceCase) -> Any:
        return obj.user

    @staticmethod
    def resolve_effect(obj: ConsequenceCase) -> str:
        return terms.of(obj).effect

    @staticmethod
    def resolve_state(obj: ConsequenceCase) -> CaseState:
        return states.standing(obj)


class TaskOut(api.Thing):
    """Something to do."""

    title: str
    detail: str
    assignee: api.Ref
    given_by: api.Ref | None
    due_on: dt.date | None
    state: TaskState
    label: str
    note: str
    finished_at: dt.datetime | None


class WhyIn(api.Schema):
    """A reason."""

    reason: str = Field(max_length=2000)


class TextIn(api.Schema):
    """One's own words."""

    text: str = Field(max_length=2000)


class AppealAnswerIn(api.Schema):
    """The answer to an appeal."""

    grant: bool = Field(description="True: they are right, it is waived.")
    text: str = Field(max_length=2000)


class TaskIn(api.Schema):
    """A task for a colleague."""

    assignee: str = Field(description="The colleague's id.")
    title: str = Field(max_length=160)
    detail: str = Field("", max_length=2000)
    due_on: dt.date | None = None


class NoteIn(api.Schema):
    """What was done."""

    note: str = Field("", max_length=2000)


def _demand(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise NotAllowed(_("Your role does not include this."))


# ---------------------------------------------------------------- policies and cases


@api.listing(router, "/consequences/policies", PolicyOut, filters=PolicyFilter)
def list_policies(request: MemberRequest) -> QuerySet[ConsequencePolicy]:
    """List the policies."""
    _demand(request, "governance.see_policies")
    return selectors.policies_for(request.user)


def _cases(request: MemberRequest) -> QuerySet[ConsequenceCase]:
    _demand(request, "governance.see_cases")
    return selectors.with_people(selectors.visible_to(request.user))


@api.listing(router, "/consequences", CaseOut, filters=CaseFilter, search=selectors.search_cases)
def list_consequences(request: MemberRequest) -> QuerySet[ConsequenceCase]:
    """List the cases that you may see: your own, your team's, or all as one of the board."""
    return _cases(request)


@router.get("/consequences/{public_id}", response=CaseOut)
def get_consequence(request: MemberRequest, public_id: str) -> Any:
    """Return one case."""
    return api.found(_cases(request), public_id)


@router.post("/consequences/{public_id}/notify", response=CaseOut)
def notify_consequence(request: MemberRequest, public_id: str) -> Any:
    """Send the notice."""
    services.notify(case=api.found(_cases(request), public_id), by=request.user)
    return api.found(_cases(request), public_id)


@router.post("/consequences/{public_id}/dismiss", response=CaseOut)
def dismiss_consequence(request: MemberRequest, public_id: str, data: WhyIn) -> Any:
    """Dismiss a proposal, with the reason for the record."""
    services.dismiss(case=api.found(_cases(request), public_id), by=request.user, reason=data.reason)
    return api.found(_cases(request), public_id)


@router.post("/consequences/{public_id}/appeal", response=CaseOut)
def appeal_consequence(request: MemberRequest, public_id: str, data: TextIn) -> Any:
    """Appeal against your own; nothing takes effect before the answer."""
    services.appeal(case=api.found(_cases(request), public_id), by=request.user, text=data.text)
    return api.found(_cases(request), public_id)


@router.post("/consequences/{public_id}/answer", response=CaseOut)
def answer_consequence(request: MemberRequest, public_id: str, data: AppealAnswerIn) -> Any:
    """Answer an appeal."""
    case = api.found(_cases(request), public_id)
    services.answer_appeal(case=case, by=request.user, grant=data.grant, text=data.text)
    return api.found(_cases(request), public_id)


@router.post("/consequences/{public_id}/waive", response=CaseOut)
def waive_consequence(request: MemberRequest, public_id: str, data: WhyIn) -> Any:
    """Waive it with a reason; what binds ends at once."""
    services.waive(case=api.found(_cases(request), public_id), by=request.user, reason=data.reason)
    return api.found(_cases(request), public_id)


# ---------------------------------------------------------------- tasks


def _tasks(request: MemberRequest) -> QuerySet[Task]:
    _demand(request, "governance.see_tasks")
    return selectors.task_in_full(selectors.tasks_for(request.user))


@api.listing(router, "/tasks", TaskOut, filters=TaskFilter, search=selectors.search_tasks)
def list_tasks(request: MemberRequest) -> QuerySet[Task]:
    """List your tasks and those you gave."""
    return _tasks(request)


@router.post("/tasks", response={201: TaskOut})
def create_task(request: MemberRequest, data: TaskIn) -> Any:
    """Give a colleague a task."""
    _demand(request, "governance.give_tasks")
    assignee = selectors.takers(request.user).filter(public_id=data.assignee).first()
    if assignee is None:
        message = _("There is nobody with this id, or you may not give them a task.")
        raise InvalidInput(message, errors={"assignee": message})
    task = services.give_task(
        assignee=assignee, title=data.title, detail=data.detail, due_on=data.due_on, given_by=request.user
    )
    return api.Status(201, api.found(_tasks(request), task.public_id))


@router.get("/tasks/{public_id}", response=TaskOut)
def get_task(request: MemberRequest, public_id: str) -> Any:
    """Return one task."""
    return api.found(_tasks(request), public_id)


@router.post("/tasks/{public_id}/finish", response=TaskOut)
def finish_task(request: MemberRequest, public_id: str, data: NoteIn) -> Any:
    """Say that it is done."""
    services.finish_task(task=api.found(_tasks(request), public_id), by=request.user, note=data.note)
    return api.found(_tasks(request), public_id)


@router.post("/tasks/{public_id}/cancel", response=TaskOut)
def cancel_task(request: MemberRequest, public_id: str) -> Any:
    """Call a task off."""
    services.cancel_task(task=api.found(_tasks(request), public_id), by=request.user)
    return api.found(_tasks(request), public_id)
