"""`/jobs/<id>/`: how far long work is."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from refprogram.kernel import jobs
from refprogram.kernel.list_parts import ListRequest


@login_required
@require_GET
def job(request: ListRequest, public_id: str) -> HttpResponse:
    """Show one job; htmx asks again until it ends."""
    found = get_object_or_404(jobs.visible_to(request.user), public_id=public_id)
    done, total, message = jobs.progress_of(found)
    template = "kernel/job.html#state" if request.htmx and not request.htmx.boosted else "kernel/job.html"
    shown = {
        "job": found,
        "done": done,
        "total": total,
        "message": message,
        "title": found.kind.replace("_", " ").capitalize(),
        "ask_again": reverse("kernel:job", args=[found.public_id]) if found.open else "",
        "result_url": found.result.get("url", ""),
    }
    return render(request, template, shown)
