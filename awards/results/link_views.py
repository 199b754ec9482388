"""The winner answers by signed link, in confidence. GET shows, POST acts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from awards.contests import zones
from awards.results import panels, selectors, services
from awards.results.enums import AwardState
from references.accounts.places import known_zone
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SignedLink

OPEN = (AwardState.NOTIFIED, AwardState.ACCEPTED)


def winner(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Tell them what they won, and take their yes or no."""
    award = get_object_or_404(selectors.for_link(), pk=link.subject_id)
    person, problem = award.place.entry.owner, ""
    if person is None or person.pk != link.person_id:  # somebody else stands for the entry by now
        raise Http404
    if request.method == "POST":
        act = services.accept if request.POST.get("act") == "accept" else services.decline
        try:
            act(award=award, person=person)
        except DomainError as refusal:
            problem = refusal.message
        else:
            return redirect(request.path)
    context = {
        "award": award,
        "contest": award.contest,
        "announced": zones.said_for(award.contest.announce_at, award.contest.tz, known_zone(person)),
        "entry": award.place.entry,
        "category": award.place.category,
        "open": award.state == AwardState.NOTIFIED,
        "accepted": award.state == AwardState.ACCEPTED,
        "gone": award.state not in OPEN and award.state != AwardState.PUBLISHED,
        "published": award.state == AwardState.PUBLISHED,
        "panels": panels.drawn(award) if award.state == AwardState.PUBLISHED else [],
        "problem": problem,
    }
    return render(request, "awards/results/winner.html", context)
