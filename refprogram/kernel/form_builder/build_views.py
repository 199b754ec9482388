"""The page on which a form is built: one address, one step per POST, and the list with its preview as the answer."""

import contextlib
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from refprogram.kernel.errors import DomainError
from refprogram.kernel.form_builder import editing, purposes, selectors, services, shown
from refprogram.kernel.form_builder.enums import TESTS, WITH_OPTIONS, Edit, FieldType, Test
from refprogram.kernel.form_builder.fields import FieldSpec, problems
from refprogram.kernel.form_builder.views import design_for
from refprogram.kernel.models import FormDesign, FormVersion

TEMPLATE = "kernel/form_builder/build.html"


@login_required
def build(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the form being built; do one step to it."""
    right = "build" if request.method == "POST" else "read"
    design = design_for(request, public_id, right)
    if request.method == "POST":
        if request.POST.get("act") == "preview":
            return _preview(request, design)
        return _step(request, design)
    return _draw(request, selectors.draft_of(design), editing_key=request.GET.get("edit", ""))


def _step(request: HttpRequest, design: FormDesign) -> HttpResponse:
    data = request.POST
    act, text = data.get("act", ""), data.get("revision", "")
    revision = int(text) if text.isdecimal() and len(text) < 9 else 0
    try:
        said = _do(request, design, act, revision)
    except DomainError as refusal:
        return _refused(request, design, refusal)
    if said:
        messages.success(request, said)
        return redirect(design.get_absolute_url())
    draft = selectors.draft_of(design)
    key = draft.fields[-1]["key"] if act == Edit.ADD else ""
    if _is_htmx(request):
        return _draw(request, draft, editing_key=key, part=True)
    return redirect(f"{design.get_absolute_url()}?edit={key}" if key else design.get_absolute_url())


def _do(request: HttpRequest, design: FormDesign, act: str, revision: int) -> str:
    """Do what the button says; return a sentence where the whole page changes."""
    data = request.POST
    if act in Edit.values:
        services.edit_draft(design=design, revision=revision, edit=act, data=data.dict())
    elif act == "texts":
        services.rename(design=design, name=data.get("name", ""))
        services.save_draft(
            design=design, revision=revision, intro=data.get("intro", ""), thanks=data.get("thanks", "")
        )
        return _("Saved.")
    elif act == "publish":
        version = services.publish(design=design, revision=revision, by=request.user)
        return _("Version %(n)d is published.") % {"n": version.number}
    elif act == "archive":
        services.archive(design=design)
        return _("Archived. What was answered stays.")
    elif act == "bring_back":
        services.bring_back(design=design)
        return _("It is back.")
    return ""


def _refused(request: HttpRequest, design: FormDesign, refusal: DomainError) -> HttpResponse:
    if _is_htmx(request):
        response = HttpResponse(refusal.message, status=refusal.status if refusal.status != 422 else 409)
        response["X-Problem"] = refusal.message
        return response
    messages.error(request, refusal.message)
    return redirect(design.get_absolute_url())


def _preview(request: HttpRequest, design: FormDesign) -> HttpResponse:
    """Draw the form with what stands in the open editor, saved or not."""
    draft = selectors.draft_of(design)
    specs = selectors.specs_of(draft)
    with contextlib.suppress(DomainError):  # a half-typed limit: the preview waits for the rest
        specs = editing.edited(specs, Edit.CHANGE, request.POST.dict())
    context = {"fields": shown.shown(specs, {}), "draft": draft}
    return render(request, f"{TEMPLATE}#preview", context)


def _draw(request: HttpRequest, draft: FormVersion, *, editing_key: str = "", part: bool = False) -> HttpResponse:
    design = draft.design
    specs = selectors.specs_of(draft)
    may_build = purposes.may(request.user, design.purpose, "build") and design.archived_at is None
    wrong: dict[str, list[str]] = {}
    for key, sentence in problems(specs):
        wrong.setdefault(key, []).append(sentence)
    context: dict[str, Any] = {
        "design": design,
        "draft": draft,
        "purpose": purposes.purpose_of(design.purpose),
        "lines": [_line(spec, at, specs, wrong, editing_key if may_build else "") for at, spec in enumerate(specs)],
        "fields": shown.shown(specs, {}),
        "kinds": FieldType.choices,
        "problems": [sentence for sentences in wrong.values() for sentence in sentences],
        "may_build": may_build,
        "may_archive": purposes.may(request.user, design.purpose, "build"),
    }
    if part or (_is_htmx(request) and not request.htmx.boosted):  # type: ignore[attr-defined]
        return render(request, f"{TEMPLATE}#builder", context)
    context["published"] = services.published(design)
    context["crumbs"] = [(_("Forms"), reverse("kernel:forms")), (design.name, "")]
    return render(request, TEMPLATE, context)


def _line(
    spec: FieldSpec, at: int, specs: list[FieldSpec], wrong: dict[str, list[str]], editing_key: str
) -> dict[str, Any]:
    """Return one line of the list; the one being edited brings what its form offers."""
    line: dict[str, Any] = {
        "spec": spec,
        "at": at,
        "first": at == 0,
        "last": at == len(specs) - 1,
        "wrong": wrong.get(spec.key, []),
        "condition": selectors.condition_words(spec, specs),
        "editing": spec.key == editing_key,
    }
    if line["editing"]:
        line |= {
            "options_text": "\n".join(option.label for option in spec.options),
            "has_options": spec.type in WITH_OPTIONS,
            "earlier": [
                {"spec": other, "tests": [(test.value, test.label) for test in TESTS[other.type]]}
                for other in specs[:at]
                if other.type in TESTS and other.label
            ],
            "tests": Test.choices,
        }
    return line


def _is_htmx(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]
