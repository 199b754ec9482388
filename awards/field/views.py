"""What to say to customers, and to whom: the page for account teams."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from awards.contests import selectors as contests
from awards.contests.doors import contest_or_404
from awards.contests.enums import Audience
from awards.contests.services import can_take_entries
from awards.contests.tabs import head_of
from awards.field import selectors
from awards.site import shown as site
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


@permission_required("awards.see_contests")
@require_safe
def field_page(request: MemberRequest, slug: str) -> HttpResponse:
    """Show what to say, who of the reader's customers could enter, and how far their entries are."""
    contest = contest_or_404(request, slug)
    if contest.audience != Audience.CUSTOMERS:
        raise Http404
    now = timezone.now()
    context = {
        **head_of(contest, request.user, "awards:contest-field"),
        "takes": can_take_entries(contest, at=max(now, contest.opens_at)),
        "deadline": site.deadline_words(contest),
        "texts": site.texts_to_share(contest),
        "categories": contests.categories_of(contest),
        "could": selectors.of_colleague(contest, request.user),
        "theirs": selectors.entries_of_colleague(contest, request.user),
        "questions": contests.questions_of(contest, public=True),
        "may_propose": request.user.has_perm("awards.propose_entrants"),
    }
    return render(request, "awards/field/field.html", context)
