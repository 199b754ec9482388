"""What this room puts on a desk: steps of plans that are due, targets to nominate for, targets that run out."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import DateField, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from references.accounts import clock
from references.coverage import letters, policy
from references.coverage.enums import OPEN_PLANS, TargetState
from references.coverage.models import PlanStep, TargetAsk, TargetNomination
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.kernel.prepared import Given
from refprogram.kernel.templatetags.rp import day
from refprogram.people.enums import Role
from refprogram.people.glance import ForDesk
from refprogram.people.models import User

LINES = 5


def desk_items(user: User) -> list[DeskItem]:
    """Return what needs this colleague: two queries."""
    if user.role == Role.JUDGE:
        return []
    return [*_steps(user), *_asked(user)]


def _due_steps(viewer: User) -> QuerySet[PlanStep]:
    mine = Q(who=viewer.pk) | Q(who=None, plan__owner=viewer.pk)
    steps = PlanStep.objects.filter(
        mine, done_at=None, due_on__lte=Given("soon", DateField()), plan__state__in=OPEN_PLANS
    )
    return steps.select_related("plan__account").order_by("due_on", "pk")[:LINES]


def _open_asks(viewer: User) -> QuerySet[TargetAsk]:
    named = TargetNomination.objects.filter(target=OuterRef("target"), nominator=viewer.pk)
    asks = TargetAsk.objects.filter(~Exists(named), user=viewer.pk, target__state=TargetState.OPEN)
    return asks.select_related("target").order_by("target__due_on", "pk")[:LINES]


_STEPS = ForDesk(_due_steps, lambda: {"soon": clock.today() + policy.now().step_soon})
_ASKED = ForDesk(_open_asks)


def _steps(user: User) -> Iterable[DeskItem]:
    """Return the steps that are due soon; one that names nobody is for whose plan it is."""
    today = clock.today()
    for step in _STEPS(user):
        late = step.due_on is not None and step.due_on < today
        yield DeskItem(
            title=_("%(name)s: %(step)s") % {"name": step.plan.account.name, "step": step.text},
            detail=(_("Was due %(day)s") if late else _("Due %(day)s")) % {"day": day(step.due_on)},
            tone="stop" if late else "wait",
            icon="flag",
            actions=(
                DeskAction(
                    _("Done"),
                    reverse("references:plan-step-done", args=[step.plan.public_id, step.pk]),
                    post=True,
                    fields={"next": "/"},
                    primary=True,
                ),
                DeskAction(_("Look"), step.plan.get_absolute_url()),
            ),
            since=dt.datetime.combine(step.due_on or today, dt.time(), tzinfo=clock.zone()),
            urgency=4 if late else 6,
        )


def _asked(user: User) -> Iterable[DeskItem]:
    """Return the targets for which somebody asked this colleague, who has nominated nobody for them yet."""
    for ask in _ASKED(user):
        yield DeskItem(
            title=_("Do you know a customer? %(title)s") % {"title": ask.target.title},
            detail=_("Until %(day)s") % {"day": day(ask.target.due_on)},
            tone="info",
            icon="star",
            actions=(
                DeskAction(_("Nominate"), letters.nominate_url(ask.target), primary=True),
                DeskAction(_("Look"), ask.target.get_absolute_url()),
            ),
            since=ask.asked_at,
            urgency=6,
        )
