"""Work activity: what people did in the CRM, and bringing a file of it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from refprogram.kernel import jobs
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage, View
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required
from refprogram.people.models import WorkActivity
from refprogram.people.work import selectors, services
from refprogram.people.work.filters import WorkFilter
from refprogram.people.work.forms import BringFileForm
from refprogram.people.work.tables import WorkTable


class WorkList(ListPage):
    """What people did in the CRM, newest first."""

    page = "people:work"
    title = gettext_lazy("Work activity")
    table_class = WorkTable
    filterset_class = WorkFilter
    default_sort = "-occurred"
    permission = "people.see_work"
    primary_action = Action(
        gettext_lazy("Bring a file"), reverse_lazy("people:work-bring"), icon="upload", permission="people.take_work"
    )
    views = (
        View("logged", gettext_lazy("Activities"), "kind=work.activity_logged"),
        View("assets", gettext_lazy("Assets used"), "kind=work.asset_used"),
        View("signed-in", gettext_lazy("Sign-ins"), "kind=work.signed_in"),
    )
    empty = Empty(
        gettext_lazy("What people did in the CRM will be here: sign-ins, demos, proposals, templates used."),
        primary_action,
    )

    def get_queryset(self) -> QuerySet[WorkActivity]:
        """Return whose activity the reader may see."""
        return selectors.visible_to(self.request.user)

    def search(self, queryset: QuerySet[WorkActivity], words: list[str]) -> QuerySet[WorkActivity]:
        """Search names and what was done."""
        return selectors.search(queryset, words)


class BringFile(FormPage):
    """Bring a file of work activity; a job takes its rows in."""

    form_class = BringFileForm
    title = gettext_lazy("Bring work activity")
    facts = gettext_lazy(
        "Kinds are signed_in, activity_logged and asset_used. Rows told before are left alone; late ones are welcome."
    )
    verb = gettext_lazy("Take it in")
    cancel_url = reverse_lazy("people:work")
    permission = "people.take_work"

    def save(self, form: Any) -> str:
        """Keep the file, start the job, show how far it is."""
        data = form.cleaned_data
        job = services.take_file(source=data["source"], upload=data["file"], user=self.request.user)
        return reverse("kernel:job", args=[job.public_id])


@permission_required("people.take_work")
@require_safe
def file_done(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show what became of a file's rows."""
    job = get_object_or_404(jobs.visible_to(request.user).filter(kind=services.JOB), public_id=public_id)
    context = {
        "job": job,
        "result": job.result,
        "facts": [job.params.get("source", "")],
        "crumbs": [(_("Work activity"), reverse("people:work"))],
    }
    return render(request, "people/work_done.html", context)
