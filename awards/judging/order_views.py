"""Rounds that judge entries against each other: putting one's own in order, or two at a time."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards.judging import reading, services, sessions, shown
from awards.judging.enums import Mode
from awards.judging.room_views import around, judging_page
from awards.judging.selectors import work as selectors
from awards.models import Category, Judge, Round
from refprogram.kernel.errors import DomainError


def _place(judge: Judge, slug: str, mode: Mode) -> tuple[Round, Category]:
    round_ = selectors.round_of(judge)
    if round_ is None or round_.mode != mode:
        raise Http404
    category = next((one for one in selectors.categories_of(judge, round_) if one.slug == slug), None)
    if category is None:
        raise Http404
    return round_, category


@judging_page()
def rank(request: HttpRequest, judge: Judge, slug: str) -> HttpResponse:
    """Show a judge's entries of a category as a list to be put in order; keep the order."""
    at = timezone.now()
    round_, category = _place(judge, slug, Mode.RANKING)
    problem = ""
    if request.method == "POST":
        try:
            services.rank_entries(
                round=round_, judge=judge, category=category, best_first=request.POST.getlist("order"),
                comment=request.POST.get("comment", ""), session=sessions.way_of(request), at=at,
            )  # fmt: skip
        except DomainError as refusal:
            problem = refusal.message
        else:
            messages.success(request, _("Your order is recorded. You may change it until the round ends."))
            return redirect("awards:judging-room", judge.public_id)
    rows = selectors.of_category(judge, round_, category)
    blind = round_.blindness == "blind"
    context = around(
        request, judge, "room", round=round_, category=category, problem=problem,
        rows=[(row, shown.title_of(row, blind=blind), reading.read(row)) for row in rows],
        ranked=bool(rows) and all(row.own_rank for row in rows),
    )  # fmt: skip
    return render(request, "awards/judging/rank.html", context, status=409 if problem else 200)


@judging_page()
def pairs(request: HttpRequest, judge: Judge, slug: str) -> HttpResponse:
    """Show two entries of a category: the left one, the right one, or neither is better."""
    at = timezone.now()
    round_, category = _place(judge, slug, Mode.PAIRWISE)
    if request.method == "POST":
        _say(request, judge, round_, at)
        return redirect("awards:judging-pairs", judge.public_id, slug)
    rows = selectors.of_category(judge, round_, category)
    said = selectors.comparisons_of(judge, round_, category)
    pair = selectors.next_pair(rows, said)
    seen = {pk for one in said for pk in (one.left_id, one.right_id)}
    context = around(
        request, judge, "room", round=round_, category=category,
        pair=[(row, reading.read(row)) for row in pair] if pair else [],
        said=len(said), possible=len(rows) * (len(rows) - 1) // 2, last=said[0] if said else None,
        enough=bool(said) and {row.place_id for row in rows} <= seen,
        finished=bool(rows) and all(row.state in ("submitted", "locked") for row in rows),
    )  # fmt: skip
    return render(request, "awards/judging/pairs.html", context)


def _say(request: HttpRequest, judge: Judge, round_: Round, at: Any) -> None:
    post = request.POST
    left, right = (selectors.work([judge], post.get(side, "")) for side in ("left", "right"))
    if left is None or right is None:
        messages.error(request, _("One of these two is not yours to judge, or no longer."))
        return
    winner = {"left": left.place, "right": right.place, "tie": None}
    if post.get("better") not in winner:
        messages.error(request, _("Choose one of the two, or neither."))
        return
    seconds = int(post["seconds"]) if post.get("seconds", "").isdecimal() and len(post["seconds"]) < 6 else 0
    try:
        services.compare(
            round=round_, judge=judge, left=left.place, right=right.place, winner=winner[post["better"]],
            seconds=seconds, at=at,
        )  # fmt: skip
    except DomainError as refusal:
        messages.error(request, refusal.message)


@require_POST
@judging_page()
def undo(request: HttpRequest, judge: Judge, slug: str) -> HttpResponse:
    """Take the last comparison back."""
    round_, category = _place(judge, slug, Mode.PAIRWISE)
    said = selectors.comparisons_of(judge, round_, category)
    if said:
        try:
            services.undo_comparison(comparison=said[0])
        except DomainError as refusal:
            messages.error(request, refusal.message)
    return redirect("awards:judging-pairs", judge.public_id, slug)


@require_POST
@judging_page()
def finish(request: HttpRequest, judge: Judge, slug: str) -> HttpResponse:
    """The judge has compared enough."""
    round_, category = _place(judge, slug, Mode.PAIRWISE)
    try:
        services.finish_pairs(round=round_, judge=judge)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("awards:judging-pairs", judge.public_id, category.slug)
    messages.success(request, _("Thank you. You may go on comparing until the round ends."))
    return redirect("awards:judging-room", judge.public_id)
