"""What everybody sees of a vote: who may be chosen, and where the mail address goes. No sign-in, no figure."""

import secrets
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards.contests.models import Contest
from awards.voting import forms, selectors, services, shown
from refprogram.kernel.came_from import came_from
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import add_refusal

DEVICE: Final = "rp_vote"
DEVICE_SECONDS: Final = 60 * 24 * 3600
SALT: Final = "awards.voting.device"


def _contest(slug: str) -> Contest:
    """Return a contest with a public vote; 404 for all others."""
    contest: Contest = get_object_or_404(selectors.public_contests(), slug=slug)
    return contest


@require_safe
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/vote/`: who may be chosen, how votes are counted, and when."""
    contest, now = _contest(slug), timezone.now()
    state = shown.state_of(contest, now)
    running = state["open"]
    cards = [shown.card(entry) for entry in selectors.on_the_page(contest)] if running else []
    chosen = request.GET.get("in", "")
    context = {
        "contest": contest,
        "open": running,
        "state": state,
        "cards": [card for card in cards if chosen in ("", card.category)],
        "categories": shown.category_links(cards, chosen),
        "rules": shown.rules_of(contest),
        "address": shown.address(contest),
        "us": shown.us(),
    }
    return render(request, "awards/voting/vote.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """`/awards/<slug>/vote/<entry>/`: the choice, and the address that the link goes to. Same answer whoever asks."""
    contest = _contest(slug)
    entry, state = selectors.by_code(contest, code), shown.state_of(contest, timezone.now())
    if entry is None or not state["open"]:
        raise Http404
    form, status = forms.VoteForm(request.POST if request.method == "POST" else None), 200
    device = _device(request)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            came = services.Came(address=came_from(request), device=device)
            try:
                if not form.by_a_machine:
                    services.cast(
                        contest=contest, entry=entry, email=form.cleaned_data["email"], came=came,
                        language=get_language() or "",
                    )  # fmt: skip
            except DomainError as refusal:
                add_refusal(form, refusal)
                status = refusal.status
            else:
                context = {"contest": contest, "email": form.cleaned_data["email"], "hours": shown.hours_to_confirm()}
                return _known(render(request, "awards/voting/mailed.html", context), device)
    context = {"contest": contest, "card": shown.card(entry), "form": form, "state": state}
    return render(request, "awards/voting/choose.html", context, status=status)


def _device(request: HttpRequest) -> str:
    """Return by what this browser is known to the vote; a new one where it has nothing, or something of its own."""
    kept: Any = request.get_signed_cookie(DEVICE, default="", salt=SALT, max_age=DEVICE_SECONDS)
    return str(kept) or secrets.token_urlsafe(16)


def _known(response: HttpResponse, device: str) -> HttpResponse:
    response.set_signed_cookie(
        DEVICE, device, salt=SALT, max_age=DEVICE_SECONDS, httponly=True, samesite="Lax",
        secure=shown.is_secure(),
    )  # fmt: skip
    return response
