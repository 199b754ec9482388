"""`/stream/`: what is still owed, what fails and why, and trying it again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from refprogram.kernel import backlog, timeline
from refprogram.kernel.list_parts import ListRequest


@login_required
@permission_required("kernel.view_stream", raise_exception=True)
@require_GET
def stream(request: ListRequest) -> HttpResponse:
    """Show what each handler is owed, and every delivery that failed, with its error."""
    owed = backlog.owed()
    failing = list(backlog.failing()[: backlog.MOST_SHOWN])
    told = {entry.event_id: entry.text for entry in timeline.entries([d.event for d in failing], request.user)}
    shown = {
        "owed": owed,
        "waiting": sum(line.waiting for line in owed),
        "stuck": sum(line.failed for line in owed),
        "oldest": min((line.oldest for line in owed), default=None),
        "last_event_at": backlog.last_event_at(),
        "failing": [(delivery, told.get(delivery.event_id) or delivery.event.topic) for delivery in failing],
    }
    return render(request, "kernel/stream.html", shown)


@login_required
@permission_required("kernel.view_stream", raise_exception=True)
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Try one failed delivery again (`delivery`), or all of one handler (`handler`)."""
    if handler := request.POST.get("handler", ""):
        n = backlog.retry_all(handler=handler)
        messages.success(request, ngettext("%(n)d is tried again.", "%(n)d are tried again.", n) % {"n": n})
        return redirect("kernel:stream")
    wanted = request.POST.get("delivery", "")
    delivery = get_object_or_404(backlog.failing(), pk=wanted if wanted.isdecimal() else 0)
    backlog.retry(delivery=delivery)
    messages.success(request, _("It is tried again now."))
    return redirect("kernel:stream")
