"""Consequences and tasks over the API: the same doors as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from refprogram.governance.consequences import metrics, selectors, services, states, terms
from refprogram.governance.consequences.enums import CaseState, Effect, GoalDirection, Period, TaskState
from refprogram.governance.consequences.filters import CaseFilter, PolicyFilter, TaskFilter
from refprogram.governance.consequences.forms import COHORT_ROLES
from refprogram.governance.consequences.models import ConsequenceCase, ConsequencePolicy, Task
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest
from refprogram.people.enums import Privilege, Role
from refprogram.people.models import User

router = api.Router(tags=["consequences"])


class PolicyOut(api.Thing):
    """What is measured and what follows."""

    name: str
    metric: str
    period: Period
    direction: GoalDirection
    threshold: Decimal
    roles: list[str]
    effect: Effect
    privilege: str
    task_title: str
    demerits: int
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


class PolicyIn(api.Input):
    """A policy in full. It rests until its owner has approved it."""

    name: str = Field(max_length=120)
    metric: str = Field(max_length=60, description="Name of a figure, as the page of policies offers them.")
    period: Period = Period.MONTH
    direction: GoalDirection = GoalDirection.BELOW
    threshold: Decimal = Field(ge=0, max_digits=12, decimal_places=2)
    roles: list[Role] = Field(description="Whose people are compared.")
    effect: Effect
    privilege: Privilege | None = None
    task_title: str = Field("", max_length=160)
    demerits: int = Field(0, ge=0, le=100)
    min_cohort: int = Field(8, ge=2, le=3650)
    new_hire_days: int = Field(90, ge=0, le=3650)
    notice_days: int = Field(5, ge=1, le=90)
    appeal_days: int = Field(5, ge=1, le=90)
    lasts_days: int = Field(30, ge=1, le=3650)
    deal_threshold: Decimal | None = Field(None, gt=0, max_digits=14, decimal_places=2)
    owner: str = Field("", max_length=12, description="Id of a colleague; by itself whoever writes it.")


class PolicyAskIn(api.Input):
    """What its owner reads before it is switched on."""

    reason: str = Field("", max_length=2000)


class SwitchesIn(api.Input):
    """Where it names nobody: ids of regions and teams."""

    off_in: list[str] = []
    off_for: list[str] = []


class CaseReasonIn(api.Input):
    """A reason."""

    reason: str = Field(max_length=2000)


class CaseTextIn(api.Input):
    """One's own words."""

    text: str = Field(max_length=2000)


class AppealAnswerIn(api.Input):
    """The answer to an appeal."""

    grant: bool = Field(description="True: they are right, it is waived.")
    text: str = Field(max_length=2000)


class TaskIn(api.Input):
    """A task for a colleague."""

    assignee: str = Field(description="The colleague's id.")
    title: str = Field(max_length=160)
    detail: str = Field("", max_length=2000)
    due_on: dt.date | None = None


class NoteIn(api.Input):
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


def _policy(request: MemberRequest, public_id: str, *, change: bool = False) -> ConsequencePolicy:
    row: ConsequencePolicy = api.found(selectors.policies_for(request.user), public_id)
    if change:
        _demand(request, "governance.edit_policies")
    return row


@router.post("/consequences/policies", response={201: PolicyOut})
def create_policy(request: MemberRequest, data: PolicyIn) -> Any:
    """Write a policy. Nobody is named before its owner has approved it."""
    _demand(request, "governance.edit_policies")
    made = services.write(by=request.user, **_policy_facts(data.dict(), owner=request.user))
    return api.Status(201, _policy(request, made.public_id))


@router.get("/consequences/policies/{public_id}", response=PolicyOut)
def get_policy(request: MemberRequest, public_id: str) -> Any:
    """Return one policy. What it said before: `…/edits`; what a case goes by is kept with the case."""
    return _policy(request, public_id)


@router.patch("/consequences/policies/{public_id}", response=PolicyOut)
def change_policy(request: MemberRequest, public_id: str, data: api.PatchDict[PolicyIn]) -> Any:
    """Change a policy that rests; what was asked for it is withdrawn. Cases keep the words they began with."""
    row = _policy(request, public_id, change=True)
    services.change(policy=row, by=request.user, **_policy_facts(dict(data)))
    return _policy(request, public_id)


@router.post("/consequences/policies/{public_id}/ask", response=PolicyOut)
def ask_for_policy(request: MemberRequest, public_id: str, data: PolicyAskIn) -> Any:
    """Ask its owner to have it switched on."""
    services.ask_to_switch_on(policy=_policy(request, public_id, change=True), by=request.user, reason=data.reason)
    return _policy(request, public_id)


@router.post("/consequences/policies/{public_id}/switch-off", response=PolicyOut)
def switch_policy_off(request: MemberRequest, public_id: str) -> Any:
    """Name nobody from now on; cases under way go on."""
    services.switch_off(policy=_policy(request, public_id, change=True), by=request.user)
    return _policy(request, public_id)


@router.post("/consequences/policies/{public_id}/switches", response=PolicyOut)
def set_policy_switches(request: MemberRequest, public_id: str, data: SwitchesIn) -> Any:
    """Say in which regions and for which teams it names nobody."""
    row = _policy(request, public_id, change=True)
    regions = _all_of(selectors.regions(), data.off_in, "off_in")
    teams = _all_of(selectors.teams(), data.off_for, "off_for")
    services.set_switches(policy=row, by=request.user, off_in=regions, off_for=teams)
    return _policy(request, public_id)


def _policy_facts(data: dict[str, Any], *, owner: User | None = None) -> dict[str, Any]:
    """Turn the body into what the service takes: a figure that is supplied, a colleague who may own it."""
    if "metric" in data and data["metric"] not in dict(metrics.choices()):
        message = _("There is no figure of this name: %(names)s.") % {"names": ", ".join(dict(metrics.choices()))}
        raise InvalidInput(message, errors={"metric": message})
    if "roles" in data:
        data["roles"] = [Role(role).value for role in data["roles"]]
        if wrong := [role for role in data["roles"] if role not in COHORT_ROLES]:
            message = _("Nobody is compared in this role: %(roles)s.") % {"roles": ", ".join(wrong)}
            raise InvalidInput(message, errors={"roles": message})
    if "privilege" in data:
        data["privilege"] = data["privilege"] or ""
    if key := data.pop("owner", ""):
        owner = _all_of(selectors.owners(), [key], "owner")[0]
    return {**data, "owner": owner} if owner is not None else data


def _all_of(rows: QuerySet[Any], keys: list[str], field: str) -> list[Any]:
    found = list(rows.filter(public_id__in=keys))
    if len(found) != len(set(keys)):
        message = _("There is none with this id.")
        raise InvalidInput(message, errors={field: message})
    return found


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
def dismiss_consequence(request: MemberRequest, public_id: str, data: CaseReasonIn) -> Any:
    """Dismiss a proposal, with the reason for the record."""
    services.dismiss(case=api.found(_cases(request), public_id), by=request.user, reason=data.reason)
    return api.found(_cases(request), public_id)


@router.post("/consequences/{public_id}/appeal", response=CaseOut)
def appeal_consequence(request: MemberRequest, public_id: str, data: CaseTextIn) -> Any:
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
def waive_consequence(request: MemberRequest, public_id: str, data: CaseReasonIn) -> Any:
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
