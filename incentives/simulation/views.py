"""Trials of rules: all of them, asking for one, what came out."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from incentives.pay.models import Escalator
from incentives.pay.selectors import escalators
from incentives.rulebook.models import Rule
from incentives.rulebook.selectors import rules_visible_to
from incentives.simulation import selectors, services, shown
from incentives.simulation.forms import DaysForm, SimulationForm, last_year
from incentives.simulation.models import Simulation
from incentives.simulation.tables import SimulationTable
from refprogram.kernel import rollups
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Empty, ListPage
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


class SimulationList(ListPage):
    """`/rules/simulations/`: what was tried."""

    page = "incentives:simulations"
    title = _("Trials of rules")
    permission = "incentives.view_rules"
    table_class = SimulationTable
    default_sort = "-made"
    empty = Empty(
        _("Open a rule and try it on the past before it is let loose."), title=_("Nothing tried yet"), icon="scale"
    )

    def get_queryset(self) -> QuerySet[Simulation]:
        """Return the trials."""
        return selectors.visible_to(self.request.user)


class NewSimulation(FormPage):
    """`/rules/<id>/simulate/`: which rules beside this one, over which days."""

    form_class = SimulationForm
    title = _("Try it on the past")
    facts = _(
        "Nothing is given, told or changed by it. A rule that is tried with a few counts as if it reached everybody."
    )
    verb = _("Try it")
    permission = services.TRY

    @cached_property
    def rule(self) -> Rule:
        """The rule of this address."""
        return get_object_or_404(rules_visible_to(self.request.user), public_id=self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to the rule."""
        return self.rule.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Begin with this rule alone, over the year that ended yesterday."""
        first, last = last_year(rollups.day_of(timezone.now()))
        return {"rules": [self.rule.public_id], "first": first, "last": last}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the rules that the user may read."""
        return {**super().get_form_kwargs(), "user": self.request.user}

    def save(self, form: SimulationForm) -> str:
        """Ask for it; the job's page tells how far it is, and leads to what came out."""
        asked = dict(form.cleaned_data, rules=list(form.cleaned_data["rules"]))
        row = services.simulate(**asked, actor=self.request.user, rule=self.rule)
        return reverse("kernel:job", args=[row.job.public_id])  # type: ignore[union-attr]  # it was just made


class NewEscalatorSimulation(FormPage):
    """`/escalators/<id>/simulate/`: a version of the escalator over past months."""

    form_class = DaysForm
    title = _("Try it on the past")
    facts = _("The whole months between these days are counted. Nothing is paid, told or changed by it.")
    verb = _("Try it")
    permission = services.TRY

    @cached_property
    def escalator(self) -> Escalator:
        """The version of this address."""
        return get_object_or_404(escalators.visible_to(self.request.user), public_id=self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Back to the version."""
        return self.escalator.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """Begin with the year that ended yesterday."""
        first, last = last_year(rollups.day_of(timezone.now()))
        return {"first": first.replace(day=1), "last": last}

    def save(self, form: DaysForm) -> str:
        """Ask for it."""
        row = services.simulate_escalator(escalator=self.escalator, **form.cleaned_data, actor=self.request.user)
        return reverse("kernel:job", args=[row.job.public_id])  # type: ignore[union-attr]  # it was just made


@require_safe
@permission_required("incentives.view_rules")
def simulation(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show what came out of a trial: side by side with what was given."""
    row = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    context: dict[str, Any] = {"row": row, "sentences": services.sentences_of(row)}
    if row.done_at is not None:
        result = shown.for_reader(row.result, sees_pay=request.user.has_perm("incentives.view_pay"))
        context |= {
            "sides": shown.sides(result, selectors.names_of(result)),
            "few": result.get("few", False),
            "waiting": shown.waiting(result),
            "proof": shown.proof(result),
            "pots": selectors.pots_of(result),
        }
    return render(request, "incentives/simulation/page.html", context)
