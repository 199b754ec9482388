"""Chains over the API: read, draft, try, publish. The same permissions and services as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from refprogram.governance.approvals import selectors, services
from refprogram.governance.approvals.answer_time import MOST_HOURS, USUAL_HOURS
from refprogram.governance.approvals.enums import ApprovalKind, ApproverKind, SkipRule
from refprogram.governance.approvals.models import Chain, ChainStep, ChainVersion
from refprogram.governance.approvals.planning import Rehearsal, Tried
from refprogram.governance.approvals.services import StepPlan
from refprogram.kernel import api
from refprogram.kernel.errors import DomainError, InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest
from refprogram.people.enums import Role
from refprogram.people.models import User

router = api.Router(tags=["approvals"])


class ChainStepOut(api.Schema):
    """Who is asked at one place, for which amounts, and how long they have."""

    position: int
    approver: ApproverKind
    role: str
    user: api.Ref | None
    amount_from: Decimal | None
    amount_below: Decimal | None
    hours: int = Field(description="Working hours of whoever is asked.")
    escalate_manager: bool = Field(description="The manager of who was silent is asked before them.")
    escalate_role: str
    escalate_user: api.Ref | None
    only_for: list[str] = Field(description="Traits of a matter that call for it, `what:which`; none: any matter.")
    skip: SkipRule = Field(description="When it is left out. Silence is never a yes for a matter that is strict.")


class VersionOut(api.Schema):
    """A chain as it was from `published_at` on; a draft while that is empty."""

    number: int
    published_at: dt.datetime | None
    published_by: api.Ref | None
    passes: bool = Field(description="What falls outside the amounts of every step needs nobody.")
    steps: list[ChainStepOut]

    @staticmethod
    def resolve_steps(obj: ChainVersion) -> list[ChainStep]:
        return list(obj.steps.all())


class ChainOut(api.Thing):
    """Whose blessing one kind of thing needs: what holds now, the draft, and what held before."""

    kind: ApprovalKind
    purpose: str
    live: VersionOut | None
    draft: VersionOut | None
    versions: list[VersionOut] = Field(description="Every published version, the latest first. They never change.")

    @staticmethod
    def resolve_live(obj: Chain) -> ChainVersion | None:
        return selectors.live_of(obj)

    @staticmethod
    def resolve_draft(obj: Chain) -> ChainVersion | None:
        return selectors.draft_of(obj)

    @staticmethod
    def resolve_versions(obj: Chain) -> list[ChainVersion]:
        return [version for version in obj.versions.all() if version.published_at is not None]


class ChainStepIn(api.Input):
    """One step. Steps of one position are asked side by side."""

    position: int = Field(ge=1, le=99)
    approver: ApproverKind
    role: Role | None = None
    user: str = Field("", max_length=12, description="Id of a colleague")
    amount_from: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=2)
    amount_below: Decimal | None = Field(None, ge=0, max_digits=14, decimal_places=2)
    hours: int = Field(USUAL_HOURS, ge=1, le=MOST_HOURS)
    escalate_role: Role | None = None
    escalate_user: str = Field("", max_length=12, description="Id of a colleague")
    escalate_manager: bool = False
    only_for: list[str] = Field([], max_length=60, description="Traits, `what:which`")
    skip: SkipRule = SkipRule.NEVER


class DraftIn(api.Input):
    """A whole draft; it takes the place of the one that is there."""

    steps: list[ChainStepIn]
    passes: bool = False


class TriedOut(api.Schema):
    """Something asked in the last month, as the draft would have led it."""

    approval: str = Field(description="Id of what was asked: an approval, or for `reference_ask` a candidate.")
    label: str
    also: list[str] = Field(description="Who would be asked, and is not by what is in force.")
    no_longer: list[str] = Field(description="Who is asked by what is in force, and would not be.")
    stuck: list[str] = Field(description="Why nobody could have decided, for each step that finds nobody.")

    @staticmethod
    def resolve_approval(obj: Tried) -> str:
        return obj.case.key

    @staticmethod
    def resolve_label(obj: Tried) -> str:
        return obj.case.label

    @staticmethod
    def resolve_stuck(obj: Tried) -> list[str]:
        return [turn.why for turn in obj.stuck]


class RehearsalOut(api.Schema):
    """Whether every step of the draft finds somebody: only then it can be published."""

    sound: bool
    wrong: str = Field(description="Why it makes no sense whoever asks: it is empty, or goes in a circle.")
    empty: list[str] = Field(description="Why, for each step that finds nobody whoever asks.")
    tried: list[TriedOut]

    @staticmethod
    def resolve_empty(obj: Rehearsal) -> list[str]:
        return [turn.why for turn in obj.empty]


def _chains(request: MemberRequest) -> QuerySet[Chain]:
    if not request.user.has_perm("governance.see_chains"):
        raise NotAllowed(_("Approvals are for colleagues."))
    return selectors.with_versions(selectors.chains())


def _chain(request: MemberRequest, public_id: str, *, change: bool = False) -> Chain:
    row: Chain = api.found(_chains(request), public_id)
    if change and not request.user.has_perm("governance.edit_chains"):
        raise NotAllowed(_("Only an administrator changes who approves."))
    return row


@api.listing(router, "/approval-chains", ChainOut)
def list_approval_chains(request: MemberRequest) -> QuerySet[Chain]:
    """List the chains, one for each kind."""
    return _chains(request)


@router.get("/approval-chains/{public_id}", response=ChainOut)
def get_approval_chain(request: MemberRequest, public_id: str) -> Any:
    """Return one chain with all its versions."""
    return _chain(request, public_id)


@router.put("/approval-chains/{public_id}/draft", response=ChainOut)
def draft_approval_chain(request: MemberRequest, public_id: str, data: DraftIn) -> Any:
    """Write the draft of the next version; what holds now goes on."""
    row = _chain(request, public_id, change=True)
    services.save_draft(chain=row, steps=_plans(data.steps), passes=data.passes, actor=request.user)
    return _chain(request, public_id)


@router.delete("/approval-chains/{public_id}/draft", response=ChainOut)
def drop_approval_chain_draft(request: MemberRequest, public_id: str) -> Any:
    """Throw the draft away."""
    services.drop_draft(chain=_chain(request, public_id, change=True), actor=request.user)
    return _chain(request, public_id)


@router.get("/approval-chains/{public_id}/rehearsal", response=RehearsalOut)
def rehearse_approval_chain(request: MemberRequest, public_id: str) -> Any:
    """Try the draft on what was asked in the last month. Nothing is asked."""
    draft = selectors.draft_of(_chain(request, public_id, change=True))
    if draft is None:
        raise DomainError(_("There is no draft to try."))
    return selectors.rehearse(draft)


@router.post("/approval-chains/{public_id}/publish", response=ChainOut)
def publish_approval_chain(request: MemberRequest, public_id: str) -> Any:
    """Make the draft the chain for what is asked from now on; refused while a step of it finds nobody."""
    services.publish(chain=_chain(request, public_id, change=True), actor=request.user)
    return _chain(request, public_id)


def _plans(steps: list[ChainStepIn]) -> list[StepPlan]:
    named = {one for step in steps for one in (step.user, step.escalate_user) if one}
    known = {user.public_id: user for user in selectors.requesters().filter(public_id__in=named)}
    return [
        StepPlan(
            **step.dict(exclude={"user", "escalate_user", "role", "escalate_role"}),
            role=step.role.value if step.role and step.approver == ApproverKind.ROLE else "",
            user=_one(known, step.user, f"steps.{place}.user") if step.approver == ApproverKind.PERSON else None,
            escalate_role=step.escalate_role.value if step.escalate_role else "",
            escalate_user=_one(known, step.escalate_user, f"steps.{place}.escalate_user"),
        )
        for place, step in enumerate(steps)
    ]


def _one(known: dict[str, User], public_id: str, field: str) -> User | None:
    if public_id and public_id not in known:
        message = _("There is nobody with this id.")
        raise InvalidInput(message, errors={field: message})
    return known.get(public_id)
