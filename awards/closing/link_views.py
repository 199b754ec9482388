"""What judges said, for whoever entered: behind a signed link. It shows and changes nothing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from awards.closing import policy
from awards.closing.selectors import feedback as selectors
from awards.contests.enums import SHOWN, Audience
from refprogram.kernel.models import SignedLink


def feedback(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show where the entry stood, as a band, and the comments that were passed on. Closed again, it says so."""
    entry = selectors.entry_behind_link(link.subject_id)
    if entry is None or entry.owner_id is None or entry.owner_id != link.person_id:  # somebody else stands for it now
        raise Http404
    closing = getattr(entry.contest, "closing", None)
    public = entry.contest.audience == Audience.CUSTOMERS and entry.contest.state in SHOWN
    context = {
        "entry": entry,
        "contest": entry.contest,
        "open": selectors.is_open(entry.contest, closing) and entry.wants_feedback,
        "public": public,
    }
    if context["open"]:
        standings = selectors.standings_of(entry)
        read = any(not one.few for one in standings)
        context |= {
            "standings": [(one, one.band.label if one.band is not None else "") for one in standings],
            "ends": selectors.ends_for(entry) if read else None,
            "comments": selectors.comments_for(entry) if read else [],
            "least": policy.now().least_ballots,
        }
    return render(request, "awards/closing/entrant.html", context)
