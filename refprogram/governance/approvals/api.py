"""Approvals over the API: the same doors as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from refprogram.governance.approvals import selectors, services
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState, TurnState, Verdict, Via
from refprogram.governance.approvals.filters import ApprovalFilter
from refprogram.governance.approvals.models import Approval, Decision, Turn
from refprogram.governance.approvals.planning import PlannedTurn
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.people.auth import MemberRequest
from refprogram.people.models import User

router = api.Router(tags=["approvals"])


class DecisionOut(api.Schema):
    """What somebody said. It never changes."""

    verdict: Verdict
    by: api.Ref
    in_name_of: api.Ref | None
    comment: str
    via: Via
    at: dt.datetime


class TurnOut(api.Schema):
    """One step of the chain for this approval."""

    id: str = Field(description="Name it when you decide, so that a repeated call never answers a later step.")
    position: int
    state: TurnState
    approver: api.Ref | None
    role: str = Field(description="Anyone of this role may decide; empty where one person is asked.")
    why: str
    opened_at: dt.datetime | None
    due_at: dt.datetime | None
    escalated_at: dt.datetime | None
    decisions: list[DecisionOut]

    @staticmethod
    def resolve_id(obj: Turn) -> str:
        return obj.public_id

    @staticmethod
    def resolve_decisions(obj: Turn) -> list[Decision]:
        return list(obj.decisions.all())


class ApprovalOut(api.Thing):
    """Something that needs a blessing, and how far it is."""

    kind: ApprovalKind
    label: str
    state: ApprovalState
    amount: Decimal | None
    reason: str
    requester: api.Ref
    owner: api.Ref | None
    beneficiary: api.Ref | None
    team: api.Ref | None
    chain_version: int
    question: str
    answer: str
    withdrawn_because: str
    decided_at: dt.datetime | None
    turns: list[TurnOut]

    @staticmethod
    def resolve_chain_version(obj: Approval) -> int:
        return obj.version.number

    @staticmethod
    def resolve_turns(obj: Approval) -> list[Turn]:
        return list(obj.turns.all())


class VerdictIn(api.Input):
    """An approver's word on one turn (empty: the one that waits for you)."""

    comment: str = Field("", max_length=2000)
    turn: str = Field("", max_length=12)


class ApprovalAnswerIn(api.Input):
    """What an approver wanted to know."""

    text: str = Field(max_length=2000)


class WithdrawIn(api.Input):
    """Why it is no longer needed."""

    reason: str = Field("", max_length=2000)


class HandOverIn(api.Input):
    """To whom a step that is stuck goes, and why."""

    turn: str = Field(max_length=12)
    to: str = Field(max_length=12, description="Id of a colleague")
    reason: str = Field(max_length=2000)


class SeatOut(api.Schema):
    """Somebody who could decide."""

    user: api.Ref
    in_name_of: api.Ref | None


class PlannedOut(api.Schema):
    """One step as it would go."""

    position: int
    skipped: bool
    stuck: bool = Field(description="Needed, and nobody could decide it.")
    approver: api.Ref | None
    role: str
    escalated: bool
    why: str
    seats: list[SeatOut]


class ApprovalPlanOut(api.Schema):
    """Who would be asked, step by step."""

    turns: list[PlannedOut]


def _rows(request: MemberRequest) -> QuerySet[Approval]:
    if not request.user.has_perm("governance.see_approvals"):
        raise NotAllowed(_("Approvals are for colleagues."))
    return selectors.for_api(selectors.visible_to(request.user))


@api.listing(router, "/approvals", ApprovalOut, filters=ApprovalFilter, search=selectors.search)
def list_approvals(request: MemberRequest) -> QuerySet[Approval]:
    """List the approvals that you may see; `?waits=yes` those that wait for you."""
    return _rows(request)


@router.get("/approvals/dry-run", response=ApprovalPlanOut)
def dry_run_approval(
    request: MemberRequest,
    kind: ApprovalKind,
    amount: Decimal | None = None,
    requester: str = "",
    owner: str = "",
) -> dict[str, list[PlannedTurn]]:
    """Say who would be asked, and who would be passed over for which reason. Nothing is asked."""
    if not request.user.has_perm("governance.see_chains"):
        raise NotAllowed(_("Approvals are for colleagues."))
    turns = selectors.dry_run(
        kind=kind,
        amount=amount,
        requester=_named("requester", requester) or request.user,
        owner=_named("owner", owner),
    )
    return {"turns": turns}


def _named(field: str, public_id: str) -> User | None:
    if not public_id:
        return None
    user = selectors.requesters().filter(public_id=public_id).first()
    if user is None:
        message = _("There is nobody with this id.")
        raise InvalidInput(message, errors={field: message})
    return user


@router.get("/approvals/{public_id}", response=ApprovalOut)
def get_approval(request: MemberRequest, public_id: str) -> Any:
    """Return one approval with its turns and decisions."""
    return api.found(_rows(request), public_id)


@router.post("/approvals/{public_id}/approve", response=ApprovalOut)
def approve_approval(request: MemberRequest, public_id: str, data: VerdictIn) -> Any:
    """Approve the turn that waits for you."""
    return _decide(request, public_id, data, Verdict.APPROVE)


@router.post("/approvals/{public_id}/reject", response=ApprovalOut)
def reject_approval(request: MemberRequest, public_id: str, data: VerdictIn) -> Any:
    """Reject it, with the reason: the whole approval ends."""
    return _decide(request, public_id, data, Verdict.REJECT)


@router.post("/approvals/{public_id}/ask", response=ApprovalOut)
def ask_approval(request: MemberRequest, public_id: str, data: VerdictIn) -> Any:
    """Ask who asked something first; the time to answer stands still."""
    return _decide(request, public_id, data, Verdict.ASK)


@router.post("/approvals/{public_id}/answer", response=ApprovalOut)
def answer_approval(request: MemberRequest, public_id: str, data: ApprovalAnswerIn) -> Any:
    """Answer the question to you, who asked; the clock of who decides runs on."""
    services.answer(approval=api.found(_rows(request), public_id), by=request.user, text=data.text)
    return api.found(_rows(request), public_id)


@router.post("/approvals/{public_id}/withdraw", response=ApprovalOut)
def withdraw_approval(request: MemberRequest, public_id: str, data: WithdrawIn) -> Any:
    """Take back what you asked for."""
    services.withdraw(approval=api.found(_rows(request), public_id), by=request.user, reason=data.reason)
    return api.found(_rows(request), public_id)


@router.post("/approvals/{public_id}/hand-over", response=ApprovalOut)
def hand_over_approval(request: MemberRequest, public_id: str, data: HandOverIn) -> Any:
    """Give a step that nobody can decide, or nobody decided in time, to somebody else. For administrators."""
    row = api.found(_rows(request), public_id)
    if not request.user.has_perm("governance.hand_over_turn"):
        raise NotAllowed(_("Only an administrator hands a step over."))
    to = _named("to", data.to)
    if to is None:
        message = _("Say who decides it instead.")
        raise InvalidInput(message, errors={"to": message})
    turn = api.found(row.turns, data.turn)
    services.hand_over(approval=row, turn=turn, to=to, by=request.user, reason=data.reason, via=Via.API)
    return api.found(_rows(request), public_id)


def _decide(request: MemberRequest, public_id: str, data: VerdictIn, verdict: Verdict) -> Any:
    row = api.found(_rows(request), public_id)
    turn = api.found(row.turns, data.turn) if data.turn else None
    services.decide(approval=row, by=request.user, verdict=verdict, comment=data.comment, via=Via.API, turn=turn)
    return api.found(_rows(request), public_id)
