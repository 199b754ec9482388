"""Recruiting targets."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from references.accounts.segment_names import Names
from references.coverage import selectors, services
from references.coverage.api.doors import colleague, demand, router
from references.coverage.api.shapes import AskIn, ChangedOut, NominatorOut, RecruitingIn, RecruitingOut, RecruitingPatch
from references.coverage.filters import RecruitingFilter
from references.coverage.models import RecruitingTarget
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest


def _targets(request: MemberRequest) -> QuerySet[RecruitingTarget]:
    return selectors.targets_visible_to(request.user).select_related("owner__person")


def _target(request: MemberRequest, public_id: str, permission: str = "") -> RecruitingTarget:
    row: RecruitingTarget = api.found(_targets(request), public_id)
    if permission:
        demand(request, permission)
    return row


@api.listing(router, "/recruiting-targets", RecruitingOut, filters=RecruitingFilter)
def list_recruiting_targets(request: MemberRequest) -> QuerySet[RecruitingTarget]:
    """List the recruiting targets you may see."""
    return _targets(request)


@router.get("/recruiting-targets/{public_id}", response=RecruitingOut)
def get_recruiting_target(request: MemberRequest, public_id: str) -> RecruitingTarget:
    """Return one recruiting target."""
    return _target(request, public_id)


@router.post("/recruiting-targets", response={201: RecruitingOut})
def create_recruiting_target(request: MemberRequest, data: RecruitingIn) -> Any:
    """Set a recruiting target."""
    demand(request, "references.run_coverage")
    cell = {dimension.value: value[:80] for dimension, value in data.cell.items()}
    if len(cell) > 3:
        message = _("A cell has one to three dimensions.")
        raise InvalidInput(message, errors={"cell": message})
    target = services.open_target(
        title=data.title or Names().cell(cell),
        cell=cell,
        wanted=data.wanted,
        due_on=data.due_on,
        owner=colleague(data.owner, "owner") or request.user,
        reason=data.reason,
        actor=request.user,
    )
    return api.Status(201, _target(request, target.public_id))


@router.patch("/recruiting-targets/{public_id}", response=RecruitingOut)
def change_recruiting_target(
    request: MemberRequest, public_id: str, data: api.PatchDict[RecruitingPatch]
) -> RecruitingTarget:
    """Change an open target."""
    target = _target(request, public_id, "references.run_coverage")
    facts = {**data, **({"owner": colleague(data["owner"], "owner")} if "owner" in data else {})}
    services.change_target(target=target, actor=request.user, **facts)
    return _target(request, public_id)


@router.post("/recruiting-targets/{public_id}/end", response=RecruitingOut)
def end_recruiting_target(request: MemberRequest, public_id: str) -> RecruitingTarget:
    """End a target that is no longer needed."""
    services.close_target(target=_target(request, public_id, "references.run_coverage"), actor=request.user)
    return _target(request, public_id)


@router.get("/recruiting-targets/{public_id}/nominators", response=list[NominatorOut])
def list_target_nominators(request: MemberRequest, public_id: str) -> Any:
    """Return who could nominate for a target, the likeliest first."""
    target = _target(request, public_id, "references.run_coverage")
    found = selectors.who_could_nominate(target.cell)
    return [{"colleague": one.user, "reason": one.reason, "accounts": one.accounts} for one in found]


@router.post("/recruiting-targets/{public_id}/ask", response=ChangedOut)
def ask_target_nominators(request: MemberRequest, public_id: str, data: AskIn) -> ChangedOut:
    """Ask colleagues to nominate for a target; each once."""
    target = _target(request, public_id, "references.run_coverage")
    known = {one.user.pk: [account.pk for account in one.accounts] for one in selectors.who_could_nominate(target.cell)}
    people = [user for key in data.colleagues if (user := colleague(key, "colleagues")) is not None]
    asked = services.ask_colleagues(
        target=target, people=[(user, known.get(user.pk, [])) for user in people], actor=request.user
    )
    return ChangedOut(changed=asked)
