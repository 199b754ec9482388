"""`/edits/<noun>/<id>/`: the panel "Edits" beside a timeline, and the same as a page."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from refprogram.kernel.edit_history.nouns import nouns
from refprogram.kernel.edit_history.reading import edits_of
from refprogram.kernel.list_parts import ListRequest


@login_required
@require_safe
def edits(request: ListRequest, noun: str, public_id: str) -> HttpResponse:
    """Show who changed what from what to what, 30 at a time; only of what the reader may open."""
    kind = nouns().get(noun)
    if kind is None:
        raise Http404
    row: Any = get_object_or_404(kind.visible(request.user), public_id=public_id)
    before = request.GET.get("before", "")
    found, more = edits_of(kind, row, viewer=request.user, before=before)
    here = reverse("kernel:edits", args=[noun, public_id])
    context = {
        "edits": found,
        "more_url": f"{here}?before={more.replace('+', '%2B')}" if more else "",
        "only_items": bool(request.htmx and before),
        "made_at": None if more else getattr(row, "created_at", None),
        "row": row,
        "crumbs": [(str(row), row.get_absolute_url())],
    }
    return render(request, "kernel/edits_list.html" if request.htmx else "kernel/edits.html", context)
