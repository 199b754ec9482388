"""The API of points: rules, ledger, balances. The same services and permissions as the pages."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from pydantic import Field

from incentives import selectors, services
from incentives.enums import RuleState
from incentives.filters import LedgerFilter
from incentives.models import Balance, Posting, Rule
from refprogram.kernel import api
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])


def _may(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


# ---------------------------------------------------------------- rules


class RuleOut(api.Thing):
    """A rule: when `topic` happens, the person in `beneficiary` gets `points`."""

    name: str
    sentence: str
    topic: str
    beneficiary: str
    points: int
    cap_per_quarter: int | None
    state: RuleState
    version: int
    approved_by: api.Ref | None
    live_since: dt.datetime | None
    stopped_at: dt.datetime | None

    @staticmethod
    def resolve_sentence(obj: Rule) -> str:
        return selectors.sentence_of(obj)


class RuleIn(api.Input):
    """A rule as written; which topics and beneficiaries there are is checked."""

    name: str = Field(max_length=120)
    topic: str
    beneficiary: str
    points: int
    cap_per_quarter: int | None = Field(None, le=10_000_000)


def _rules(request: MemberRequest) -> QuerySet[Rule]:
    _may(request, "incentives.view_rules")
    return selectors.rules_visible_to(request.user).select_related("approved_by__person")


@api.listing(router, "/rules", RuleOut)
def list_rules(request: MemberRequest) -> QuerySet[Rule]:
    """List the rules."""
    return _rules(request)


@router.get("/rules/{public_id}", response=RuleOut)
def get_rule(request: MemberRequest, public_id: str) -> Any:
    """Return one rule."""
    return api.found(_rules(request), public_id)


@router.post("/rules", response={201: RuleOut})
def create_rule(request: MemberRequest, data: RuleIn) -> Any:
    """Write a rule down. It pays nothing until it is started."""
    return api.Status(201, services.draft_rule(**data.dict(), actor=request.user))


@router.patch("/rules/{public_id}", response=RuleOut)
def change_rule(request: MemberRequest, public_id: str, data: api.PatchDict[RuleIn]) -> Any:
    """Change a rule that is not on."""
    rule = api.found(_rules(request), public_id)
    present = {name: getattr(rule, name) for name in RuleIn.model_fields}
    return services.change_draft(rule=rule, **{**present, **data}, actor=request.user)


@router.post("/rules/{public_id}/start", response=RuleOut)
def start_rule(request: MemberRequest, public_id: str) -> Any:
    """Approve a rule and switch it on."""
    return services.start_rule(rule=api.found(_rules(request), public_id), actor=request.user)


@router.post("/rules/{public_id}/stop", response=RuleOut)
def stop_rule(request: MemberRequest, public_id: str) -> Any:
    """Switch a rule off."""
    return services.stop_rule(rule=api.found(_rules(request), public_id), actor=request.user)


# ---------------------------------------------------------------- ledger


class EntryOut(api.Fact):
    """One entry of the ledger, by the line of the person it is for."""

    person: api.Ref
    points: int
    memo: str
    rule: api.Ref | None
    rule_version: int | None
    event: str | None
    occurred_at: dt.datetime
    reverses: str | None
    reversed_by: str | None

    @staticmethod
    def resolve_id(obj: Posting) -> str:
        return obj.entry.public_id

    @staticmethod
    def resolve_url(obj: Posting) -> str:
        return api.absolute(obj.get_absolute_url())

    @staticmethod
    def resolve_created_at(obj: Posting) -> dt.datetime:
        return obj.entry.created_at

    @staticmethod
    def resolve_points(obj: Posting) -> int:
        return obj.amount

    @staticmethod
    def resolve_memo(obj: Posting) -> str:
        return obj.entry.memo

    @staticmethod
    def resolve_rule(obj: Posting) -> Rule | None:
        return obj.entry.rule

    @staticmethod
    def resolve_rule_version(obj: Posting) -> int | None:
        return obj.entry.rule_version

    @staticmethod
    def resolve_event(obj: Posting) -> str | None:
        return obj.entry.event.public_id if obj.entry.event else None

    @staticmethod
    def resolve_occurred_at(obj: Posting) -> dt.datetime:
        return obj.entry.occurred_at

    @staticmethod
    def resolve_reverses(obj: Posting) -> str | None:
        return obj.entry.reverses.public_id if obj.entry.reverses else None

    @staticmethod
    def resolve_reversed_by(obj: Posting) -> str | None:
        later = getattr(obj.entry, "reversed_by", None)
        return later.public_id if later else None


class ReversalIn(api.Input):
    """Why points are taken back; the person reads it."""

    reason: str


def _ledger(request: MemberRequest) -> QuerySet[Posting]:
    _may(request, "incentives.view_ledger")
    return selectors.in_full(selectors.visible_to(request.user))


@api.listing(router, "/ledger", EntryOut, filters=LedgerFilter)
def list_ledger(request: MemberRequest) -> QuerySet[Posting]:
    """List the ledger, oldest first."""
    return _ledger(request)


@router.get("/ledger/{public_id}", response=EntryOut)
def get_ledger_entry(request: MemberRequest, public_id: str) -> Any:
    """Return one entry."""
    return _entry(request, public_id)


@router.post("/ledger/{public_id}/reverse", response={201: EntryOut})
def reverse_ledger_entry(request: MemberRequest, public_id: str, data: ReversalIn) -> Any:
    """Take an entry back by its mirror image; answers with the reversal."""
    line = _entry(request, public_id)
    reversal = services.reverse(entry=line.entry, reason=data.reason, actor=request.user)
    return api.Status(201, _entry(request, reversal.public_id))


def _entry(request: MemberRequest, public_id: str) -> Posting:
    return selectors.line_of(_ledger(request), public_id)


# ---------------------------------------------------------------- balances


class BalanceOut(api.Thing):
    """How many points a person can spend."""

    person: api.Ref
    points: int

    @staticmethod
    def resolve_url(obj: Balance) -> str:
        return api.absolute(f"/api/v1/balances/{obj.public_id}")

    @staticmethod
    def resolve_points(obj: Balance) -> int:
        return obj.amount


def _balances(request: MemberRequest) -> QuerySet[Balance]:
    if not request.user.has_perm("incentives.view_rewards"):
        raise NotAllowed(_("Points are for colleagues."))
    return selectors.balances_visible_to(request.user).select_related("person")


@api.listing(router, "/balances", BalanceOut)
def list_balances(request: MemberRequest) -> QuerySet[Balance]:
    """List balances: your own, or everybody's if you may read the ledger."""
    return _balances(request)


@router.get("/balances/{public_id}", response=BalanceOut)
def get_balance(request: MemberRequest, public_id: str) -> Any:
    """Return the balance of one person."""
    return api.found(_balances(request), public_id)
