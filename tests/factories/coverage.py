"""Recruiting targets and plans: valid and boring. What the map counts is made by references and `services.catch_up`."""

import datetime as dt
from typing import Any

from references.accounts import clock
from references.coverage import services
from references.coverage.models import PlanStep, RecruitingTarget, TargetPlan
from refprogram.people.models import User
from tests.factories.references import AccountFactory


def target_of(actor: User | None, **facts: Any) -> RecruitingTarget:
    """Return an open recruiting target: two references in retail, by a day two months on."""
    usual = {
        "title": "Retail",
        "cell": {"industry": "Retail"},
        "wanted": 2,
        "due_on": clock.today() + dt.timedelta(days=60),
        "owner": actor,
    }
    return services.open_target(**{**usual, **facts}, actor=actor)


def targets(count: int, actor: User) -> None:
    """Make several."""
    for number in range(count):
        target_of(actor, title=f"Retail {number}")


def plan_of(actor: User, **facts: Any) -> TargetPlan:
    """Return a plan to win a customer."""
    usual = {"account": facts.pop("account", None) or AccountFactory(), "offer": "A talk on our stage"}
    return services.open_plan(**{**usual, **facts}, actor=actor)


def step_of(plan: TargetPlan, actor: User, **facts: Any) -> PlanStep:
    """Return a step of a plan, due tomorrow."""
    usual = {"text": "Call them", "who": actor, "due_on": clock.today() + dt.timedelta(days=1)}
    return services.add_step(plan=plan, **{**usual, **facts}, actor=actor)
