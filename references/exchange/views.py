"""The import pages: bring a file, look at what it would do, apply it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from references.exchange import selectors, services
from references.exchange.forms import UploadForm
from references.exchange.models import ImportFile, ImportKind, ImportState
from references.exchange.tables import ImportTable
from refprogram.kernel import jobs, sheets
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required

UPLOAD = Action(
    gettext_lazy("Import a file"), reverse_lazy("references:import-add"), icon="plus", permission="references.import"
)


class ImportList(ListPage):
    """`/imports/`: every file that was brought."""

    page = "references:imports"
    title = gettext_lazy("Imports")
    table_class = ImportTable
    search_fields = ("original_name",)
    default_sort = "-at"
    permission = "references.import"
    primary_action = UPLOAD
    can_export = False
    empty = Empty(gettext_lazy("Files from your CRM will be here: accounts, contacts, deals, products, teams."), UPLOAD)

    def get_facts(self) -> str:
        """Say in which order files are brought."""
        return _(
            "Teams and products first, then accounts, then contacts and deals: each may name rows of those before."
        )

    def get_queryset(self) -> QuerySet[ImportFile]:
        """Return the imports this person may see."""
        return selectors.visible_to(self.request.user)


class ImportAdd(FormPage):
    """`/imports/add/`: the form that takes a file."""

    form_class = UploadForm
    title = gettext_lazy("Import a file")
    verb = gettext_lazy("Check the file")
    cancel_url = reverse_lazy("references:imports")
    permission = "references.import"

    def save(self, form: UploadForm) -> str:
        """Take the file in and go to its page, where its check can be watched."""
        file = form.cleaned_data["file"]
        if file.size > sheets.MAX_BYTES:
            raise sheets.FileRefused(_("The file is too large."))
        upload = services.take_in(
            name=file.name, content=file.read(), kind=form.cleaned_data["kind"] or None, user=self.request.user
        )
        return upload.get_absolute_url()


@method_decorator(permission_required("references.import"), name="dispatch")
class ImportDetail(View):
    """`/imports/<id>/`: what the file would do (or did), its errors, its repairs. POST decides."""

    request: MemberRequest

    def get(self, request: MemberRequest, public_id: str) -> HttpResponse:
        """Show the file; htmx asks again while its job runs."""
        upload = self._upload(public_id)
        partial = "#state" if request.htmx else ""
        return render(request, f"references/exchange/import.html{partial}", _context(upload))

    def post(self, request: MemberRequest, public_id: str) -> HttpResponse:
        """Do the one thing that the pressed button names."""
        upload = self._upload(public_id)
        try:
            self._act(request, upload)
        except DomainError as error:
            messages.error(request, error.message)
        return redirect(upload.get_absolute_url())

    def _upload(self, public_id: str) -> ImportFile:
        return get_object_or_404(selectors.visible_to(self.request.user), public_id=public_id)

    def _act(self, request: MemberRequest, upload: ImportFile) -> None:
        match request.POST.get("do"):
            case "columns":
                columns = {
                    k.removeprefix("column-"): str(v) for k, v in request.POST.items() if k.startswith("column-")
                }
                services.choose_columns(upload=upload, columns=columns, user=request.user)
            case "repairs":
                accepted = [
                    (field, found)
                    for field, _sep, found in (p.partition("\x1f") for p in request.POST.getlist("repair"))
                ]
                services.accept_repairs(upload=upload, accepted=accepted, user=request.user)
            case "apply":
                services.apply(upload=upload, keep_good="keep_good" in request.POST, user=request.user)
            case "discard":
                services.discard(upload=upload)
                messages.success(request, _("The file was discarded. Nothing was written."))
            case _:
                messages.error(request, _("Nothing was chosen."))


def _context(upload: ImportFile) -> dict[str, Any]:
    running = upload.job is not None and upload.job.open and upload.state == ImportState.UPLOADED
    done, total, message = jobs.progress_of(upload.job) if running and upload.job else (0, 0, "")
    labels = selectors.field_labels(upload)
    errors = [e | {"field": labels.get(e["field"], e["field"])} for e in upload.report.get("errors", [])]
    reasons = [(labels.get(f, f), value, words, rows) for f, value, words, rows in upload.report.get("reasons", [])]
    decidable = upload.state in {ImportState.READY, ImportState.REFUSED}
    return {
        "upload": upload,
        "running": running,
        "broken": upload.state == ImportState.UPLOADED and not running,
        "progress": {"done": done, "total": total, "message": message},
        "fields": selectors.column_choices(upload, services.header_of(upload)) if decidable else [],
        "grouped": reasons,
        "errors": errors[:100],
        "report": upload.report,
        "outcome": upload.report.get("outcome"),
        "would": upload.report.get("would"),
        "first": [str(ImportKind(kind).label) for kind in upload.report.get("first", [])],
        "sample": upload.report.get("sample"),
        "rows_url": selectors.rows_url(upload),
        "suggestions": [s | {"key": f"{s['field']}\x1f{s['found']}"} for s in upload.report.get("suggestions", [])],
    }
