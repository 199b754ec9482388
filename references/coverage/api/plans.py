"""Plans to win certain customers."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from references.accounts import selectors as accounts
from references.coverage import selectors, services
from references.coverage.api.doors import colleague, demand, router
from references.coverage.api.shapes import MoveIn, PlanPatch, TargetPlanIn, TargetPlanOut
from references.coverage.filters import PlanFilter
from references.coverage.models import TargetPlan
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest


def _plans(request: MemberRequest) -> QuerySet[TargetPlan]:
    return selectors.plan_in_full(request.user)


def _plan(request: MemberRequest, public_id: str, *, to_change: bool = False) -> TargetPlan:
    row: TargetPlan = api.found(_plans(request), public_id)
    if to_change and not request.user.has_perm("references.change_plan", row):
        raise NotAllowed(_("Whose plan it is, and the reference managers, may change it."))
    return row


@api.listing(router, "/target-plans", TargetPlanOut, filters=PlanFilter)
def list_target_plans(request: MemberRequest) -> QuerySet[TargetPlan]:
    """List the plans you may see."""
    return _plans(request)


@router.get("/target-plans/{public_id}", response=TargetPlanOut)
def get_target_plan(request: MemberRequest, public_id: str) -> TargetPlan:
    """Return one plan."""
    return _plan(request, public_id)


@router.post("/target-plans", response={201: TargetPlanOut})
def create_target_plan(request: MemberRequest, data: TargetPlanIn) -> Any:
    """Plan how to win a customer."""
    demand(request, "references.run_coverage")
    account = accounts.visible_to(request.user).filter(public_id=data.account).first()
    if account is None:
        message = _("There is no account with this id.")
        raise InvalidInput(message, errors={"account": message})
    facts = data.dict(exclude={"account", "owner", "sponsor"})
    plan = services.open_plan(
        account=account,
        actor=request.user,
        owner=colleague(data.owner, "owner"),
        sponsor=colleague(data.sponsor, "sponsor"),
        **facts,
    )
    return api.Status(201, _plan(request, plan.public_id))


@router.patch("/target-plans/{public_id}", response=TargetPlanOut)
def change_target_plan(request: MemberRequest, public_id: str, data: api.PatchDict[PlanPatch]) -> TargetPlan:
    """Change what an open plan says."""
    plan = _plan(request, public_id, to_change=True)
    people = {name: colleague(data[name], name) for name in ("owner", "sponsor") if name in data}
    services.change_plan(plan=plan, actor=request.user, **{**data, **people})
    return _plan(request, public_id)


@router.post("/target-plans/{public_id}/move", response=TargetPlanOut)
def move_target_plan(request: MemberRequest, public_id: str, data: MoveIn) -> TargetPlan:
    """Bring a plan to another column."""
    services.move_plan(plan=_plan(request, public_id, to_change=True), to=data.state, actor=request.user)
    return _plan(request, public_id)
