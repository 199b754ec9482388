"""The pages of surveys: list, prepare, waves with their audience, what came back."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from references.profiles import masks
from references.surveys import selectors, services, shown
from references.surveys.filters import SurveyFilter
from references.surveys.forms import AudienceForm, SurveyForm, WaveForm
from references.surveys.models import Survey
from references.surveys.tables import SurveyTable
from refprogram.kernel.errors import DomainError
from refprogram.kernel.form_builder.views import results_page
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.gates import permission_required

NEW = Action(
    gettext_lazy("New survey"), reverse_lazy("references:survey-new"), icon="plus", permission="references.run_surveys"
)
FORMS = Action(gettext_lazy("Forms"), reverse_lazy("kernel:forms"), icon="edit", permission="references.run_surveys")


class SurveyList(ListPage):
    """`/surveys/`: every survey the reader may see."""

    page = "references:surveys"
    title = gettext_lazy("Surveys")
    table_class = SurveyTable
    filterset_class = SurveyFilter
    search_fields = ("name",)
    default_sort = "-created"
    views = (
        View("running", gettext_lazy("Running"), "state=running&state=paused"),
        View("ended", gettext_lazy("Ended"), "state=closed"),
    )
    primary_action = NEW
    actions = (FORMS,)
    empty = Empty(
        gettext_lazy("Ask customers how likely they are to recommend you, and what they would do for you."), NEW
    )
    permission = "references.see_surveys"

    def get_queryset(self) -> QuerySet[Survey]:
        """Return the surveys that the reader may see."""
        return selectors.with_list_facts(selectors.visible_to(self.request.user))


class SurveyFormPage(FormPage):
    """A form about one survey, or about a new one."""

    permission = "references.run_surveys"
    kwargs: dict[str, Any]

    @cached_property
    def survey(self) -> Survey:
        """The survey."""
        return get_object_or_404(selectors.visible_to(self.request.user), public_id=self.kwargs["public_id"])

    def get_cancel_url(self) -> str:
        """Return the survey's page."""
        return self.survey.get_absolute_url()


class NewSurvey(FormPage):
    """`/surveys/new/`."""

    form_class = SurveyForm
    title = gettext_lazy("New survey")
    facts = gettext_lazy("Nobody is asked before you have added a wave and started it.")
    verb = gettext_lazy("Prepare the survey")
    cancel_url = reverse_lazy("references:surveys")
    draft = "references:survey-new"
    permission = "references.run_surveys"

    def save(self, form: SurveyForm) -> str:
        """Prepare it; a wave is the next step."""
        survey = services.create_survey(by=self.request.user, **form.cleaned_data)
        return reverse("references:survey-wave", args=[survey.public_id])


class EditSurvey(SurveyFormPage):
    """`/surveys/<id>/edit/`."""

    form_class = SurveyForm
    title = gettext_lazy("Edit the survey")

    def get_initial(self) -> dict[str, Any]:
        """Return the survey as it is."""
        facts = {name: getattr(self.survey, name) for name in ("name", "message", "per_day", "closes_on")}
        program = self.survey.program
        return {**facts, "form": self.survey.form.public_id, "program": program.public_id if program else None}

    def get_form_kwargs(self) -> dict[str, Any]:
        """Name the survey: its kind stays."""
        return {"survey": self.survey}

    def save(self, form: SurveyForm) -> str:
        """Change it."""
        return services.edit_survey(survey=self.survey, **form.cleaned_data).get_absolute_url()


class NewWave(SurveyFormPage):
    """`/surveys/<id>/waves/add/`: whom to ask, with the count as you choose."""

    form_class = WaveForm
    template_name = "references/surveys/wave.html"
    title = gettext_lazy("Add a wave")
    verb = gettext_lazy("Add this wave")

    def get_context(self, form: Any) -> dict[str, Any]:
        """Return how many it would reach as it stands."""
        return {"survey": self.survey, "reach": selectors.reach_of(self.survey, {})}

    def get_title(self) -> str:
        """Return which survey it is for."""
        return _("Add a wave: %(survey)s") % {"survey": self.survey.name}

    def get_initial(self) -> dict[str, Any]:
        """Return a name for the wave."""
        return {"name": _("Wave %(n)d") % {"n": selectors.waves_of(self.survey).count() + 1}}

    def save(self, form: WaveForm) -> str:
        """Plan the wave."""
        facts = {"name": form.cleaned_data["name"], "starts_on": form.cleaned_data["starts_on"]}
        services.add_wave(survey=self.survey, audience=form.audience, **facts)
        return self.survey.get_absolute_url()


@permission_required("references.run_surveys")
def audience(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return how many these filters reach, and why others are left out."""
    survey = _survey(request, public_id)
    form = AudienceForm(request.GET)
    chosen = form.audience if form.is_valid() else {}
    return render(request, "references/surveys/reach.html", {"reach": selectors.reach_of(survey, chosen)})


@permission_required("references.see_surveys")
def survey_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a survey: how far it is, its score, who answered."""
    survey = _survey(request, public_id)
    cells = selectors.tally(survey)
    funnel, spread = selectors.funnel_of(cells), selectors.distribution(survey.kind, cells)
    may = request.user.has_perm("references.run_surveys")
    context = {
        "survey": survey,
        "pill": shown.pill_of(survey),
        "facts": shown.facts_of(survey),
        "may": may,
        "moves": shown.moves_of(survey) if may else [],
        "stats": shown.stats_of(survey, funnel, selectors.score_of(survey.kind, spread)),
        "funnel": shown.funnel_rows(funnel),
        "funnel_heads": [(_("Step"), ""), (_("People"), "")],
        "spread_heads": [(_("Score"), ""), (_("People"), "")],
        "spread": [[str(level), count] for level, count in spread],
        "regions": selectors.by_group(survey.kind, cells, "region"),
        "industries": selectors.by_group(survey.kind, cells, "industry"),
        "waves": [shown.wave_line(wave) for wave in selectors.all_waves_of(survey)],
        "answers": _answers(survey, request.user),
        "crumbs": [(_("Surveys"), reverse("references:surveys")), (survey.name, "")],
    }
    return render(request, "references/surveys/survey.html", context)


def _answers(survey: Survey, viewer: Any) -> list[dict[str, Any]]:
    """Return the latest answers; of masked customers without their names."""
    rows = selectors.latest_answers(survey)
    hidden = masks.cover_with_people(rows, viewer)
    return [{**shown.answer_line(row), "known": row.account_id not in hidden} for row in rows]


@permission_required("references.see_surveys")
def survey_results(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Show every question's answers, or hand them out as a file."""
    survey = _survey(request, public_id)
    return results_page(
        request,
        version=survey.form,
        answers=selectors.answers_of(survey),
        title=survey.name,
        crumbs=[
            (_("Surveys"), reverse("references:surveys")),
            (survey.name, survey.get_absolute_url()),
            (_("Results"), ""),
        ],
        versions=[],
    )


VERBS = {
    "start": (services.start_survey, gettext_lazy("Started. The first mails leave within minutes.")),
    "pause": (services.pause_survey, gettext_lazy("Paused. Nothing is sent until you go on.")),
    "resume": (services.resume_survey, gettext_lazy("It goes on.")),
    "close": (services.close_survey, gettext_lazy("Ended. What was answered stays.")),
}


@require_POST
@permission_required("references.run_surveys")
def survey_verb(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    """Start, pause, go on, or end."""
    survey = _survey(request, public_id)
    if verb not in VERBS:
        raise Http404
    service, said = VERBS[verb]
    user: Any = request.user
    try:
        service(survey=survey, by=user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, str(said))
    return redirect(survey.get_absolute_url())


@require_POST
@permission_required("references.run_surveys")
def wave_cancel(request: HttpRequest, public_id: str, wave_id: str) -> HttpResponse:
    """Send no more of a wave."""
    survey = _survey(request, public_id)
    wave = get_object_or_404(selectors.waves_of(survey), public_id=wave_id)
    try:
        services.cancel_wave(wave=wave)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Called off. Nothing more of it is sent."))
    return redirect(survey.get_absolute_url())


def _survey(request: HttpRequest, public_id: str) -> Survey:
    if not request.user.is_authenticated:
        raise PermissionDenied
    return selectors.FOR_PAGE.or_404(request.user, public_id=public_id)
