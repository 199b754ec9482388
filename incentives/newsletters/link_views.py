"""An issue behind its signed link: opened without signing in. The first time counts, for how many read it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from incentives.newsletters import blocks, selectors, sending
from refprogram.kernel.models import SignedLink


def newsletter(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show the issue to who got it."""
    copy = selectors.copy_behind(link.subject_id)
    if copy is None or copy.person_id != link.person_id:
        raise Http404
    if request.method == "GET":
        sending.opened(newsletter_id=copy.newsletter_id, person_id=copy.person_id)
    context = {"issue": copy.newsletter, "blocks": blocks.read(copy.newsletter.body)}
    return render(request, "incentives/newsletters/on_the_web.html", context)
