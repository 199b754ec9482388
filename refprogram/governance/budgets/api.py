"""The API of budgets: funds, their promises and books. The same services and permissions as the pages."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field

from refprogram.governance.budgets import selectors, services
from refprogram.governance.budgets.enums import CommitmentState, CostKind, EntryKind, FundState
from refprogram.governance.budgets.filters import BookFilter, CommitmentFilter, FundFilter
from refprogram.governance.budgets.models import BudgetLine, Commitment, Fund, FundEntry
from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.budgets.services import Planned
from refprogram.kernel import api
from refprogram.people.auth import MemberRequest
from refprogram.people.selectors import colleagues

router = api.Router(tags=["governance"])


class FundLineOut(api.Schema):
    """What a fund plans for one kind of cost, and what became of it."""

    id: str = Field(alias="public_id")
    kind: CostKind
    name: str
    planned: Decimal
    committed: Decimal
    spent: Decimal


class BudgetOut(api.Thing):
    """A quarter's fund: `available` = `allocated` - `committed` - `spent`, and where it will end (`forecast`)."""

    name: str
    quarter: str
    owner: api.Ref
    purpose: str
    state: FundState
    requested: Decimal
    allocated: Decimal
    committed: Decimal
    spent: Decimal
    available: Decimal
    lines: list[FundLineOut]

    @staticmethod
    def resolve_quarter(obj: Fund) -> str:
        return Quarter(obj.starts_on).code


class FundForecastOut(api.Schema):
    """Where a fund will end: spent + committed + waiting + what each line will still need at its pace so far."""

    planned: Decimal
    waiting: Decimal
    forecast: Decimal
    short: Decimal


class FundPlanIn(api.Input):
    """One line of a plan."""

    kind: CostKind
    planned: Decimal = Field(ge=0)
    name: str = Field("", max_length=120)


class BudgetIn(api.Input):
    """A wish for a quarter's money; finance decides."""

    name: str = Field(max_length=120)
    quarter: str = Field(description="Such as 2026-Q4")
    requested: Decimal
    owner: str = Field("", description="Id of a colleague; by itself whoever asks")
    purpose: str = ""
    lines: list[FundPlanIn] = []


class MoneyIn(api.Input):
    """An amount with its reason. Taken back where it is negative and that is possible."""

    amount: Decimal
    memo: str = Field("", max_length=200)


class MoreIn(api.Input):
    """A wish for more money."""

    amount: Decimal
    reason: str


def _funds(request: MemberRequest) -> QuerySet[Fund]:
    if not request.user.has_perm("governance.view_budgets"):
        raise PermissionDenied
    return selectors.visible_to(request.user).select_related("owner__person").prefetch_related("lines")


def _fund(request: MemberRequest, public_id: str) -> Fund:
    fund: Fund = api.found(_funds(request), public_id)
    return fund


def _key() -> str:
    return f"api:{uuid.uuid4()}"


@api.listing(router, "/budgets", BudgetOut, filters=FundFilter)
def list_budgets(request: MemberRequest) -> QuerySet[Fund]:
    """List the funds you may see."""
    return _funds(request)


@router.get("/budgets/{public_id}", response=BudgetOut)
def get_budget(request: MemberRequest, public_id: str) -> Any:
    """Return one fund."""
    return _fund(request, public_id)


@router.get("/budgets/{public_id}/forecast", response=FundForecastOut)
def forecast_budget(request: MemberRequest, public_id: str) -> Any:
    """Return where a fund will end at the end of its quarter."""
    return selectors.outlooks([_fund(request, public_id)], timezone.localdate())[0]


@router.post("/budgets", response={201: BudgetOut})
def create_budget(request: MemberRequest, data: BudgetIn) -> Any:
    """Ask for a quarter's money."""
    if not request.user.has_perm("governance.ask_for_fund"):
        raise PermissionDenied
    owner = get_object_or_404(colleagues(), public_id=data.owner) if data.owner else request.user
    made = services.ask_for_fund(
        name=data.name,
        owner=owner,
        quarter=Quarter.named(data.quarter),
        requested=data.requested,
        purpose=data.purpose,
        lines=[Planned(line.kind, line.planned, line.name) for line in data.lines],
        by=request.user,
    )
    return api.Status(201, _fund(request, made.public_id) if made.owner_id == request.user.pk else made)


@router.post("/budgets/{public_id}/allocate", response=BudgetOut)
def allocate_budget(request: MemberRequest, public_id: str, data: MoneyIn) -> Any:
    """Give a fund more, or take back what is free (a negative amount)."""
    fund = _fund(request, public_id)
    services.allocate(fund=fund, amount=data.amount, memo=data.memo, key=_key(), by=request.user)
    return _fund(request, public_id)


@router.post("/budgets/{public_id}/ask-more", response=BudgetOut)
def ask_more_for_budget(request: MemberRequest, public_id: str, data: MoreIn) -> Any:
    """Ask finance for more."""
    services.ask_for_more(fund=_fund(request, public_id), amount=data.amount, reason=data.reason, by=request.user)
    return _fund(request, public_id)


@router.post("/budgets/{public_id}/freeze", response=BudgetOut)
def freeze_budget(request: MemberRequest, public_id: str) -> Any:
    """Promise nothing more for a time."""
    services.freeze_fund(fund=_fund(request, public_id), by=request.user)
    return _fund(request, public_id)


@router.post("/budgets/{public_id}/thaw", response=BudgetOut)
def thaw_budget(request: MemberRequest, public_id: str) -> Any:
    """Open a frozen fund again."""
    services.thaw_fund(fund=_fund(request, public_id), by=request.user)
    return _fund(request, public_id)


@router.post("/budgets/{public_id}/close", response=BudgetOut)
def close_budget(request: MemberRequest, public_id: str) -> Any:
    """Close the book of a quarter."""
    services.close_fund(fund=_fund(request, public_id), by=request.user)
    return _fund(request, public_id)


@router.post("/budgets/{public_id}/lines", response={201: BudgetOut})
def create_budget_line(request: MemberRequest, public_id: str, data: FundPlanIn) -> Any:
    """Add a line to the plan."""
    services.plan_line(fund=_fund(request, public_id), by=request.user, **data.dict())
    return api.Status(201, _fund(request, public_id))


# ---------------------------------------------------------------- promises and books


class CommitmentOut(api.Thing):
    """Money promised for one thing."""

    label: str
    fund: api.Ref
    line: str
    amount: Decimal
    spent: Decimal
    state: CommitmentState
    asked_by: api.Ref | None
    subject_type: str

    @staticmethod
    def resolve_line(obj: Commitment) -> str:
        return obj.line.name if obj.line else ""


class SpendingIn(api.Input):
    """A wish for money out of a fund."""

    label: str = Field(max_length=200)
    amount: Decimal
    reason: str = ""
    line: str = Field("", description="Id of one of the fund's lines")


class FundReasonIn(api.Input):
    """Why."""

    reason: str = ""


class FundEntryOut(api.Fact):
    """One movement in a fund's book. Never changed."""

    fund: api.Ref
    line: str
    kind: EntryKind
    amount: Decimal
    memo: str
    by: str
    at: dt.datetime

    @staticmethod
    def resolve_id(obj: FundEntry) -> str:
        return str(obj.pk)

    @staticmethod
    def resolve_url(obj: FundEntry) -> str:
        return api.absolute(obj.fund.get_absolute_url())

    @staticmethod
    def resolve_created_at(obj: FundEntry) -> dt.datetime:
        return obj.at

    @staticmethod
    def resolve_line(obj: FundEntry) -> str:
        return obj.line.name if obj.line else ""

    @staticmethod
    def resolve_by(obj: FundEntry) -> str:
        return obj.actor.name if obj.actor else ""


def _promises(request: MemberRequest) -> QuerySet[Commitment]:
    if not request.user.has_perm("governance.view_budgets"):
        raise PermissionDenied
    rows = selectors.commitments_visible_to(request.user)
    return rows.select_related("fund", "line", "asked_by__person")


def _promise(request: MemberRequest, public_id: str) -> Commitment:
    """Return a promise that may be booked here: what another room asked for is booked in that room."""
    row: Commitment = api.found(_promises(request), public_id, subject_type="fund")
    if not request.user.has_perm("governance.steer_fund", row.fund):
        raise PermissionDenied
    return row


@api.listing(router, "/commitments", CommitmentOut, filters=CommitmentFilter)
def list_commitments(request: MemberRequest) -> QuerySet[Commitment]:
    """List what the funds you may see have promised."""
    return _promises(request)


@router.get("/commitments/{public_id}", response=CommitmentOut)
def get_commitment(request: MemberRequest, public_id: str) -> Any:
    """Return one promise."""
    return api.found(_promises(request), public_id)


@router.post("/budgets/{public_id}/commitments", response={201: CommitmentOut})
def create_commitment(request: MemberRequest, public_id: str, data: SpendingIn) -> Any:
    """Ask for money out of a fund; the promise is made when it is approved."""
    fund = _fund(request, public_id)
    line: BudgetLine | None = api.found(fund.lines.all(), data.line) if data.line else None
    asked = services.ask_to_spend(
        key=_key(), fund=fund, line=line, amount=data.amount, label=data.label, reason=data.reason, by=request.user
    )
    return api.Status(201, api.found(_promises(request), asked.public_id))


@router.post("/commitments/{public_id}/spend", response=CommitmentOut)
def spend_commitment(request: MemberRequest, public_id: str, data: MoneyIn) -> Any:
    """Book what it cost."""
    row = _promise(request, public_id)
    services.spend(commitment=row, amount=data.amount, memo=data.memo, key=f"spend:{row.pk}", by=request.user)
    return api.found(_promises(request), public_id)


@router.post("/commitments/{public_id}/refund", response=CommitmentOut)
def refund_commitment(request: MemberRequest, public_id: str, data: MoneyIn) -> Any:
    """Book what came back."""
    row = _promise(request, public_id)
    services.refund(commitment=row, amount=data.amount, memo=data.memo, key=_key(), by=request.user)
    return api.found(_promises(request), public_id)


@router.post("/commitments/{public_id}/release", response=CommitmentOut)
def release_commitment(request: MemberRequest, public_id: str, data: FundReasonIn) -> Any:
    """Let go of a promise."""
    services.release(commitment=_promise(request, public_id), by=request.user, reason=data.reason)
    return api.found(_promises(request), public_id)


@api.listing(router, "/fund-entries", FundEntryOut, filters=BookFilter)
def list_fund_entries(request: MemberRequest) -> QuerySet[FundEntry]:
    """List the books of the funds you may see, oldest first."""
    if not request.user.has_perm("governance.view_budgets"):
        raise PermissionDenied
    return selectors.entries_visible_to(request.user).select_related("fund", "line", "actor__person")
