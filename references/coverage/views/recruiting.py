"""Recruiting targets: list, page, set, change, end, ask colleagues."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from references.accounts import clock
from references.accounts.segment_names import Names
from references.accounts.segments import read, written
from references.coverage import letters, policy, selectors, services
from references.coverage.enums import TargetState
from references.coverage.filters import RecruitingFilter
from references.coverage.forms import TargetForm
from references.coverage.models import RecruitingTarget
from references.coverage.tables import STATES, RecruitingTable
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

FIRST_ASKED = 3  # of those who could nominate, so many are chosen at first
MAP = Action(
    gettext_lazy("Find a cell that is short"), reverse_lazy("references:coverage"), "map", "references.see_coverage"
)


class RecruitingList(ListPage):
    """`/coverage/recruiting/`: the targets that the reader may open."""

    page = "references:recruiting"
    title = gettext_lazy("Recruiting targets")
    permission = "references.see_recruiting"
    table_class = RecruitingTable
    filterset_class = RecruitingFilter
    search_fields = ("title", "reason")
    default_sort = "due"
    views = (
        View("open", gettext_lazy("Open"), "state=open"),
        View("mine", gettext_lazy("My targets"), "mine=yes"),
        View("met", gettext_lazy("Met"), "state=met&sort=-due"),
    )
    primary_action = MAP
    empty = Empty(
        gettext_lazy("Choose a cell of the coverage map that is short: it becomes a target at one click."), MAP,
        title=gettext_lazy("Nobody is looked for"), icon="flag",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[RecruitingTarget]:
        """Return the targets that the reader may open."""
        return selectors.targets_for_list(self.request.user)


class NewTarget(FormPage):
    """`/coverage/recruiting/new/?at=…`: a red cell becomes a target, everything filled in."""

    form_class = TargetForm
    title = gettext_lazy("New recruiting target")
    verb = gettext_lazy("Set the target")
    permission = "references.run_coverage"
    cancel_url = reverse_lazy("references:coverage")
    template_name = "references/coverage/target_form.html"

    @cached_property
    def cell(self) -> dict[str, str]:
        """The cell that the address names; none means all references."""
        return read(self.request.GET.get("at", "")) or {}

    @cached_property
    def figures(self) -> Any:
        """What the map says of the cell."""
        return selectors.figures_of(self.cell)

    @property
    def facts(self) -> str:  # type: ignore[override]
        """What the map says of the cell."""
        return _("%(available)d available, target %(target)d, expected in 90 days %(demand).1f") % {
            "available": self.figures.available,
            "target": self.figures.target or 0,
            "demand": self.figures.demand,
        }

    def get_initial(self) -> dict[str, Any]:
        """Return the cell's name, what it lacks, a day, and oneself."""
        return {
            "title": Names().cell(self.cell)[:200],
            "wanted": max(1, self.figures.missing),
            "due_on": clock.today() + policy.now().target_time,
            "owner": self.request.user.public_id,
        }

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return who could nominate there."""
        return {"people": selectors.who_could_nominate(self.cell), "nobody": selectors.nothing_known()}

    def save(self, form: TargetForm) -> str:
        """Set the target; its page says whom to ask."""
        target = services.open_target(cell=self.cell, actor=self.request.user, **form.cleaned_data)
        return target.get_absolute_url()


class EditTarget(FormPage):
    """`/coverage/recruiting/<id>/edit/`."""

    form_class = TargetForm
    title = gettext_lazy("Change the target")
    permission = "references.run_coverage"
    kwargs: dict[str, Any]

    @cached_property
    def target(self) -> RecruitingTarget:
        """The target."""
        rows = selectors.targets_visible_to(self.request.user).select_related("owner")
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def get_initial(self) -> dict[str, Any]:
        """Return what it says now."""
        target = self.target
        facts = {name: getattr(target, name) for name in ("title", "wanted", "due_on", "reason")}
        return {**facts, "owner": target.owner.public_id if target.owner else ""}

    def get_cancel_url(self) -> str:
        """Return the target's page."""
        return self.target.get_absolute_url()

    def save(self, form: TargetForm) -> str:
        """Change it."""
        services.change_target(target=self.target, actor=self.request.user, **form.cleaned_data)
        return self.target.get_absolute_url()


def _found(request: MemberRequest, public_id: str) -> RecruitingTarget:
    return selectors.TARGET_PAGE.or_404(request.user, public_id=public_id)


@require_safe
@login_required
def target_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show one target: how far it is, who was asked, what was nominated."""
    target = _found(request, public_id)
    run, reads = (request.user.has_perm(f"references.{name}_coverage") for name in ("run", "see"))
    asked = selectors.asked_for(target) if reads else []
    running = target.state == TargetState.OPEN
    context = {
        "target": target,
        "pill": STATES[TargetState(target.state)],
        "cell": Names().cell(target.cell),
        "key": written(target.cell),
        "share": min(1.0, target.gained / target.wanted),
        "left": (target.due_on - clock.today()).days,
        "running": running,
        "may_edit": run and running,
        "reads": reads,
        "asked": asked,
        "nominations": selectors.nominations_for(target) if reads else [],
        "mine": selectors.own_candidates(target.cell, request.user) if running and not run else [],
        "nominate_url": letters.nominate_url(target),
        "entries": timeline.entries(timeline.latest_of("recruitingtarget", target.pk), request.user),
    }
    return render(request, "references/coverage/target.html", context)


@require_safe
@permission_required("references.run_coverage")
def target_people(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show who could nominate for a target, whoever was asked already left out; loaded after the page."""
    target = _found(request, public_id)
    asked = {ask.user_id for ask in selectors.asked_for(target)}
    limit = policy.now().who_could + len(asked)
    people = [one for one in selectors.who_could_nominate(target.cell, limit=limit) if one.user.pk not in asked]
    context = {
        "people": people,
        "nobody": selectors.nothing_known(),
        "target": target,
        "may_ask": True,
        "first": 0 if asked else FIRST_ASKED,  # once somebody was asked, further ones are chosen by hand
    }
    return render(request, "references/coverage/_people.html", context)


@require_POST
@permission_required("references.run_coverage")
def target_ask(request: MemberRequest, public_id: str) -> HttpResponse:
    """Ask the chosen colleagues."""
    target = _found(request, public_id)
    chosen = set(request.POST.getlist("user"))
    limit = policy.now().who_could + len(selectors.asked_for(target))
    people = [
        (one.user, [account.pk for account in one.accounts])
        for one in selectors.who_could_nominate(target.cell, limit=limit)
        if one.user.public_id in chosen
    ]
    if not people:
        messages.warning(request, _("Choose at least one colleague."))
        return redirect(target)
    words = ngettext("%(n)d colleague is asked.", "%(n)d colleagues are asked.", len(people)) % {"n": len(people)}
    press(request, lambda: services.ask_colleagues(target=target, people=people, actor=request.user), words)
    return redirect(target)


@require_POST
@permission_required("references.run_coverage")
def target_close(request: MemberRequest, public_id: str) -> HttpResponse:
    """End a target that is no longer needed."""
    target = _found(request, public_id)
    press(request, lambda: services.close_target(target=target, actor=request.user), _("The target is ended."))
    return redirect(target)
