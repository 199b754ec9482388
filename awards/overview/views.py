"""A contest's own page for colleagues."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from awards.closing import shown as closing
from awards.closing.selectors import yields
from awards.contests import selectors
from awards.contests import shown as contests
from awards.contests.doors import contest_or_404
from awards.contests.enums import AFTER_PUBLICATION, SHOWN, Audience
from awards.contests.models import Contest
from awards.contests.tabs import head_of
from awards.contests.views.contest import steps_of
from awards.entries.enums import EntryState
from awards.judging.enums import JudgeState
from awards.overview import shown
from awards.overview.selectors import counts_of, standing_in
from awards.promotion.silence import silence_of
from references.accounts import clock
from refprogram.kernel import timeline
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required
from refprogram.people.models import User

NEXT = 6


@permission_required("awards.see_contests")
@require_safe
def contest_page(request: MemberRequest, slug: str) -> HttpResponse:
    """Show where a contest stands: for who runs it with figures and what is next, for others with what it is."""
    contest = contest_or_404(request, slug)
    user = request.user
    works = user.has_perm("awards.work_on_contest", contest)
    context = {
        **head_of(contest, user, "awards:contest"),
        "may": user.has_perm("awards.run_contest", contest),
        "works": works,
        "public": contest.state in SHOWN and contest.audience == Audience.CUSTOMERS,
        "stages": contests.stages_of(contest),
        "dates": shown.dates_of(contest),
        "categories": selectors.categories_of(contest) if not works else [],
        "entries": timeline.entries(shown.told_once(timeline.latest_of("contest", contest.pk)), user),
        "stands_in": [] if user.has_perm("awards.run_contest", contest) else standing_in(contest, user),
        **(_work(contest, user) if works else {}),
    }
    return render(request, "awards/overview/contest.html", context)


def _work(contest: Contest, user: User) -> dict[str, Any]:
    """Return what only who works on it is shown."""
    today, now = clock.today(), timezone.now()
    items = selectors.plan_of(contest)
    counts = counts_of(contest)
    over = contest.state in AFTER_PUBLICATION and yields.is_about_customers(contest)
    reads = user.has_perm("awards.read_results", contest)
    silent = shown.silence_of(contest, silence_of(contest)) if reads else []
    to_do = [item for item in items if item.done_at is None][:NEXT]
    return {
        "steps": steps_of(contest),
        "warnings": [*contests.warnings_of(contest, items, today), *silent],
        "tiles": shown.tiles_of(contest, counts, now),
        "brought": closing.tiles_of(yields.yield_of(contest)) if over else [],
        "to_do": [(item, item.due_on < today) for item in to_do],
        "by_category": counts.by_category,
        "by_state": shown.in_words(counts.entries, EntryState),
        "judges": shown.in_words(counts.judges, JudgeState),
    }
