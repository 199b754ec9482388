"""The API of rules. The same services and permissions as the pages."""

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.urls import reverse
from pydantic import Field

from incentives.ledger.models import Wallet
from incentives.rulebook import pots, selectors, services
from incentives.rulebook.definition import Definition
from incentives.rulebook.enums import RuleState
from incentives.rulebook.models import Rule
from refprogram.kernel import api
from refprogram.kernel.models import new_public_id
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])


def _may(request: MemberRequest, permission: str) -> None:
    if not request.user.has_perm(permission):
        raise PermissionDenied


class RuleOut(api.Thing):
    """A rule: what it says as data, and as a sentence."""

    name: str
    sentence: str
    definition: Definition
    state: RuleState
    version: int
    approved_by: api.Ref | None
    live_since: dt.datetime | None
    stopped_at: dt.datetime | None
    revision: int

    @staticmethod
    def resolve_sentence(obj: Rule) -> str:
        return selectors.sentence_of(obj)

    @staticmethod
    def resolve_definition(obj: Rule) -> Definition:
        return obj.says


class StoppedOut(api.Schema):
    """How many rules were switched off."""

    stopped: int


class RuleIn(api.Input):
    """A rule as written; whether it makes sense is checked."""

    name: str = Field(max_length=120)
    definition: Definition


class RulePatch(RuleIn):
    """The rule as it is to read; with the `revision` that you read, 409 if somebody changed it since."""

    revision: int | None = None


def _rules(request: MemberRequest) -> QuerySet[Rule]:
    _may(request, "incentives.view_rules")
    return selectors.rules_visible_to(request.user).select_related("approved_by__person")


@api.listing(router, "/rules", RuleOut)
def list_rules(request: MemberRequest) -> QuerySet[Rule]:
    """List the rules."""
    return _rules(request)


@router.post("/rules/stop", response=StoppedOut)
def stop_all_rules(request: MemberRequest) -> Any:
    """Switch every rule off."""
    _may(request, "incentives.switch_rules")
    return {"stopped": services.stop_all(actor=request.user)}


@router.get("/rules/{public_id}", response=RuleOut)
def get_rule(request: MemberRequest, public_id: str) -> Any:
    """Return one rule."""
    return api.found(_rules(request), public_id)


@router.post("/rules", response={201: RuleOut})
def create_rule(request: MemberRequest, data: RuleIn) -> Any:
    """Write a rule down. It pays nothing until it is started."""
    drafted = services.draft_rule(name=data.name, definition=data.definition.kept(), actor=request.user)
    return api.Status(201, drafted)


@router.patch("/rules/{public_id}", response=RuleOut)
def change_rule(request: MemberRequest, public_id: str, data: api.PatchDict[RulePatch]) -> Any:
    """Change a rule that is not on. 409 (`stale`) if somebody was faster."""
    rule = api.found(_rules(request), public_id)
    name, says = data.get("name", rule.name), data.get("definition")
    definition = rule.definition if says is None else Definition.model_validate(says).kept()
    return services.change_draft(
        rule=rule, name=name, definition=definition, actor=request.user, revision=data.get("revision")
    )


@router.post("/rules/{public_id}/start", response=RuleOut)
def start_rule(request: MemberRequest, public_id: str) -> Any:
    """Approve a rule and switch it on."""
    return services.start_rule(rule=api.found(_rules(request), public_id), actor=request.user)


@router.post("/rules/{public_id}/stop", response=RuleOut)
def stop_rule(request: MemberRequest, public_id: str) -> Any:
    """Switch a rule off."""
    return services.stop_rule(rule=api.found(_rules(request), public_id), actor=request.user)


# ---------------------------------------------------------------- pots


class RulePotOut(api.Thing):
    """A pot that rules pay from: what was put in, what of it is given or promised, what it still holds."""

    name: str
    filled: int
    given: int
    holds: int

    @staticmethod
    def resolve_url(_obj: Wallet) -> str:
        return api.absolute(reverse("incentives:pots"))

    @staticmethod
    def resolve_holds(obj: Wallet) -> int:
        return obj.budget

    @staticmethod
    def resolve_given(obj: Any) -> int:
        return int(obj.filled - obj.budget)


class FillIn(api.Input):
    """How many points are put in (with a minus: taken out), and what for."""

    points: int = Field(ge=-pots.MOST, le=pots.MOST)
    reason: str = Field(max_length=200)


class RulePotIn(FillIn):
    """A pot and its first points."""

    name: str = Field(max_length=120)


def _pots(request: MemberRequest) -> QuerySet[Wallet]:
    _may(request, pots.VIEW)
    return pots.visible_to(request.user)


@api.listing(router, "/pots", RulePotOut)
def list_pots(request: MemberRequest) -> QuerySet[Wallet]:
    """List the pots that rules pay from."""
    return _pots(request)


@router.post("/pots", response={201: RulePotOut})
def create_pot(request: MemberRequest, data: RulePotIn) -> Any:
    """Set up a pot and put the first points in."""
    wallet = pots.open_pot(**data.model_dump(), key=new_public_id(), actor=request.user)
    return api.Status(201, api.found(_pots(request), wallet.public_id))


@router.post("/pots/{public_id}/fill", response=RulePotOut)
def fill_pot(request: MemberRequest, public_id: str, data: FillIn) -> Any:
    """Put points into a pot."""
    wallet = api.found(_pots(request), public_id)
    pots.fill(wallet=wallet, **data.model_dump(), key=new_public_id(), actor=request.user)
    return api.found(_pots(request), public_id)
