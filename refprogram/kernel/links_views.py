"""The one door of signed links, `/s/<token>/`: whoever holds the address may, so there is no session and no CSRF token.

Mail scanners and one-click unsubscribing (RFC 8058) come here without a cookie; opening never acts.
"""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from refprogram.kernel import links, soft_cache
from refprogram.kernel.came_from import came_from
from refprogram.kernel.edit_history.keeping import acting
from refprogram.kernel.errors import DomainError, LinkRefused

# A token has 192 bits, so guessing is hopeless anyway; this only stops the noise. Generous: a whole company may
# come from one address, and only unknown links count.
GUESSES = 60
GUESS_SECONDS = 600


@csrf_exempt
@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Hand the request to the view of the link's purpose; say kindly why not, where it cannot be."""
    response = _answer(request, token)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store, private"
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    guesses = f"link-guesses:{came_from(request)}"
    if cache.get(guesses, 0) >= GUESSES:
        return _refuse(
            request, _("Too many unknown links were opened from your network. Try again in ten minutes."), 429
        )
    try:
        link = links.find(token)
    except LinkRefused as refusal:
        soft_cache.count(guesses, seconds=GUESS_SECONDS)
        return _refuse(request, refusal.message, refusal.status)
    purpose = links.purposes()[link.purpose]
    try:
        old = link.revoked_at is None and link.expires_at <= timezone.now()
        if not (old and purpose.expired):
            links.check(link)
        acting(via="link", person=link.person_id)
        view = import_string(purpose.expired if old and purpose.expired else purpose.view)
        response: HttpResponse = view(request, link, token)
    except DomainError as refusal:
        return _refuse(request, refusal.message, refusal.status)
    return response


def _refuse(request: HttpRequest, message: str, status: int) -> HttpResponse:
    return render(request, "kernel/link_refused.html", {"message": message}, status=status)
