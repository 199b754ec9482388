"""`/files/<id>/` hands a file out; `/files/upload/` takes one in ahead of the form that it belongs to."""

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from refprogram.kernel.errors import DomainError, LinkRefused
from refprogram.kernel.files import addresses, selectors, services
from refprogram.kernel.files.kinds import PICTURES, refuse
from refprogram.kernel.models import StoredFile


@require_GET
@never_cache
def file(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Hand out a file by its signed address, to the one it was made for."""
    try:
        viewer = addresses.viewer_of(public_id, request.GET.get("k", ""))
        if viewer and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if viewer and request.user.pk != viewer:
            raise Http404
        found = selectors.by_public_id(public_id)
        if found is None:
            raise Http404
        return bytes_of(found)
    except DomainError as refusal:
        return render(request, "kernel/link_refused.html", {"message": refusal.message}, status=refusal.status)


def bytes_of(file: StoredFile) -> FileResponse:
    """Return the answer that hands a file out: never run, never framed, never guessed at, in no cache."""
    response = FileResponse(
        services.read(file),
        as_attachment=file.media_type not in PICTURES,
        filename=file.name,
        content_type=f"{file.media_type}; charset=utf-8" if file.media_type.startswith("text/") else file.media_type,
    )
    response["Content-Length"] = str(file.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take in one file; the signed ticket in the address says whose and what for, so no other site can send one."""
    try:
        allowed = addresses.ticket_of(request.GET.get("t", ""))
        kept = _take(request, allowed)
    except DomainError as refusal:
        return JsonResponse({"error": refusal.message}, status=refusal.status)
    return JsonResponse({"id": kept.public_id, "name": kept.name, "size": filesizeformat(kept.size)}, status=201)


def _take(request: HttpRequest, allowed: dict[str, Any]) -> StoredFile:
    user: Any = request.user if request.user.is_authenticated else None
    if allowed["user"] is not None and (user is None or user.pk != allowed["user"]):
        raise LinkRefused(_("You are no longer signed in as the one who opened this page. Load it again."))
    sent = request.FILES.get("file")
    if sent is None:
        raise refuse(_("Choose a file."))
    author = user if allowed["user"] is not None else None
    return services.store(upload=sent, purpose=allowed["purpose"], user=author, person_id=allowed["person"])
