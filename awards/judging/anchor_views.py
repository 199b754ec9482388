"""The pages of calibration entries: begun with a title, written with the contest's own form, taken away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from awards.contests.doors import ContestForm, contest_or_404
from awards.entries import services as entries
from awards.entries.writing_page import EntryPage
from awards.judging import forms, services
from awards.judging.run_views import RUN, TAB
from awards.judging.selectors import running as selectors
from awards.models import ContestEntry
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required


class NewAnchor(ContestForm):
    """`/contests/<slug>/judging/anchors/new/`: a text that all judges score to calibrate."""

    form_class = forms.AnchorForm
    title = gettext_lazy("Add a calibration entry")
    verb = gettext_lazy("Begin it")
    back = TAB

    def save(self, form: Any) -> str:
        """Begin it."""
        row = entries.add_anchor(contest=self.contest, answers={}, by=self.request.user, **form.cleaned_data)
        return reverse("awards:anchor", args=[self.contest.slug, row.public_id])


@permission_required("awards.see_contests")
@require_http_methods(["GET", "HEAD", "POST"])
def anchor(request: MemberRequest, slug: str, public_id: str) -> HttpResponse:
    """`/contests/<slug>/judging/anchors/<id>/`: write it with the form that entrants fill in."""
    contest = contest_or_404(request, slug, RUN)
    row = get_object_or_404(selectors.anchors_in(contest), public_id=public_id)
    if row.given:
        messages.info(request, _("Judges have it already: what all are measured by does not change any more."))
        return redirect(TAB, slug)
    return AnchorPage(request, row).respond()


@permission_required("awards.see_contests")
@require_POST
def remove(request: MemberRequest, slug: str, public_id: str) -> HttpResponse:
    """Take it away."""
    contest = contest_or_404(request, slug, RUN)
    row = get_object_or_404(selectors.anchors_in(contest), public_id=public_id)
    press(request, lambda: services.remove_anchor(entry=row), _("Taken away."))
    return redirect(TAB, slug)


class AnchorPage(EntryPage):
    """The writing page of an entry that belongs to nobody."""

    base_template = "base.html"

    def __init__(self, request: MemberRequest, entry: ContestEntry) -> None:
        super().__init__(request, entry, request.user.person, at=timezone.now(), part="editor")

    def respond(self) -> HttpResponse:
        """Write it, or keep what was written."""
        if self.request.method == "POST":
            return self._written(self.request.POST.get("act", ""))
        answer = self.found()
        return self.show(answer, answer.values if answer else {})

    def _keep(self, typed: entries.Typed) -> ContestEntry:
        revision = self.entry.revision if self.request.POST.get("keep") else self.revision
        return services.write_anchor(entry=self.entry, typed=typed, revision=revision, tab=self.tab)

    def _name_proof(self, metric: str, file_id: str) -> ContestEntry:
        return services.prove_anchor(entry=self.entry, metric=metric, file_id=file_id)

    def _kept_all(self) -> HttpResponse:
        messages.success(self.request, _("Kept."))
        return redirect(TAB, self.entry.contest.slug)

    def context(self) -> dict[str, Any]:
        """Say whose text it is not."""
        return {**super().context(), "anchor": True, "verb": _("Keep it")}
