"""The page on which a form is built: one address, one step per POST, and the list with its preview as the answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from refprogram.kernel.errors import DomainError
from refprogram.kernel.form_builder import depending, editing, purposes, selectors, services, shown
from refprogram.kernel.form_builder.enums import WITH_OPTIONS, Edit, FieldType
from refprogram.kernel.form_builder.fields import Condition, FieldSpec
from refprogram.kernel.form_builder.soundness import problems
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
        if request.POST.get("act") == "depend":
            return _depend(request, design)
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
    typed = request.POST.dict()
    for data in (typed, {**typed, "if_field": ""}):  # a half-made condition or limit: the preview waits for the rest
        try:
            specs = editing.edited(specs, Edit.CHANGE, data)
            break
        except DomainError:
            continue
    context = {"fields": shown.shown(specs, {}), "draft": draft}
    return render(request, f"{TEMPLATE}#preview", context)


def _depend(request: HttpRequest, design: FormDesign) -> HttpResponse:
    """Draw what the field being edited may wait for, once another question or test was chosen."""
    specs, data = selectors.specs_of(selectors.draft_of(design)), request.POST
    at = next((n for n, spec in enumerate(specs) if spec.key == data.get("key", "")), 0)
    chosen = Condition(data.get("if_field", ""), data.get("if_test", ""), data.get("if_value", ""))
    context = {"rule": _rule(chosen, depending.earlier_than(specs, at)), "design": design}
    return render(request, "kernel/form_builder/_condition.html", context)


def _rule(condition: Condition | None, earlier: list[FieldSpec]) -> dict[str, Any]:
    """Return what the editor offers for a condition: the tests of the question chosen, and its answers."""
    other = next((spec for spec in earlier if condition and spec.key == condition.field), None)
    if condition is None or other is None:
        return {"lost": bool(condition and condition.field)}
    tests = depending.tests_of(other)
    test = condition.test if condition.test in dict(tests) else tests[0][0]
    value = condition.value if depending.fits(Condition(other.key, test, condition.value), other) else ""
    return {
        "other": other,
        "tests": tests,
        "test": test,
        "control": depending.control_of(other, test),
        "answers": depending.answers_of(other),
        "value": value,
    }


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
            "earlier": depending.earlier_than(specs, at),
            "rule": _rule(spec.condition, depending.earlier_than(specs, at)),
        }
    return line


def _is_htmx(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]
