"""The charter behind a signed link: the one that holds today, without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from refprogram.governance.charter import selectors, services, shown
from refprogram.kernel.models import SignedLink


def charter(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show it; that it was opened is noted, not by whom."""
    version = selectors.current()
    if version is None:
        raise Http404
    if request.method == "GET":
        services.opened(link_id=link.subject_id)
    context = {**shown.charter(version), "ends_at": link.expires_at}
    return render(request, "governance/charter/shared.html", context)
