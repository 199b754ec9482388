"""`/jobs/<id>/`: how far long work is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from refprogram.kernel import jobs
from refprogram.kernel.errors import DomainError
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


@login_required
@require_POST
def stop(request: ListRequest, public_id: str) -> HttpResponse:
    """Stop a job: what it did so far is taken back."""
    found = get_object_or_404(jobs.visible_to(request.user), public_id=public_id)
    try:
        jobs.cancel(job=found, actor=request.user)
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("It stops."))
    return redirect("kernel:job", public_id)
