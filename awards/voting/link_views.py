"""The mailed link of a vote: GET shows the button, POST counts. Scanners open links, so opening does nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from awards.contests import zones
from awards.voting import selectors, services, shown
from awards.voting.enums import STANDING_VOTES, VoteState
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SignedLink


def vote(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show what was chosen, and count it when the button is pressed."""
    row, problem = selectors.for_link(link.subject_id), ""
    if row is None:
        return render(request, "awards/voting/chosen_anew.html", {})
    if request.method == "POST":
        try:
            services.confirm(vote=row)
        except DomainError as refusal:
            problem = refusal.message
        else:
            return redirect(request.path)
    context = {
        "vote": row,
        "contest": row.contest,
        "card": shown.card(row.entry),
        "stands": row.state in STANDING_VOTES,
        "waits": row.state == VoteState.UNVERIFIED and not problem,
        "problem": problem,
        "announced": zones.said(row.contest.announce_at, row.contest.tz),
        "share": shown.address(row.contest),
    }
    return render(request, "awards/voting/confirm.html", context)
