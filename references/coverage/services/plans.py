"""Plans to win certain customers: open one, bring it forward, its connectors and dated steps."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.enums import POOL
from references.accounts.models import Account
from references.accounts.services.records import known_activities
from references.coverage import letters
from references.coverage.enums import OPEN_PLANS, PLAN_MOVES, PlanState
from references.coverage.models import Connector, PlanStep, RecruitingTarget, TargetPlan
from refprogram.kernel import moves
from refprogram.kernel.errors import IllegalMove, InvalidInput
from refprogram.kernel.stream import emit
from refprogram.people.models import User

P = PlanState
EDITABLE = frozenset({"reason", "asks", "offer", "sponsor", "owner", "due_on", "target"})


def locked(plan: TargetPlan) -> TargetPlan:
    """Return the plan, fresh and locked."""
    rows = TargetPlan.objects.select_for_update(of=("self",))
    return rows.select_related("account", "owner__person", "sponsor__person").get(pk=plan.pk)


def _open(plan: TargetPlan) -> TargetPlan:
    plan = locked(plan)
    if plan.state not in OPEN_PLANS:
        raise IllegalMove(_("plan"), plan.get_state_display())
    return plan


@transaction.atomic
def open_plan(
    *,
    account: Account,
    actor: User,
    owner: User | None = None,
    target: RecruitingTarget | None = None,
    asks: Sequence[str] = (),
    **facts: Any,
) -> TargetPlan:
    """Plan how to win a customer. One open plan per customer; none for who is a reference already."""
    if account.state in POOL:
        message = _("%(name)s is a reference already.") % {"name": account.name}
        raise InvalidInput(message, errors={"account": message})
    try:
        with transaction.atomic():
            plan = TargetPlan.objects.create(
                account=account, owner=owner or actor, target=target, asks=known_activities(asks), **_only(facts)
            )
    except IntegrityError as error:
        message = _("There is a plan for %(name)s already.") % {"name": account.name}
        raise InvalidInput(message, errors={"account": message}) from error
    _tell("plan.opened", plan, actor)
    return plan


@transaction.atomic
def change_plan(*, plan: TargetPlan, actor: User, **facts: Any) -> TargetPlan:
    """Change what an open plan says. Only what is given changes."""
    plan = _open(plan)
    said = _only(facts)
    if "asks" in said:
        said["asks"] = known_activities(said["asks"])
    changed = sorted(name for name, value in said.items() if getattr(plan, name) != value)
    for name in changed:
        setattr(plan, name, said[name])
    if changed:
        plan.save(update_fields=changed)
        _tell("plan.changed", plan, actor, fields=changed)
    return plan


@transaction.atomic
def move_plan(*, plan: TargetPlan, to: PlanState, actor: User) -> TargetPlan:
    """Bring a plan to another column. That the customer is a reference is told by the customer's yes alone."""
    plan = locked(plan)
    if to == P.ACTIVE:
        raise InvalidInput(_("A plan ends as a reference by itself, once the customer has agreed to take part."))
    if plan.state == to:
        return plan
    if to == P.PLANNED and _other_open(plan):
        raise InvalidInput(_("There is another plan for this customer by now."))
    moves.move(plan, to, moves=PLAN_MOVES, noun=_("plan"))
    _tell("plan.moved", plan, actor, state=to.value)
    return plan


@transaction.atomic
def win_plans(*, account_id: int, at: dt.datetime) -> int:
    """The customer agreed to take part: the open plan for them is won. Return how many."""
    rows = TargetPlan.objects.filter(account=account_id, state__in=OPEN_PLANS).order_by("pk")
    won = 0
    for row in rows:
        plan = locked(row)
        if plan.state not in OPEN_PLANS:
            continue
        plan.won_at = at
        moves.move(plan, P.ACTIVE, moves=PLAN_MOVES, noun=_("plan"), also=["won_at"])
        _tell("plan.won", plan, None)
        letters.tell_won(plan)
        won += 1
    return won


def _other_open(plan: TargetPlan) -> bool:
    others = TargetPlan.objects.filter(account=plan.account_id, state__in=OPEN_PLANS)
    return others.exclude(pk=plan.pk).exists()


# ---------------------------------------------------------------- connectors and steps


@transaction.atomic
def add_connector(*, plan: TargetPlan, user: User, knows: str, actor: User) -> Connector:
    """Name a colleague through whom the customer is reached, and how they know them; again corrects it."""
    plan = _open(plan)
    row, _new = Connector.objects.update_or_create(plan=plan, user=user, defaults={"knows": knows.strip()[:200]})
    _tell("plan.changed", plan, actor, fields=["connectors"])
    return row


@transaction.atomic
def remove_connector(*, connector: Connector, actor: User) -> None:
    """Take a colleague out of the plan."""
    plan = _open(connector.plan)
    Connector.objects.filter(pk=connector.pk).delete()
    _tell("plan.changed", plan, actor, fields=["connectors"])


@transaction.atomic
def add_step(*, plan: TargetPlan, text: str, who: User | None, due_on: dt.date | None, actor: User) -> PlanStep:
    """Add a step at the end."""
    plan = _open(plan)
    text = text.strip()
    if not text:
        message = _("Say what is to be done.")
        raise InvalidInput(message, errors={"text": message})
    last = plan.steps.aggregate(last=Max("position"))["last"] or 0
    step = PlanStep.objects.create(plan=plan, position=last + 1, text=text[:200], who=who, due_on=due_on)
    _tell("plan.changed", plan, actor, fields=["steps"])
    return step


@transaction.atomic
def finish_step(*, step: PlanStep, done: bool, actor: User) -> PlanStep:
    """Mark a step as done, or as still to do; twice is once."""
    step = PlanStep.objects.select_for_update(of=("self",)).select_related("plan").get(pk=step.pk)
    if done == (step.done_at is not None):
        return step
    step.done_at = timezone.now() if done else None
    step.save(update_fields=["done_at"])
    _tell("plan.changed", step.plan, actor, fields=["steps"])
    return step


@transaction.atomic
def remove_step(*, step: PlanStep, actor: User) -> None:
    """Take a step away."""
    plan = _open(step.plan)
    PlanStep.objects.filter(pk=step.pk).delete()
    _tell("plan.changed", plan, actor, fields=["steps"])


def _only(facts: dict[str, Any]) -> dict[str, Any]:
    strange = facts.keys() - EDITABLE
    if strange:
        message = f"a plan has no field {sorted(strange)}"
        raise TypeError(message)
    return facts


def _tell(topic: str, plan: TargetPlan, actor: User | None, **payload: Any) -> None:
    emit(
        topic,
        subject=plan,
        account_id=plan.account_id,
        actor_id=actor.person_id if actor else None,
        payload=payload,
    )
