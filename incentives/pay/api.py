"""The API of pay. The same services and permissions as the pages; nothing here pays anybody."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from incentives.pay import services
from incentives.pay.enums import AccrualKind, DisputeState, PeriodState
from incentives.pay.filters import AccrualFilter, DisputeFilter, PeriodFilter
from incentives.pay.models import Accrual, PayDispute, PayPeriod
from incentives.pay.months import this_month
from incentives.pay.selectors import disputes, earnings, months
from refprogram.kernel import api
from refprogram.kernel.errors import InvalidInput
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])
EARLIEST = dt.date(2000, 1, 1)


def _may(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


# ---------------------------------------------------------------- amounts and months


class AccrualOut(api.Fact):
    """One amount that accrued: for which month, by what, paid with which month's pay."""

    person: api.Ref
    kind: AccrualKind
    amount: Decimal
    name: str
    month: dt.date
    paid_with: dt.date
    rule: api.Ref | None
    spiff: api.Ref | None
    occurred_at: dt.datetime
    reverses: str | None

    @staticmethod
    def resolve_url(obj: Accrual) -> str:
        return api.absolute(obj.get_absolute_url())

    @staticmethod
    def resolve_month(obj: Accrual) -> dt.date:
        return obj.earned_in

    @staticmethod
    def resolve_paid_with(obj: Accrual) -> dt.date:
        return obj.period.starts_on

    @staticmethod
    def resolve_reverses(obj: Accrual) -> str | None:
        return obj.reverses.public_id if obj.reverses else None


class EarningsOut(api.Schema):
    """One's own month as it looks now: an estimate until two people closed it."""

    month: dt.date
    state: PeriodState
    accrued: Decimal
    added_by_escalator: Decimal
    total: Decimal
    waits_for_proof: Decimal
    score: int | None
    times: Decimal


class PayPeriodOut(api.Thing):
    """A month of pay."""

    month: dt.date
    state: PeriodState
    gross: Decimal
    people: int
    proposed_by: api.Ref | None
    closed_by: api.Ref | None
    closed_at: dt.datetime | None

    @staticmethod
    def resolve_month(obj: PayPeriod) -> dt.date:
        return obj.starts_on


class PayLineOut(api.Schema):
    """What one person gets with a month."""

    name: str
    rules: Decimal
    spiffs: Decimal
    escalator: Decimal
    corrections: Decimal
    total: Decimal


class PayExportOut(api.Schema):
    """The file for payroll: content, manifest with its hash, signature over the manifest, public key."""

    content: str
    manifest: str
    signature: str
    public_key: str
    made_at: dt.datetime


class ReasonIn(api.Input):
    """Why."""

    reason: str


@api.listing(router, "/accruals", AccrualOut, filters=AccrualFilter)
def list_accruals(request: MemberRequest) -> QuerySet[Accrual]:
    """List amounts that accrued: your own, or everybody's if you answer for pay."""
    _may(request, "incentives.view_rewards")
    return months.accruals_visible_to(request.user)


@router.get("/earnings", response=EarningsOut)
def get_earnings(request: MemberRequest, month: dt.date | None = None) -> Any:
    """Return your own month as it looks now (any day in it)."""
    _may(request, "incentives.view_rewards")
    asked, now = (month or this_month()).replace(day=1), this_month()
    if not EARLIEST <= asked <= now:
        message = _("That is no month of this program: it has not begun, or lies too long ago.")
        raise InvalidInput(message, errors={"month": message})
    found = earnings.estimate(request.user, asked)
    return {
        "month": found.month,
        "state": found.state,
        "accrued": found.accrued,
        "added_by_escalator": found.added,
        "total": found.total,
        "waits_for_proof": found.waiting,
        "score": found.score,
        "times": found.times,
    }


def _periods(request: MemberRequest) -> QuerySet[PayPeriod]:
    _may(request, "incentives.view_pay")
    return months.with_sums(months.visible_to(request.user))


@api.listing(router, "/pay-periods", PayPeriodOut, filters=PeriodFilter)
def list_pay_periods(request: MemberRequest) -> QuerySet[PayPeriod]:
    """List the months of pay."""
    return _periods(request)


@router.get("/pay-periods/{public_id}", response=PayPeriodOut)
def get_pay_period(request: MemberRequest, public_id: str) -> Any:
    """Return one month."""
    return api.found(_periods(request), public_id)


@router.get("/pay-periods/{public_id}/lines", response=list[PayLineOut])
def list_pay_lines(request: MemberRequest, public_id: str) -> Any:
    """Return what each person gets with a month; before it is closed, as it is so far."""
    return list(months.lines_of(api.found(_periods(request), public_id)))


@router.post("/pay-periods/{public_id}/close", response=PayPeriodOut)
def close_pay_period(request: MemberRequest, public_id: str) -> Any:
    """Close a month that is over; a second person is asked to agree."""
    services.close(period=api.found(_periods(request), public_id), actor=request.user)
    return api.found(_periods(request), public_id)


@router.post("/pay-periods/{public_id}/agree", response=PayPeriodOut)
def agree_pay_period(request: MemberRequest, public_id: str) -> Any:
    """Agree to a month that somebody else closed: it never changes again."""
    services.agree(period=api.found(_periods(request), public_id), actor=request.user)
    return api.found(_periods(request), public_id)


@router.post("/pay-periods/{public_id}/reopen", response=PayPeriodOut)
def reopen_pay_period(request: MemberRequest, public_id: str, data: ReasonIn) -> Any:
    """Open a month again that nobody has agreed to yet."""
    services.reopen(period=api.found(_periods(request), public_id), reason=data.reason, actor=request.user)
    return api.found(_periods(request), public_id)


@router.post("/pay-periods/{public_id}/export", response=PayExportOut)
def export_pay_period(request: MemberRequest, public_id: str) -> Any:
    """Make the file for payroll of a closed month, or return the one that was made."""
    _may(request, "incentives.export_pay")
    return services.export(period=api.found(_periods(request), public_id), actor=request.user)


# ---------------------------------------------------------------- questions


class PayQuestionOut(api.Thing):
    """A question about pay, and its answer."""

    person: api.Ref
    month: dt.date
    accrual: str | None
    words: str
    wanted: Decimal | None
    state: DisputeState
    due_on: dt.date
    answer: str
    answered_by: api.Ref | None

    @staticmethod
    def resolve_month(obj: PayDispute) -> dt.date:
        return obj.earned_in

    @staticmethod
    def resolve_accrual(obj: PayDispute) -> str | None:
        return obj.accrual.public_id if obj.accrual else None


class PayQuestionIn(api.Input):
    """What is wrong: with an amount (`accrual`), or missing in a month (any day in it)."""

    words: str = Field(max_length=4000)
    accrual: str | None = None
    month: dt.date | None = None
    wanted: Decimal | None = Field(None, max_digits=14, decimal_places=2)


class PayAnswerIn(api.Input):
    """The answer: `upheld`, or `corrected` with the right `amount`."""

    verdict: DisputeState
    words: str
    amount: Decimal | None = Field(None, max_digits=14, decimal_places=2)


def _questions(request: MemberRequest) -> QuerySet[PayDispute]:
    _may(request, "incentives.view_rewards")
    return disputes.visible_to(request.user)


@api.listing(router, "/pay-questions", PayQuestionOut, filters=DisputeFilter)
def list_pay_questions(request: MemberRequest) -> QuerySet[PayDispute]:
    """List questions about pay: your own, or all if you answer them."""
    return _questions(request)


@router.get("/pay-questions/{public_id}", response=PayQuestionOut)
def get_pay_question(request: MemberRequest, public_id: str) -> Any:
    """Return one question."""
    return api.found(_questions(request), public_id)


@router.post("/pay-questions", response={201: PayQuestionOut})
def ask_about_pay(request: MemberRequest, data: PayQuestionIn) -> Any:
    """Ask about an amount of yours, or about one that is missing."""
    _may(request, "incentives.view_rewards")
    accrual = None
    if data.accrual is not None:
        own = months.accruals_visible_to(request.user).filter(person=request.user.person_id)
        accrual = api.found(own, data.accrual)
    asked = services.raise_dispute(
        actor=request.user, words=data.words, accrual=accrual, month=data.month, wanted=data.wanted
    )
    return api.Status(201, api.found(_questions(request), asked.public_id))


@router.post("/pay-questions/{public_id}/answer", response=PayQuestionOut)
def answer_pay_question(request: MemberRequest, public_id: str, data: PayAnswerIn) -> Any:
    """Answer a question; a corrected amount is taken back whole and booked anew."""
    asked = api.found(_questions(request), public_id)
    services.answer_dispute(
        dispute=asked, verdict=data.verdict, words=data.words, amount=data.amount, actor=request.user
    )
    return api.found(_questions(request), public_id)


@router.post("/pay-questions/{public_id}/withdraw", response=PayQuestionOut)
def withdraw_pay_question(request: MemberRequest, public_id: str) -> Any:
    """Take your own question back."""
    services.withdraw_dispute(dispute=api.found(_questions(request), public_id), actor=request.user)
    return api.found(_questions(request), public_id)
