"""The pages of the form builder: list, build, compare versions, answer signed in, results."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from refprogram.kernel.errors import DomainError
from refprogram.kernel.form_builder import answering, exports, purposes, results, selectors, services
from refprogram.kernel.form_builder.filters import DesignFilter
from refprogram.kernel.form_builder.forms import NewDesignForm
from refprogram.kernel.form_builder.tables import DesignTable
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.kernel.models import FormAnswer, FormDesign, FormVersion

NEW = Action(gettext_lazy("New form"), reverse_lazy("kernel:form-new"), icon="plus")


def _demand(request: HttpRequest, right: str) -> None:
    if request.user.is_authenticated and not purposes.that_may(request.user, right):
        raise PermissionDenied


def design_for(request: HttpRequest, public_id: str, right: str) -> FormDesign:
    """Return the form, if the reader may see it (else 404) and has the right (else 403)."""
    design = get_object_or_404(selectors.visible_to(request.user), public_id=public_id)
    if not purposes.may(request.user, design.purpose, right):
        raise PermissionDenied
    return design


class DesignList(ListPage):
    """`/forms/`: every form the reader may build or read."""

    page = "kernel:forms"
    title = gettext_lazy("Forms")
    table_class = DesignTable
    search_fields = ("name",)
    default_sort = "name"
    filterset_class = DesignFilter
    views = (
        View("used", gettext_lazy("In use"), "archived=no"),
        View("archived", gettext_lazy("Archived"), "archived=yes"),
    )
    primary_action = NEW
    empty = Empty(gettext_lazy("Surveys and other questions are built here, field by field."), NEW)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who neither builds nor reads any form."""
        if request.user.is_authenticated and not purposes.that_may(request.user, "read"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[FormDesign]:
        """Return the forms that the reader may see."""
        return selectors.with_list_facts(selectors.visible_to(self.request.user))


class NewDesign(FormPage):
    """`/forms/new/`: name it, and start."""

    form_class = NewDesignForm
    title = gettext_lazy("New form")
    verb = gettext_lazy("Start building")
    cancel_url = reverse_lazy("kernel:forms")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse who builds no forms."""
        _demand(request, "build")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Name who chooses the purpose."""
        return {"user": self.request.user}

    def save(self, form: NewDesignForm) -> str:
        """Start the form, with another one's fields if asked."""
        model = form.cleaned_data["copy"]
        draft = selectors.draft_of(model) if model else None
        design = services.create_design(
            name=form.cleaned_data["name"],
            purpose=form.cleaned_data["purpose"],
            by=self.request.user,
            specs=selectors.specs_of(draft) if draft else None,
            intro=draft.intro if draft else "",
            thanks=draft.thanks if draft else "",
        )
        return design.get_absolute_url()


# ---------------------------------------------------------------- versions, results


@login_required
def versions(request: HttpRequest, public_id: str) -> HttpResponse:
    """List a form's versions, and say what changed between two of them."""
    design = design_for(request, public_id, "read")
    frozen = selectors.published_versions(design)
    draft = selectors.draft_of(design)
    rows = [draft, *frozen]
    by_number = {str(row.number): row for row in rows}
    newer = by_number.get(request.GET.get("to", ""), rows[0])
    older = by_number.get(request.GET.get("from", ""), next((row for row in rows if row.number < newer.number), newer))
    context = {
        "design": design,
        "draft": draft,
        "frozen": frozen,
        "rows": rows,
        "newer": newer,
        "older": older,
        "changes": selectors.changes(selectors.specs_of(older), selectors.specs_of(newer)),
        "crumbs": _crumbs(design, _("Versions")),
    }
    return render(request, "kernel/form_builder/versions.html", context)


@login_required
def design_results(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Show what came back to one version, or hand it out as a file."""
    design = design_for(request, public_id, "read")
    frozen = selectors.published_versions(design)
    chosen = next((row for row in frozen if str(row.number) == request.GET.get("version", "")), None)
    version = chosen or next((row for row in frozen if row.answered), frozen[0] if frozen else None)  # type: ignore[attr-defined]
    if version is None:
        context = {"design": design, "version": None, "crumbs": _crumbs(design, _("Results"))}
        return render(request, "kernel/form_builder/results.html", context)
    return results_page(
        request,
        version=version,
        answers=selectors.sent_answers(version),
        title=design.name,
        crumbs=_crumbs(design, _("Results")),
        versions=frozen,
    )


def results_page(
    request: HttpRequest,
    *,
    version: FormVersion,
    answers: QuerySet[FormAnswer],
    title: str,
    crumbs: list[tuple[str, str]],
    versions: list[FormVersion],
) -> HttpResponseBase:
    """Draw or export some answers to one version; rooms use it for their own selection of answers."""
    all_in = purposes.may(request.user, version.design.purpose, "see_blind")
    specs = selectors.specs_of(version)
    open_specs = results.open_to(specs, blind_too=all_in)
    form = request.GET.get("format", "")
    if form in exports.FORMATS:
        return exports.export(answers, open_specs, form=form, name=title, viewer=request.user, names=all_in)
    context = {
        "design": version.design,
        "version": version,
        "versions": versions,
        "title": title,
        "results": results.results_of(answers, open_specs),
        "sent": answers.count(),
        "hidden": sum(spec.asks for spec in specs) - len(open_specs),
        "formats": [(one, one.upper()) for one in exports.FORMATS],
        "crumbs": crumbs,
    }
    return render(request, "kernel/form_builder/results.html", context)


def _crumbs(design: FormDesign, here: str) -> list[tuple[str, str]]:
    return [(_("Forms"), reverse("kernel:forms")), (design.name, design.get_absolute_url()), (here, "")]


# ---------------------------------------------------------------- answering, signed in


class ColleaguePage(answering.AnswerPage):
    """A form that every colleague may answer once per version, about nothing but itself."""

    base_template = "base.html"

    def __init__(self, request: HttpRequest, version: FormVersion) -> None:
        super().__init__(request)
        self.version = version
        self.person_id: int = request.user.person_id  # type: ignore[union-attr]

    def found(self) -> FormAnswer | None:
        """Return what this person answered or began."""
        subject = self.version.design
        return selectors.answer_about("formdesign", subject.pk, self.person_id, subject)

    def current(self) -> FormVersion:
        """Return the newest version."""
        return self.version

    def open(self, version: FormVersion) -> FormAnswer:
        """Open this person's answer; who began on an older version ends there."""
        begun = self.found()
        return services.open_answer(
            version=begun.version if begun else version, subject=self.version.design, person_id=self.person_id
        )


@login_required
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let a colleague answer a form that is meant for colleagues."""
    names = [name for name, purpose in purposes.purposes().items() if purpose.colleagues]
    design = get_object_or_404(selectors.open_to_colleagues(names), public_id=public_id)
    version = services.published(design)
    if version is None:
        raise Http404
    version.design = design
    try:
        return ColleaguePage(request, version).respond()
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("/")
