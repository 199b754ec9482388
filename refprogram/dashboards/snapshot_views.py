"""`/dashboards/kept/…`: figures as they were on a day, kept each month and by hand; and the board's paper of them."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from refprogram.dashboards import boards, paper
from refprogram.dashboards.filters import CountingFilter
from refprogram.dashboards.forms import KeepForm
from refprogram.dashboards.metrics import counting, kept, shown
from refprogram.dashboards.metrics.registry import EIGHT, METRICS
from refprogram.dashboards.models import Counting
from refprogram.dashboards.tables import CountingTable, counting_name
from refprogram.kernel import jobs
from refprogram.kernel.enums import JobState
from refprogram.kernel.forms import FormPage
from refprogram.kernel.lists import Action, Empty, ListPage
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


class Snapshots(ListPage):
    """`/dashboards/kept/`: what months and people kept."""

    page = "dashboards:snapshots"
    title = _("Figures that were kept")
    table_class = CountingTable
    filterset_class = CountingFilter
    search_fields = ("note",)
    default_sort = "-day"
    permission = "dashboards.see_metrics"
    primary_action = Action(
        _("Keep today’s figures"), reverse_lazy("dashboards:keep"), icon="plus", permission="dashboards.keep_figures"
    )
    actions = (Action(_("Each figure as a row"), reverse_lazy("dashboards:readings"), icon="list"),)
    empty = Empty(_("Each month leaves its figures here on its last evening."))

    def get_queryset(self) -> QuerySet[Counting]:
        """Return what was kept."""
        return kept.kept_countings()


class Keep(FormPage):
    """`/dashboards/kept/new/`: keep the figures of today under a name."""

    form_class = KeepForm
    title = _("Keep today’s figures")
    facts = _("Everything is counted now and stays as it is, whatever happens to the rows.")
    verb = _("Keep them")
    permission = "dashboards.keep_figures"
    cancel_url = reverse_lazy("dashboards:snapshots")

    def save(self, form: KeepForm) -> str:
        """Count and keep."""
        row = counting.keep_by_hand(actor=self.request.user, note=form.cleaned_data["note"])
        messages.success(self.request, gettext("Kept."))
        return row.get_absolute_url()


@permission_required("dashboards.see_metrics")
@require_GET
def snapshot(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/dashboards/kept/<id>/`: the figures of one day."""
    row = get_object_or_404(kept.kept_countings(), public_id=public_id)
    counted = kept.counted_in(row)
    context = {
        "tabs": boards.tabs_for(request.user, "dashboards:snapshots"),
        "row": row,
        "title": counting_name(row),
        "as_of": shown.as_of_words(row),
        "stats": shown.tiles(request.user, counted, EIGHT, {}),
        "lines": [_line(counted, key) for key in METRICS if key not in EIGHT],
        "rows_url": f"{reverse('dashboards:readings')}?counting={row.public_id}&sort=metric",
    }
    return render(request, "dashboards/snapshot.html", context)


def _line(counted: kept.Counted, key: str) -> dict[str, Any]:
    metric, reading = METRICS[key], counted.reading(key)
    value = metric.words(reading.value) if reading and reading.value is not None else ""
    return {"metric": metric, "value": value, "note": shown.note_of(metric, reading)}


@permission_required("dashboards.see_metrics")
@require_POST
def order_paper(request: MemberRequest) -> HttpResponse:
    """Have the board's paper made of the figures as they stand, or of those that were kept."""
    kept_id = request.POST.get("of", "")
    if kept_id:
        get_object_or_404(kept.kept_countings(), public_id=kept_id)
    job = jobs.start(kind="board_paper", params={"of": kept_id}, user=request.user)
    return redirect("kernel:job", job.public_id)


@permission_required("dashboards.see_metrics")
@require_GET
def board_paper(request: MemberRequest, public_id: str) -> HttpResponse:
    """`/dashboards/paper/<job>/`: the finished paper, as a PDF."""
    job = get_object_or_404(jobs.visible_to(request.user), public_id=public_id, kind="board_paper")
    if job.state != JobState.DONE:
        raise Http404
    answer = HttpResponse(paper.drawn(job.result["facts"]), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{job.result["name"]}"'
    return answer
