"""Plans to win certain customers: the board, a plan's page, its connectors and steps."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from references.accounts import clock
from references.accounts.selectors import activity_types, may_open, state_of
from references.accounts.selectors.availability import tone_of, word_of
from references.coverage import selectors, services
from references.coverage.enums import OPEN_PLANS, PLAN_MOVES, PlanState
from references.coverage.forms import ConnectorForm, PlanForm, StepForm
from references.coverage.models import Connector, PlanStep, TargetPlan
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.templatetags import rp
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required
from refprogram.people.models import User

ENDED_SHOWN = 6
BY_HAND = frozenset(PlanState) - {PlanState.ACTIVE}
TONES = {
    PlanState.PLANNED: "", PlanState.CONNECTING: "info", PlanState.OFFERED: "info", PlanState.AGREED: "wait",
    PlanState.ACTIVE: "ok", PlanState.DROPPED: "idle",
}  # fmt: skip


def steps_on(plan: TargetPlan) -> list[tuple[str, str]]:
    """Return where a plan can be brought by hand: (state, words); the next one first, dropping last."""
    way = list(PlanState)
    back = way[: way.index(PlanState(plan.state))]
    allowed = [to for to in way if to in PLAN_MOVES.get(plan.state, ()) and to in BY_HAND]
    allowed.sort(key=lambda to: (to == PlanState.DROPPED, to in back))
    return [(to, str(to.label).capitalize()) for to in allowed]


@require_safe
@permission_required("references.see_recruiting")
def board(request: MemberRequest) -> HttpResponse:
    """Show the plans by how far they are."""
    today = clock.today()
    columns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for plan, todo in selectors.plans_on_board(request.user):
        nothing = plan.state not in OPEN_PLANS
        columns[plan.state].append(
            {
                "plan": plan,
                "next": None if nothing or not todo else todo[0],
                "late": not nothing and plan.due_on is not None and plan.due_on < today,
                "moves": steps_on(plan) if request.user.has_perm("references.change_plan", plan) else [],
            }
        )
    for state in (PlanState.ACTIVE, PlanState.DROPPED):
        columns[state].sort(key=lambda line: line["plan"].updated_at, reverse=True)
    figures = selectors.conversion(request.user)
    context = {
        "columns": [
            (state, str(state.label).capitalize(), TONES[state], len(columns[state]), _first(columns[state], state))
            for state in PlanState
        ],
        "facts": _board_facts(figures),
        "any": any(columns.values()),
        "may_add": request.user.has_perm("references.run_coverage"),
    }
    return render(request, "references/coverage/board.html", context)


def _first(lines: list[dict[str, Any]], state: PlanState) -> list[dict[str, Any]]:
    return lines if state in OPEN_PLANS else lines[:ENDED_SHOWN]


def _board_facts(figures: selectors.Conversion) -> str:
    if figures.share is None:
        return _("How we win certain customers: through whom, against which offer, in which steps")
    return _("%(share)s of the plans that ended became references (%(won)d of %(of)d)") % {
        "share": rp.pct(figures.share), "won": figures.won, "of": figures.won + figures.dropped,
    }  # fmt: skip


def _found(user: User, public_id: str) -> TargetPlan:
    return selectors.PLAN_PAGE.or_404(user, public_id=public_id)


def _mine(user: User, public_id: str) -> TargetPlan:
    plan = _found(user, public_id)
    if not user.has_perm("references.change_plan", plan):
        raise PermissionDenied
    return plan


@require_safe
@login_required
def plan_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one plan."""
    plan = _found(request.user, public_id)
    user, today = request.user, clock.today()
    running, state = plan.state in OPEN_PLANS, state_of(plan.account)
    may_edit = running and user.has_perm("references.change_plan", plan)
    steps = selectors.steps_of(plan)
    for step in steps:
        step.plan = plan
    names = {kind.slug: kind.name for kind in activity_types()}
    context = {
        "plan": plan,
        "word": str(PlanState(plan.state).label).capitalize(),
        "tone": TONES[PlanState(plan.state)],
        "running": running,
        "may_edit": may_edit,
        "moves": steps_on(plan) if user.has_perm("references.change_plan", plan) else [],
        "account_open": bool(may_open(user, [plan.account_id])),
        "standing": (word_of(plan.account.state, state), tone_of(plan.account, state)),
        "asks": [names.get(slug, slug) for slug in plan.asks],
        "connectors": selectors.connectors_of(plan),
        "steps": [
            (step, step.due_on is not None and step.due_on < today and step.done_at is None,
             running and user.has_perm("references.finish_step", step))
            for step in steps
        ],
        "done": sum(1 for step in steps if step.done_at is not None),
        "connector_form": ConnectorForm() if may_edit else None,
        "step_form": StepForm() if may_edit else None,
        "entries": timeline.entries(timeline.latest_of("targetplan", plan.pk), user),
        "panels": [reverse(name, args=[plan.public_id]) for name in settings.PLAN_PANELS],
    }  # fmt: skip
    return render(request, "references/coverage/plan.html", context)


class NewPlan(FormPage):
    """`/coverage/plans/new/`."""

    form_class = PlanForm
    title = gettext_lazy("Plan to win a customer")
    verb = gettext_lazy("Start the plan")
    permission = "references.run_coverage"
    cancel_url = reverse_lazy("references:plans")
    draft = "references:plan-new"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return who chooses among which accounts."""
        return {"viewer": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Return what the address names."""
        return {
            "account": self.request.GET.get("account", ""),
            "target": self.request.GET.get("target", ""),
            "owner": self.request.user.public_id,
        }

    def save(self, form: PlanForm) -> str:
        """Open the plan."""
        return services.open_plan(actor=self.request.user, **form.cleaned_data).get_absolute_url()


class EditPlan(FormPage):
    """`/coverage/plans/<id>/edit/`."""

    form_class = PlanForm
    kwargs: dict[str, Any]

    @cached_property
    def plan(self) -> TargetPlan:
        """The plan."""
        return _mine(self.request.user, self.kwargs["public_id"])

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Refuse who may not change it."""
        if request.user.is_authenticated:
            _mine(request.user, kwargs["public_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        """Return whom it is about."""
        return _("Plan to win %(name)s") % {"name": self.plan.account.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return who changes it; the customer stays."""
        return {"viewer": self.request.user, "fixed": self.plan.account}

    def get_initial(self) -> dict[str, Any]:
        """Return what it says now."""
        plan = self.plan
        people = {name: getattr(plan, name) for name in ("sponsor", "owner", "target")}
        facts = {name: getattr(plan, name) for name in ("reason", "asks", "offer", "due_on")}
        return {**facts, **{name: row.public_id if row else "" for name, row in people.items()}}

    def get_cancel_url(self) -> str:
        """Return the plan's page."""
        return self.plan.get_absolute_url()

    def save(self, form: PlanForm) -> str:
        """Change it."""
        services.change_plan(plan=self.plan, actor=self.request.user, **form.cleaned_data)
        return self.plan.get_absolute_url()


def _back(request: MemberRequest, plan: TargetPlan) -> HttpResponse:
    url = request.POST.get("next", "")
    return redirect(url if url_has_allowed_host_and_scheme(url, allowed_hosts=None) else plan.get_absolute_url())


@require_POST
@login_required
def plan_move(request: MemberRequest, public_id: str) -> HttpResponse:
    """Bring a plan to another column."""
    plan = _mine(request.user, public_id)
    to = request.POST.get("to", "")
    if to not in PlanState.values:
        messages.warning(request, _("Choose how far the plan is."))
        return _back(request, plan)
    words = _("%(name)s: %(state)s") % {"name": plan.account.name, "state": PlanState(to).label}
    press(request, lambda: services.move_plan(plan=plan, to=PlanState(to), actor=request.user), words)
    return _back(request, plan)


@require_POST
@login_required
def connector_add(request: MemberRequest, public_id: str) -> HttpResponse:
    """Name a colleague who knows them."""
    plan = _mine(request.user, public_id)
    form = ConnectorForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose a colleague."))
        return redirect(plan)
    press(
        request,
        lambda: services.add_connector(plan=plan, actor=request.user, **form.cleaned_data),
        _("%(name)s is part of the plan.") % {"name": form.cleaned_data["user"].name},
    )
    return redirect(plan)


@require_POST
@login_required
def connector_remove(request: MemberRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a colleague out of the plan."""
    plan = _mine(request.user, public_id)
    row = _part(selectors.connectors_of(plan), pk)
    press(request, lambda: services.remove_connector(connector=row, actor=request.user), _("Taken out of the plan."))
    return redirect(plan)


@require_POST
@login_required
def step_add(request: MemberRequest, public_id: str) -> HttpResponse:
    """Add a step."""
    plan = _mine(request.user, public_id)
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Say what is to be done, and a day if there is one."))
        return redirect(plan)
    press(
        request, lambda: services.add_step(plan=plan, actor=request.user, **form.cleaned_data), _("The step is added.")
    )
    return redirect(plan)


@require_POST
@login_required
def step_done(request: MemberRequest, public_id: str, pk: int) -> HttpResponse:
    """Mark a step as done, or as still to do (`undo`)."""
    plan = _found(request.user, public_id)
    row = _part(selectors.steps_of(plan), pk)
    row.plan = plan
    if not request.user.has_perm("references.finish_step", row):
        raise PermissionDenied
    done = "undo" not in request.POST
    words = _("Done.") if done else _("Open again.")
    press(request, lambda: services.finish_step(step=row, done=done, actor=request.user), words)
    return _back(request, plan)


@require_POST
@login_required
def step_remove(request: MemberRequest, public_id: str, pk: int) -> HttpResponse:
    """Take a step away."""
    plan = _mine(request.user, public_id)
    row = _part(selectors.steps_of(plan), pk)
    press(request, lambda: services.remove_step(step=row, actor=request.user), _("The step is taken away."))
    return redirect(plan)


def _part(rows: list[Any], pk: int) -> Any:
    """Return one of a plan's connectors or steps, or say that there is none."""
    found: Connector | PlanStep | None = next((row for row in rows if row.pk == pk), None)
    if found is None:
        raise Http404
    return found
