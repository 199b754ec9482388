"""The pages of waves: list, plan, cohorts with their dates, simulation, start and pause."""

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from nominations.row_forms import RowForm
from nominations.waves import selectors, services, shown, simulating
from nominations.waves.enums import WaveState
from nominations.waves.filters import WaveFilter
from nominations.waves.forms import CohortsForm, ReasonForm, WaveForm, WhatIfForm
from nominations.waves.models import Wave
from nominations.waves.rates import learn
from nominations.waves.tables import STATES, WaveTable
from refprogram.governance.pilots.enums import PilotKind
from refprogram.governance.pilots.selectors import limits_of
from refprogram.kernel import timeline
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

NEW = Action(
    gettext_lazy("Plan a wave"), reverse_lazy("nominations:wave-new"), icon="plus", permission="nominations.run_waves"
)


class WaveList(ListPage):
    """`/waves/`: one cohort after the other."""

    page = "nominations:waves"
    title = gettext_lazy("Waves")
    permission = "nominations.see_waves"
    table_class = WaveTable
    filterset_class = WaveFilter
    search_fields = ("name",)
    default_sort = "-starts"
    views = (
        View("open", gettext_lazy("Planned and running"), "state=planned&state=running&state=paused"),
        View("ended", gettext_lazy("Ended"), "state=ended"),
    )
    primary_action = NEW
    empty = Empty(gettext_lazy("Colleagues are asked one cohort after the other, so that nobody waits long."), NEW)

    def get_queryset(self) -> QuerySet[Wave]:
        """Return the waves that the reader may see."""
        return selectors.with_list_facts(selectors.visible_to(self.request.user))


def _wave(request: Any, public_id: str) -> Wave:
    return get_object_or_404(selectors.visible_to(request.user), public_id=public_id)


@permission_required("nominations.see_waves")
@require_safe
def wave_page(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show a wave: where it stands, its calendar, what is expected; the simulation comes after the page."""
    wave = _wave(request, public_id)
    may = request.user.has_perm("nominations.run_waves")
    plan = selectors.plan_of(wave)
    load = selectors.load()
    context = {
        "wave": wave,
        "may": may and wave.state != "ended",
        "moves": shown.moves_of(wave) if may else [],
        "pill": STATES[WaveState(wave.state)],
        "facts": shown.facts_of(wave),
        "paused": shown.paused_words(wave),
        "limit": limits_of(PilotKind.WAVE, [wave.public_id], request.user).get(wave.public_id),
        "tiles": shown.tiles_of(wave, load) if wave.state != "ended" else [],
        "lines": shown.lines_of(wave, plan, learn()),
        "problems": plan.problems,
        "query": request.GET.urlencode(),
        "entries": timeline.entries(timeline.of_subject("wave", wave.pk)[: timeline.PAGE], request.user),
        "crumbs": [(_("Waves"), reverse("nominations:waves")), (wave.name, "")],
    }
    return render(request, "nominations/waves/wave.html", context)


@permission_required("nominations.see_waves")
@require_safe
def simulation(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show the simulation of a wave, to htmx as the part of its page; with other figures, both side by side."""
    wave = _wave(request, public_id)
    form = WhatIfForm(request.GET, wave=wave)
    what_if = form.what_if
    found = simulating.look(wave, what_if)
    context = {
        "wave": wave,
        "form": form,
        "waits": found.plan is None,
        "charts": _pairs(found),
        "tried": found.other is not None,
        "summary": shown.summary_of(found.plan, found.other) if found.plan is not None else [],
        "formula": shown.formula_of(found.rates, found.setting, wave),
        "weeks": shown.weeks_of(found.rates),
        "fields": {name: value for name, value in asdict(what_if).items() if value is not None},
        "may": request.user.has_perm("nominations.run_waves"),
        "crumbs": [
            (_("Waves"), reverse("nominations:waves")),
            (wave.name, wave.get_absolute_url()),
            (_("Simulation"), ""),
        ],
    }
    part = request.htmx and not request.htmx.boosted
    return render(request, f"nominations/waves/{'_simulation' if part else 'simulation'}.html", context)


def _pairs(found: simulating.Simulated) -> list[list[tuple[str, Any]]]:
    """Return each picture of the plan, with that of the other figures beside it."""
    if found.plan is None:
        return []
    plan = shown.charts_of(found.plan, found.setting)
    if found.other is None or found.other_setting is None:
        return [[("", chart)] for chart in plan]
    other = shown.charts_of(found.other, found.other_setting)
    return [[(_("As planned"), a), (_("With other figures"), b)] for a, b in zip(plan, other, strict=True)]


@permission_required("nominations.run_waves")
@require_POST
def simulate(request: MemberRequest, public_id: str) -> HttpResponse:
    """Simulate a large wave in the background; the job's page tells how far it is."""
    wave = _wave(request, public_id)
    job = simulating.start(wave=wave, what_if=WhatIfForm(request.POST, wave=wave).what_if, actor=request.user)
    return redirect("kernel:job", job.public_id)


class NewWave(FormPage):
    """`/waves/new/`."""

    form_class = WaveForm
    title = gettext_lazy("Plan a wave")
    facts = gettext_lazy("Nobody is asked before you start it.")
    verb = gettext_lazy("Make the cohorts")
    permission = "nominations.run_waves"
    cancel_url = reverse_lazy("nominations:waves")
    draft = "nominations:wave-new"

    def get_initial(self) -> dict[str, Any]:
        """Begin with the campaign whose page it was."""
        return {"campaign": self.request.GET.get("campaign", "")}

    def save(self, form: WaveForm) -> str:
        """Plan it; the cohorts are the next step."""
        wave = services.plan_wave(actor=self.request.user, **form.cleaned_data)
        return reverse("nominations:wave-cohorts", args=[wave.public_id])


class _OfWave(RowForm[Wave]):
    """A form about one wave."""

    permission = "nominations.run_waves"

    def find(self, public_id: str) -> Wave:
        """Return the wave."""
        return _wave(self.request, public_id)


class EditWave(_OfWave):
    """`/waves/<id>/edit/`."""

    form_class = WaveForm

    def get_title(self) -> str:
        """Return which wave."""
        return _("Change %(name)s") % {"name": self.row.name}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Keep the wave's own campaign among the choices."""
        return {"wave": self.row}

    def get_initial(self) -> dict[str, Any]:
        """Return the wave as it is."""
        wave = self.row
        names = ("name", "roles", "cut", "starts_on", "days_each", "in_work", "per_day", "pause_after_days")
        campaign = wave.campaign.public_id if wave.campaign else ""
        parts = len(selectors.cohorts_of(wave))
        return {**{name: getattr(wave, name) for name in names}, "campaign": campaign, "parts": parts}

    def save(self, form: WaveForm) -> str:
        """Change it."""
        wave = services.change_wave(wave=self.row, actor=self.request.user, **form.cleaned_data)
        return wave.get_absolute_url()


class EditCohorts(_OfWave):
    """`/waves/<id>/cohorts/`: people and dates of each, with the count as you type."""

    form_class = CohortsForm
    template_name = "nominations/waves/cohorts.html"
    verb = gettext_lazy("Save the cohorts")

    def get_title(self) -> str:
        """Return whose cohorts."""
        return _("Cohorts of %(name)s") % {"name": self.row.name}

    @cached_property
    def plan(self) -> selectors.Plan:
        """The cohorts as they are kept."""
        return selectors.plan_of(self.row)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the cohorts, and what they may be made of."""
        return {"wave": self.row, "cohorts": self.plan.cohorts, "groups": self.plan.groups}

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return the calendar as it is kept."""
        plan = self.plan
        lines = shown.lines_of(self.row, plan, learn())
        return {"wave": self.row, "lines": lines, "problems": plan.problems}

    def save(self, form: CohortsForm) -> str:
        """Save them all, or none."""
        services.plan_cohorts(wave=self.row, actor=self.request.user, cohorts=form.planned)
        return self.row.get_absolute_url()


@permission_required("nominations.run_waves")
@require_safe
def preview(request: MemberRequest, public_id: str) -> HttpResponse:
    """Return the calendar with what is typed just now; nothing is kept."""
    wave = _wave(request, public_id)
    plan = selectors.plan_of(wave)
    form = CohortsForm(request.GET, wave=wave, cohorts=plan.cohorts, groups=plan.groups)
    if form.is_valid():
        plan = selectors.tried(wave, plan, form.planned)
    lines = shown.lines_of(wave, plan, learn())
    context = {"wave": wave, "lines": lines, "problems": plan.problems}
    return render(request, "nominations/waves/_calendar.html", context)


SAID = {
    "start": gettext_lazy("Started. Each cohort is told on its first day."),
    "pause": gettext_lazy("Paused. What comes in waits in the queue."),
    "resume": gettext_lazy("It goes on."),
    "end": gettext_lazy("Ended. What waited in the queue is let in."),
}


@permission_required("nominations.run_waves")
@require_POST
def wave_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Start, pause, go on, or end."""
    wave, user = _wave(request, public_id), request.user
    acts = {
        "start": lambda: services.start_wave(wave=wave, actor=user),
        "pause": lambda: services.pause_wave(wave=wave, actor=user, reason=ReasonForm(request.POST).reason_given),
        "resume": lambda: services.resume_wave(wave=wave, actor=user),
        "end": lambda: services.end_wave(wave=wave, actor=user),
    }
    if verb not in acts:
        raise Http404
    press(request, acts[verb], str(SAID[verb]))
    return redirect(wave)
