"""The API of gifts. The same services and permissions as the pages."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from pydantic import Field

from refprogram.governance.budgets import selectors as budgets
from refprogram.governance.fulfilment import selectors, services
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind, GiftPolicy
from refprogram.governance.fulfilment.filters import FulfilmentFilter
from refprogram.governance.fulfilment.models import Fulfilment
from refprogram.kernel import api
from refprogram.kernel.files.api import uploaded
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["governance"])


class FulfilmentOut(api.Thing):
    """One thing for one person, with the employer's rule as it was when it was asked for."""

    kind: GiftKind
    item: str
    cause: str
    value: Decimal
    cost: Decimal | None = Field(description="What was paid.")
    refunded: Decimal = Field(description="What of it came back.")
    receiver: api.Ref
    label: str
    policy: GiftPolicy
    ceiling: Decimal | None
    policy_note: str
    requested_by: api.Ref
    fund: api.Ref | None
    state: FulfilmentState
    scheduled_on: dt.date | None
    ordered_at: dt.datetime | None
    order_reference: str
    delivered_at: dt.datetime | None
    proof: str | None
    proof_note: str
    acknowledged_at: dt.datetime | None
    reason: str
    replaces: str | None
    taxable: bool

    @staticmethod
    def resolve_proof(obj: Fulfilment) -> str | None:
        return obj.proof.public_id if obj.proof else None

    @staticmethod
    def resolve_replaces(obj: Fulfilment) -> str | None:
        return obj.replaces.public_id if obj.replaces else None


class OrderIn(api.Input):
    """The shop's number, where it has one."""

    reference: str = Field("", max_length=80)


class ScheduleIn(api.Input):
    """The day on which it is to be ordered or handed over."""

    on: dt.date


class DeliverIn(api.Input):
    """The proof: an uploaded file (purpose `gift_proof`), or words; and what it cost in the end."""

    proof: str = ""
    note: str = Field("", max_length=200)
    cost: Decimal | None = None


class FundIn(api.Input):
    """Where the money is taken from instead."""

    fund: str


class GiftReasonIn(api.Input):
    """Why."""

    reason: str = Field(max_length=2000)


class RefundIn(api.Input):
    """What came back; by itself all that was spent."""

    amount: Decimal | None = None


class SubstituteIn(api.Input):
    """What is given instead, under the same rule."""

    kind: GiftKind
    item: str = Field(max_length=200)
    value: Decimal
    cause: str = Field("", max_length=200)
    reason: str


class CancelOrderIn(api.Input):
    """Whether the supplier takes it back; if not, what is paid all the same (by itself all of it)."""

    reason: str = Field(max_length=2000)
    taken_back: bool
    cost: Decimal | None = None


class TaxIn(api.Input):
    """Whether the receiver's tax office wants to know."""

    taxable: bool


def _rows(request: MemberRequest) -> QuerySet[Fulfilment]:
    if not request.user.has_perm("governance.view_fulfilments"):
        raise PermissionDenied
    return selectors.with_people(selectors.visible_to(request.user))


def _row(request: MemberRequest, public_id: str) -> Fulfilment:
    row: Fulfilment = api.found(_rows(request), public_id)
    return row


@api.listing(router, "/fulfilments", FulfilmentOut, filters=FulfilmentFilter)
def list_fulfilments(request: MemberRequest) -> QuerySet[Fulfilment]:
    """List the gifts you may see."""
    return _rows(request)


@router.get("/fulfilments/{public_id}", response=FulfilmentOut)
def get_fulfilment(request: MemberRequest, public_id: str) -> Any:
    """Return one gift."""
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/order", response=FulfilmentOut)
def order_fulfilment(request: MemberRequest, public_id: str, data: OrderIn) -> Any:
    """Note that it is ordered."""
    services.order(fulfilment=_row(request, public_id), by=request.user, reference=data.reference)
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/schedule", response=FulfilmentOut)
def schedule_fulfilment(request: MemberRequest, public_id: str, data: ScheduleIn) -> Any:
    """Set the day for it."""
    services.schedule(fulfilment=_row(request, public_id), by=request.user, on=data.on)
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/deliver", response=FulfilmentOut)
def deliver_fulfilment(request: MemberRequest, public_id: str, data: DeliverIn) -> Any:
    """Note that it is delivered, with its proof."""
    row = _row(request, public_id)
    proof = uploaded(data.proof, field="proof", purpose="gift_proof", user=request.user) if data.proof else None
    services.deliver(fulfilment=row, by=request.user, proof=proof, note=data.note, cost=data.cost)
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/choose-fund", response=FulfilmentOut)
def choose_fund_for_fulfilment(request: MemberRequest, public_id: str, data: FundIn) -> Any:
    """Take the money from another fund."""
    row = _row(request, public_id)
    fund = api.found(budgets.visible_to(request.user), data.fund)
    services.choose_fund(fulfilment=row, fund=fund, by=request.user)
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/acknowledge", response=FulfilmentOut)
def acknowledge_fulfilment(request: MemberRequest, public_id: str) -> Any:
    """Note that the receiver says it is there."""
    services.acknowledge(fulfilment=_row(request, public_id), by=request.user)
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/refuse", response=FulfilmentOut)
def refuse_fulfilment(request: MemberRequest, public_id: str, data: GiftReasonIn) -> Any:
    """Note that the receiver would rather not have it."""
    services.refuse(fulfilment=_row(request, public_id), by=request.user, reason=data.reason)
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/return", response=FulfilmentOut)
def return_fulfilment(request: MemberRequest, public_id: str, data: GiftReasonIn) -> Any:
    """Note that it came back."""
    services.take_back(fulfilment=_row(request, public_id), by=request.user, reason=data.reason)
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/refund", response=FulfilmentOut)
def refund_fulfilment(request: MemberRequest, public_id: str, data: RefundIn) -> Any:
    """Book that its money came back."""
    services.refund(fulfilment=_row(request, public_id), by=request.user, amount=data.amount)
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/substitute", response={201: FulfilmentOut})
def substitute_fulfilment(request: MemberRequest, public_id: str, data: SubstituteIn) -> Any:
    """Give something else instead; answers with the new one, which needs its approval."""
    made = services.substitute(fulfilment=_row(request, public_id), by=request.user, **data.dict())
    return api.Status(201, _row(request, made.public_id))


@router.post("/fulfilments/{public_id}/cancel", response=FulfilmentOut)
def cancel_fulfilment(request: MemberRequest, public_id: str, data: GiftReasonIn) -> Any:
    """Call it off before it is ordered."""
    services.cancel(fulfilment=_row(request, public_id), by=request.user, reason=data.reason)
    return _row(request, public_id)


@router.post("/fulfilments/{public_id}/cancel-order", response=FulfilmentOut)
def cancel_order_of_fulfilment(request: MemberRequest, public_id: str, data: CancelOrderIn) -> Any:
    """Note that its order is cancelled; its money is free only where the supplier takes it back."""
    services.cancel_order(fulfilment=_row(request, public_id), by=request.user, **data.dict())
    return _row(request, public_id)


@router.patch("/fulfilments/{public_id}", response=FulfilmentOut)
def change_fulfilment(request: MemberRequest, public_id: str, data: TaxIn) -> Any:
    """Say whether the receiver's tax office wants to know."""
    services.mark_taxable(fulfilment=_row(request, public_id), taxable=data.taxable, by=request.user)
    return _row(request, public_id)
