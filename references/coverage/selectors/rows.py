"""Recruiting targets and plans; `…visible_to` comes first: it is the one gate to each row."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Lower

from references.coverage.enums import OPEN_PLANS, PlanState, TargetState
from references.coverage.models import (
    CellTarget,
    Connector,
    DemandForecast,
    PlanStep,
    RecruitingTarget,
    TargetAsk,
    TargetNomination,
    TargetPlan,
)
from references.coverage.rules import READERS
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Among, Given, Prepared
from refprogram.people.enums import Role
from refprogram.people.models import User
from refprogram.people.prepared import PreparedFor, PreparedValuesFor


def targets_visible_to(user: User) -> QuerySet[RecruitingTarget]:
    """Return the recruiting targets that the user may open.

    All for who reads coverage; others their own, and those for which they were asked or have nominated.
    """
    rows = RecruitingTarget.objects.all()
    if user.role == Role.JUDGE:
        return rows.none()
    if user.role in READERS:
        return rows
    asked = TargetAsk.objects.filter(target=OuterRef("pk"), user=user.pk)
    named = TargetNomination.objects.filter(target=OuterRef("pk"), nominator=user.pk)
    return rows.filter(Q(owner=user.pk) | Exists(asked) | Exists(named))


def plans_visible_to(user: User) -> QuerySet[TargetPlan]:
    """Return the plans that the user may open: all for who reads coverage, others those in which they have a part."""
    rows = TargetPlan.objects.all()
    if user.role == Role.JUDGE:
        return rows.none()
    if user.role in READERS:
        return rows
    connects = Connector.objects.filter(plan=OuterRef("pk"), user=user.pk)
    does = PlanStep.objects.filter(plan=OuterRef("pk"), who=user.pk)
    return rows.filter(Q(owner=user.pk) | Q(sponsor=user.pk) | Exists(connects) | Exists(does))


def targets_for_list(user: User) -> QuerySet[RecruitingTarget]:
    """Return targets with what their list shows."""
    rows = targets_visible_to(user).select_related("owner__person")
    return rows.annotate(
        named=Count("nominations", distinct=True), people=Count("asked", distinct=True), order=Lower("title")
    )


def open_target(public_id: str) -> RecruitingTarget | None:
    """Return an open target by its id: whoever nominates may name it as where they come from."""
    return RecruitingTarget.objects.filter(public_id=public_id, state=TargetState.OPEN).first()


def open_cells() -> list[dict[str, str]]:
    """Return the cells for which a target is open already."""
    return list(RecruitingTarget.objects.filter(state=TargetState.OPEN).values_list("cell", flat=True))


def nominations_for(target: RecruitingTarget) -> list[TargetNomination]:
    """Return what was nominated for a target, the newest first."""
    return _NOMINATIONS(target=target.pk)


def asked_for(target: RecruitingTarget) -> list[TargetAsk]:
    """Return whom we asked, in that order, and whether they have nominated."""
    return _ASKED(target=target.pk)


def _asked() -> QuerySet[TargetAsk]:
    named = TargetNomination.objects.filter(target=OuterRef("target"), nominator=OuterRef("user"))
    rows = TargetAsk.objects.filter(target=_TARGET).select_related("user__person").annotate(answered=Exists(named))
    return rows.order_by("asked_at", "pk")[:100]


_TARGET = Given("target", BigIntegerField())
_ASKED = Prepared(_asked)
_NOMINATIONS = Prepared(
    lambda: (
        TargetNomination.objects.filter(target=_TARGET)
        .select_related("account", "nominator__person")
        .order_by("-nominated_at", "-pk")[:100]
    )
)
# The target of this public id, if the viewer may open it, with what its page shows.
TARGET_PAGE = PreparedFor(
    lambda viewer: (
        targets_visible_to(viewer).select_related("owner__person").filter(public_id=Given("public_id", TextField()))
    )
)


def plans_on_board(user: User) -> list[tuple[TargetPlan, list[PlanStep]]]:
    """Return the plans of the board, each with the steps that are not done."""
    plans = _ON_BOARD(user)
    todo: dict[int, list[PlanStep]] = {plan.pk: [] for plan in plans}
    for step in _TODO(plans=list(todo)):
        todo[step.plan_id].append(step)
    return [(plan, todo[plan.pk]) for plan in plans]


_ON_BOARD = PreparedFor(
    lambda viewer: plans_visible_to(viewer).select_related("account", "owner__person").order_by("due_on", "pk")
)
_TODO = Prepared(
    lambda: PlanStep.objects.filter(Among("plan", "plans"), done_at=None).order_by("due_on", "position", "pk")
)


def plan_in_full(user: User) -> QuerySet[TargetPlan]:
    """Return plans with what their page shows."""
    return plans_visible_to(user).select_related("account__region", "owner__person", "sponsor__person", "target")


_PLAN = Given("plan", BigIntegerField())
_CONNECTORS = Prepared(lambda: Connector.objects.filter(plan=_PLAN).select_related("user__person").order_by("pk"))
_STEPS = Prepared(lambda: PlanStep.objects.filter(plan=_PLAN).select_related("who__person").order_by("position", "pk"))
# The plan of this public id, if the viewer may open it, with what its page shows.
PLAN_PAGE = PreparedFor(lambda viewer: plan_in_full(viewer).filter(public_id=Given("public_id", TextField())))


def connectors_of(plan: TargetPlan) -> list[Connector]:
    """Return through whom the customer is reached."""
    return _CONNECTORS(plan=plan.pk)


def steps_of(plan: TargetPlan) -> list[PlanStep]:
    """Return the steps of a plan in their order."""
    return _STEPS(plan=plan.pk)


@dataclass(frozen=True)
class Conversion:
    """How many plans became references, of those that ended."""

    won: int
    dropped: int
    open: int

    @property
    def share(self) -> float | None:
        """Won over won and dropped; None while none has ended."""
        ended = self.won + self.dropped
        return self.won / ended if ended else None


def conversion(user: User) -> Conversion:
    """Return from plan to reference, over all plans that the user may open. One statement."""
    counted = Counter(dict(_BY_STATE(user)))
    return Conversion(
        won=counted[PlanState.ACTIVE],
        dropped=counted[PlanState.DROPPED],
        open=sum(counted[state] for state in OPEN_PLANS),
    )


_BY_STATE = PreparedValuesFor(
    lambda viewer: plans_visible_to(viewer).order_by().values_list("state").annotate(n=Count("pk"))
)


def newest_forecast() -> DemandForecast | None:
    """Return the forecast that the map shows."""
    return DemandForecast.objects.order_by("-made_on").first()


# ---------------------------------------------------------------- names, for the stream


def target_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name recruiting targets; link those that the viewer may open."""
    return _labels(RecruitingTarget.objects.all(), targets_visible_to(viewer), ids, "title")


def plan_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Name plans by their customer; link those that the viewer may open."""
    return _labels(TargetPlan.objects.select_related("account"), plans_visible_to(viewer), ids, "account")


def _labels(rows: QuerySet[Any], seen: QuerySet[Any], ids: Iterable[int], name: str) -> dict[int, Label]:
    mine = seen.filter(pk=OuterRef("pk"))
    found = rows.filter(pk__in=list(ids)).annotate(may_open=Exists(mine))
    return {row.pk: Label(str(getattr(row, name)), row.get_absolute_url() if row.may_open else "") for row in found}


def cell_targets_of(target: RecruitingTarget) -> QuerySet[CellTarget, Any]:
    """Return the key of what the cell of a recruiting target should have."""
    return CellTarget.objects.filter(cell=target.cell).values_list("pk", flat=True)
