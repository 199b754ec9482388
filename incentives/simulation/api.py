"""Trials of rules over the API."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Query
from pydantic import Field

from incentives.pay.selectors import escalators
from incentives.rulebook.selectors import rules_visible_to
from incentives.simulation import selectors, services, shown
from incentives.simulation.forms import last_year
from incentives.simulation.models import Simulation
from refprogram.kernel import api, rollups
from refprogram.kernel.errors import NotAllowed
from refprogram.people.auth import MemberRequest

router = api.Router(tags=["incentives"])


class TriedRule(api.Schema):
    """A rule as it read when it was tried."""

    name: str
    version: int
    sentence: str


class RuleTrialOut(api.Thing):
    """A trial; `result` is empty until its job is done: gifts side by side, winners and losers, exposure, pots."""

    first: dt.date
    last: dt.date
    rules: list[TriedRule]
    job: str | None
    done_at: dt.datetime | None
    result: dict[str, Any] = Field(description="Whose pay it is stands there only for who answers for pay.")

    @staticmethod
    def resolve_result(obj: Simulation, context: Any) -> Any:
        return shown.for_reader(obj.result, sees_pay=context["request"].user.has_perm("incentives.view_pay"))

    @staticmethod
    def resolve_rules(obj: Simulation) -> list[dict[str, Any]]:
        pairs = zip(obj.tried, services.sentences_of(obj), strict=True)
        return [{"name": one["name"], "version": one["version"], "sentence": words} for one, words in pairs]

    @staticmethod
    def resolve_job(obj: Simulation) -> str | None:
        return obj.job.public_id if obj.job else None


class SpanOfDays(api.Schema):
    """From which day to which, both counted."""

    from_: dt.date | None = Field(None, alias="from")
    to: dt.date | None = None


def _rows(request: MemberRequest) -> QuerySet[Simulation]:
    if not request.user.has_perm("incentives.view_rules"):
        raise NotAllowed("Your role does not include this.")
    return selectors.visible_to(request.user)


@api.listing(router, "/simulations", RuleTrialOut)
def list_simulations(request: MemberRequest) -> QuerySet[Simulation]:
    """List the trials of rules."""
    return _rows(request)


@router.get("/simulations/{public_id}", response=RuleTrialOut)
def get_simulation(request: MemberRequest, public_id: str) -> Any:
    """Return one trial, with its result once it is done."""
    return api.found(_rows(request), public_id)


@router.post("/rules/{public_id}/simulate", response={202: RuleTrialOut})
def simulate_rule(request: MemberRequest, public_id: str, span: Query[SpanOfDays]) -> Any:
    """Try a rule, as it reads now, on the past; without days on the year that ended yesterday. Changes nothing."""
    _rows(request)
    rule = api.found(rules_visible_to(request.user), public_id)
    first, last = last_year(rollups.day_of(timezone.now()))
    row = services.simulate(
        rules=[rule], first=span.from_ or first, last=span.to or last, actor=request.user, rule=rule
    )
    return api.Status(202, row)


@router.post("/escalators/{public_id}/simulate", response={202: RuleTrialOut})
def simulate_escalator(request: MemberRequest, public_id: str, span: Query[SpanOfDays]) -> Any:
    """Try a version of the escalator on past months; without days on the year that ended yesterday."""
    _rows(request)
    escalator = api.found(escalators.visible_to(request.user), public_id)
    first, last = last_year(rollups.day_of(timezone.now()))
    row = services.simulate_escalator(
        escalator=escalator, first=span.from_ or first, last=span.to or last, actor=request.user
    )
    return api.Status(202, row)
