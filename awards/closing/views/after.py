"""`/contests/<slug>/after/`: what came of a contest, what is left to do, and what each entry became."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST, require_safe

from awards.closing import services, shown
from awards.closing.selectors import feedback, yields
from awards.contests.doors import contest_or_404
from awards.contests.enums import AFTER_PUBLICATION
from awards.contests.models import Contest
from awards.contests.tabs import head_of
from awards.entries.enums import EntryState
from awards.entries.shown import STATES
from awards.models import ContestEntry
from references.accounts import selectors as accounts
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press
from refprogram.people.gates import permission_required

TAB = "awards:closing"
RUN = "awards.run_contest"
PAGE = 50


@permission_required("awards.see_contests")
@require_safe
def after(request: MemberRequest, slug: str) -> HttpResponse:
    """Show what came of the contest; before the announcement, what will be done then."""
    contest = contest_or_404(request, slug, RUN)
    context: dict[str, Any] = {**head_of(contest, request.user, TAB), "early": contest.state not in AFTER_PUBLICATION}
    if not context["early"]:
        context |= _done(request, contest)
    return render(request, "awards/closing/after.html", context)


def _done(request: MemberRequest, contest: Contest) -> dict[str, Any]:
    counts = feedback.counts_of(feedback.visible_to(request.user).filter(entry__contest=contest))
    closing, kit = feedback.closing_of(contest), feedback.kit_of(contest)
    told: dict[str, Any] = {"steps": shown.steps_of(contest, closing, kit, counts)}
    if yields.is_about_customers(contest):
        brought = yields.yield_of(contest)
        page = Paginator(yields.followed_in(contest, request.user), PAGE).get_page(request.GET.get("page"))
        told |= {
            "tiles": shown.tiles_of(brought),
            "funnel": shown.funnel_of(brought),
            "page": page,
            "lines": shown.followed_lines(page.object_list),
        }
    return told


@permission_required("awards.see_contests")
@require_POST
def follow_verb(request: MemberRequest, public_id: str, verb: str) -> HttpResponse:
    """Draft the story of one entry now, or note its measured results as outcomes of the customer."""
    entry = get_object_or_404(yields.entry_to_follow(request.user, public_id), public_id=public_id)
    if verb == "story":
        press(request, lambda: services.follow(entry=entry, by=request.user), _("Looked at again."))
    elif verb == "results":
        noted: list[Any] = []
        said = _("Noted on the customer’s page. Somebody else verifies it there.")
        press(request, lambda: noted.extend(services.note_results(entry=entry, by=request.user)), said)
    else:
        raise Http404
    return redirect(TAB, entry.contest.slug)


# ---------------------------------------------------------------- an account's contests


@require_GET
@permission_required("awards.see_contests")
def account_contests(request: MemberRequest, public_id: str) -> HttpResponse:
    """Show a customer's entries to contests, inside the account's page."""
    account = get_object_or_404(accounts.visible_to(request.user), public_id=public_id)
    lines = [_line(entry) for entry in yields.of_account(request.user, account)]
    return render(request, "awards/closing/account_panel.html", {"account": account, "lines": lines})


def _line(entry: ContestEntry) -> dict[str, Any]:
    """Return one entry as the panel shows it; what it won only once that was announced."""
    public = entry.contest.state in AFTER_PUBLICATION
    won = [shown.won_word(place) for place in entry.places.all()] if public else []
    found = getattr(entry, "follow_up", None)
    return {
        "entry": entry,
        "pill": STATES[EntryState(entry.state)],
        "won": [word for word in won if word],
        "story": found.asset if found is not None else None,
    }


def passed_words(n: int) -> str:
    """Say how many comments were passed."""
    return ngettext("%(n)d comment was passed on.", "%(n)d comments were passed on.", n) % {"n": n}
