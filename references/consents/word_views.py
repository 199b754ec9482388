"""The pages of the words that customers agree to: versions, what changed, a preview, the next version."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from references.consents import forms, selectors, services, wording
from references.consents.enums import Scope
from references.consents.models import ConsentTemplate
from refprogram.kernel.forms import FormPage
from refprogram.kernel.word_diff import word_diff
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required


@require_GET
@permission_required("references.see_consent_words")
def words_list(request: HttpRequest) -> HttpResponse:
    """List the templates in use, with their version and what they cover."""
    rows = [(row, scope_words(row)) for row in selectors.newest_templates()]
    context = {
        "rows": rows,
        "may_write": request.user.has_perm("references.write_consent_words"),
        "crumbs": [(_("Consents"), reverse("references:consents")), (_("Words"), "")],
    }
    return render(request, "references/consents/words_list.html", context)


def scope_words(template: ConsentTemplate) -> str:
    """Return what a version covers, in a line."""
    return ", ".join(str(Scope(scope).label) for scope in template.scopes)


@require_GET
@permission_required("references.see_consent_words")
def words(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one version as a customer reads it, what changed since the one before, and all versions."""
    row = get_object_or_404(selectors.templates(), public_id=public_id)
    versions = list(selectors.templates().filter(name=row.name))
    before = next((one for one in versions if one.version == row.version - 1), None)
    context = {
        "row": row,
        "scopes": scope_words(row),
        "preview": wording.shown(row.text),
        "hash": wording.hash_of(row),
        "given": selectors.consents_in_words(row),
        "before": before,
        "pieces": word_diff(before.text, row.text) if before else [],
        "versions": versions,
        "may_write": request.user.has_perm("references.write_consent_words"),
        "crumbs": [
            (_("Consents"), reverse("references:consents")),
            (_("Words"), reverse("references:consent-words")),
            (row.name, ""),
        ],
    }
    return render(request, "references/consents/words.html", context)


class NewWords(FormPage):
    """`/consents/words/new/`."""

    form_class = forms.WordsForm
    title = gettext_lazy("New words for customers to agree to")
    verb = gettext_lazy("Keep these words")
    cancel_url = reverse_lazy("references:consent-words")
    draft = "consent-words"
    permission = "references.write_consent_words"
    template_name = "references/consents/words_form.html"

    def save(self, form: Any) -> str:
        """Write the first version."""
        row = services.write_template(by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Kept as version %(n)d.") % {"n": row.version})
        return reverse("references:consent-words-version", args=[row.public_id])


class NextWords(NewWords):
    """`/consents/words/<id>/next/`: the next version; who agreed to an earlier one keeps those words."""

    form_class = forms.NextWordsForm
    verb = gettext_lazy("Keep as the next version")
    facts = gettext_lazy("Whoever agreed to an earlier version has agreed to that one; nothing changes for them.")
    kwargs: dict[str, Any]

    @cached_property
    def row(self) -> ConsentTemplate:
        """The version that is taken as a start."""
        return get_object_or_404(selectors.templates(), public_id=self.kwargs["public_id"])

    def get_title(self) -> str:
        """Return which words."""
        return _("The next version of “%(name)s”") % {"name": self.row.name}

    def get_cancel_url(self) -> str:
        """Return the version's page."""
        return reverse("references:consent-words-version", args=[self.row.public_id])

    def get_initial(self) -> dict[str, Any]:
        """Return the words as they stand."""
        return {"text": self.row.text, "scopes": self.row.scopes, "months": self.row.months}

    def save(self, form: Any) -> str:
        """Write the next version."""
        row = services.write_template(by=self.request.user, name=self.row.name, **form.cleaned_data)
        messages.success(self.request, _("Kept as version %(n)d.") % {"n": row.version})
        return reverse("references:consent-words-version", args=[row.public_id])


@require_POST
@permission_required("references.write_consent_words")
def preview_words(request: HttpRequest) -> HttpResponse:
    """Return the words as a customer would read them."""
    text = wording.shown(request.POST.get("text", "")[:20_000])
    return render(request, "references/consents/preview.html", {"preview": text})


@require_POST
@permission_required("references.write_consent_words")
def retire_words(request: MemberRequest, public_id: str) -> HttpResponse:
    """Ask nobody in these words any more."""
    row = get_object_or_404(selectors.templates(), public_id=public_id)
    press(request, lambda: services.retire_template(template=row, by=request.user), _("Nobody is asked so any more."))
    return redirect("references:consent-words")
