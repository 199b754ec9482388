"""Entering from the public page: name, mail, company; a mailed link; and the button that begins the entry."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from awards.contests.enums import SHOWN, Audience
from awards.contests.models import Contest
from awards.contests.services import can_take_entries
from awards.entries import letters, selectors, services, shown
from awards.entries.addresses import address_of
from awards.entries.forms import EnterForm
from awards.entries.services.strangers import read
from refprogram.kernel.came_from import came_from
from refprogram.kernel.errors import DomainError, LinkRefused
from refprogram.kernel.forms import add_refusal


def _contest(slug: str) -> Contest:
    rows = selectors.public_contests().filter(state__in=SHOWN, audience=Audience.CUSTOMERS)
    contest: Contest = get_object_or_404(rows, slug=slug)
    return contest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask who would enter, and mail them their link. The same answer whoever asks."""
    contest = _contest(slug)
    form = EnterForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if not form.by_a_machine:
                services.ask_for_link(contest=contest, wish=form.wish(), asked_from=came_from(request))
        except DomainError as refusal:
            add_refusal(form, refusal)
            status = refusal.status
        else:
            context = {"contest": contest, "email": form.cleaned_data["email"]}
            return render(request, "awards/entries/mailed.html", context)
    return render(request, "awards/entries/enter.html", _about(contest, form), status=status or 422)


def _about(contest: Contest, form: EnterForm) -> dict[str, object]:
    now = timezone.now()
    return {
        "contest": contest,
        "form": form,
        "open": can_take_entries(contest, at=now),
        "soon": now < contest.opens_at,
        "deadline": letters.deadline_words(contest),
        "left": shown.left_words(contest.closes_at - now),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_by_mail(request: HttpRequest, slug: str, said: str) -> HttpResponse:
    """Show what the mailed link begins; the button begins it. Opening it does nothing: scanners open links."""
    contest = _contest(slug)
    try:
        wish = read(said)
        if request.method == "POST":
            entry = services.begin_by_mail(contest=contest, said=said)
            if entry.owner is None:
                raise Http404
            return redirect(address_of(entry, entry.owner))
    except LinkRefused as refusal:
        return render(request, "kernel/link_refused.html", {"message": refusal.message}, status=refusal.status)
    except DomainError as refusal:
        return render(request, "kernel/link_refused.html", {"message": refusal.message}, status=refusal.status)
    context = {"contest": contest, "wish": wish, "deadline": letters.deadline_words(contest)}
    response = render(request, "awards/entries/begin.html", context)
    # To this site alone: told nobody at all, browsers would hide where the button was pressed, and it would be refused.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
