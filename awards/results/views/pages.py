"""The order of a category, how it came about, and what may be done with it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards import visibility
from awards.contests.doors import contest_or_404
from awards.contests.enums import ContestState
from awards.contests.tabs import head_of
from awards.models import Category, Contest, TallyRun
from awards.results import forms, selectors, services, shown, tables
from awards.results.ties import may_look, may_review, tie_in, tie_of
from refprogram.people.auth import MemberRequest
from refprogram.people.buttons import press, reason_of
from refprogram.people.gates import permission_required

TAB = "awards:results"
RUN = "awards.run_contest"


def open_contest(request: MemberRequest, slug: str) -> Contest:
    """Return the contest if some of its results may be seen; 403 where none may, 404 where the contest may not."""
    contest, user = contest_or_404(request, slug), request.user
    if not user.has_perm("awards.read_results", contest) and not visibility.stands_in(user, contest):
        raise PermissionDenied
    return contest


def _categories(request: MemberRequest, contest: Contest) -> list[Category]:
    return visibility.results_for(request.user, contest, selectors.categories_of(contest, request.user))


def category_of(contest: Contest, slug: str) -> Category:
    """Return a category of the contest, or 404."""
    return get_object_or_404(selectors.categories_in(contest), slug=slug)


@permission_required("awards.see_contests")
@require_safe
def results(request: MemberRequest, slug: str) -> HttpResponse:
    """`/contests/<slug>/results/`: the first category, or what is to be waited for."""
    contest = open_contest(request, slug)
    categories = _categories(request, contest)
    if visibility.scores_open(request.user, contest) and categories:
        return redirect("awards:results-category", slug, categories[0].slug)
    context = {
        **head_of(contest, request.user, TAB),
        "categories": categories,
        "called_off": contest.state == ContestState.CANCELLED,
        "begun": contest.state == ContestState.JUDGING,
    }
    return render(request, "awards/results/closed.html", context)


@permission_required("awards.see_contests")
@require_safe
def results_category(request: MemberRequest, slug: str, category: str) -> HttpResponse:
    """`/contests/<slug>/results/<category>/`."""
    contest = open_contest(request, slug)
    if not visibility.scores_open(request.user, contest):
        return redirect(TAB, slug)
    known = selectors.categories_of(contest, request.user)
    categories = visibility.results_for(request.user, contest, known)
    one = next((each for each in categories if each.slug == category), None)
    if one is None:
        raise Http404
    tallies, tie = selectors.tallies_of(contest), tie_in(one)
    context = {
        **head_of(contest, request.user, TAB),
        "category": one,
        "views": shown.category_views(contest, categories, tallies, one),
        "may_run": request.user.has_perm(RUN, contest),
        "may_review": may_review(request.user, contest, one),
        "deliberating": contest.state == ContestState.DELIBERATION,
        "tie": "" if may_look(one) else tie,
        "in_spite": bool(tie) and may_look(one),
    }
    tally = tallies.get(one.pk)
    if tally is not None and may_look(one):
        context |= _order(request, contest, tally, tied=bool(tie))
        context["may_take_record"] = selectors.may_take_record(request.user, contest, known)
    return render(request, "awards/results/category.html", context)


def _order(request: MemberRequest, contest: Contest, tally: TallyRun, *, tied: bool) -> dict[str, Any]:
    """Return the order and what is beside it; who looks in spite of a tie signs nothing and takes nothing back."""
    size = selectors.LONG_PAGE if request.GET.get("rows") == str(selectors.LONG_PAGE) else selectors.PAGE
    page = Paginator(range(tally.summary["total"]), size).get_page(request.GET.get("page"))
    lines, user = selectors.lines_of(tally, page=page.number, size=size), request.user
    runs, certifies = user.has_perm(RUN, contest), not tied and user.has_perm("awards.certify_results", contest)
    return {
        "tally": tally,
        "page": page,
        "long": selectors.LONG_PAGE,
        "is_long": size == selectors.LONG_PAGE,
        "rows": tables.rows(lines),
        "scale": tables.scale_of(lines),
        **shown.beside(contest, tally, lines),
        **shown.signing(contest, tally, user, certifies=certifies),
        **shown.awards(lines, contest, runs=runs, certifies=certifies),
        "equals": shown.equal_pair(lines) if user.has_perm("awards.cast_chair_vote", contest) else None,
        "chair_form": forms.ChairForm(),
    }


@permission_required("awards.see_contests")
@require_safe
def method(request: MemberRequest, slug: str, category: str) -> HttpResponse:
    """`/contests/<slug>/results/<category>/method/`: how the order came about, in words and pictures."""
    contest, one, tally = _explained(request, slug, category)
    context = {**head_of(contest, request.user, TAB), "category": one, "tally": tally, **shown.method(contest, tally)}
    return render(request, "awards/results/method.html", context)


@permission_required("awards.see_contests")
@require_safe
def ways(request: MemberRequest, slug: str, category: str) -> HttpResponse:
    """`/contests/<slug>/results/<category>/ways/`: the same ballots counted in other ways; a part of that page."""
    contest, _one, tally = _explained(request, slug, category)
    if tally.method not in shown.BY_SCORES:
        raise Http404
    return render(request, "awards/results/ways.html", shown.ways_beside(contest, tally))


def _explained(request: MemberRequest, slug: str, category: str) -> tuple[Contest, Category, TallyRun]:
    """Return a tally whose way this colleague may read; 404 where it is closed to them, 403 for who has a tie."""
    contest = open_contest(request, slug)
    one = next((each for each in selectors.categories_of(contest, request.user) if each.slug == category), None)
    tally = selectors.tallies_of(contest).get(one.pk) if one is not None else None
    if one is None or tally is None or not visibility.scores_open(request.user, contest):
        raise Http404
    if not visibility.results_for(request.user, contest, [one]):
        raise Http404
    if tie_in(one):
        raise PermissionDenied
    return contest, one, tally


@permission_required("awards.see_contests")
@require_POST
def verb(request: MemberRequest, slug: str, verb: str) -> HttpResponse:
    """What who runs the contest does with all its results: compute, propose, ask for signatures, publish, go on."""
    contest = contest_or_404(request, slug, RUN)
    round_ = contest.rounds.filter(closed_at__isnull=False).order_by("-number").first()
    by = request.user
    acts = {
        "compute": (lambda: services.compute_all(contest=contest, by=by), _("Computed.")),
        "propose": (
            lambda: services.propose_awards(contest=contest, by=by, all_the_same=request.POST.get("reason", "")),
            _("Winners are proposed."),
        ),
        "ask": (lambda: services.ask_for_signatures(contest=contest, by=by), _("The certifiers are asked.")),
        "publish": (lambda: services.publish(contest=contest, by=by), _("The winners are announced.")),
    }
    if round_ is not None:
        acts["advance"] = (lambda: services.advance(round_=round_, by=by), _("The best go on to the next round."))
    if verb not in acts:
        raise Http404
    press(request, *acts[verb])
    return redirect(_back(request, slug))


def _back(request: MemberRequest, slug: str) -> str:
    """Return the page of results that the button stood on."""
    first, said = reverse(TAB, args=[slug]), request.POST.get("back", "")
    return said if said.startswith(first) else first


@permission_required("awards.see_contests")
@require_POST
def review(request: MemberRequest, slug: str, category: str) -> HttpResponse:
    """Say that the results of a category were looked through."""
    contest = contest_or_404(request, slug)
    one = category_of(contest, category)
    if not may_review(request.user, contest, one):
        raise PermissionDenied
    tally = selectors.tallies_of(contest).get(one.pk)
    if tally is None:
        raise Http404
    if tie_of(request.user, one):
        raise PermissionDenied
    press(request, lambda: services.review(tally=tally, by=request.user), _("Looked through."))
    return redirect("awards:results-category", slug, category)


@permission_required("awards.see_contests")
@require_POST
def chair(request: MemberRequest, slug: str, category: str) -> HttpResponse:
    """The chair parts two equal entries."""
    contest = contest_or_404(request, slug, "awards.cast_chair_vote")
    one = category_of(contest, category)
    tally = selectors.tallies_of(contest).get(one.pk)
    form = forms.ChairForm(request.POST)
    if tally is None:
        raise Http404
    if tie_of(request.user, one):
        raise PermissionDenied
    if not form.is_valid():
        messages.error(request, _("Say why: the vote is kept with its reason."))
        return redirect("awards:results-category", slug, category)
    places = selectors.places_in(contest)
    first = get_object_or_404(places, public_id=form.cleaned_data["first"])
    second = get_object_or_404(places, public_id=form.second)
    reason = form.cleaned_data["reason"]
    press(
        request,
        lambda: services.vote_as_chair(tally=tally, first=first, second=second, reason=reason, by=request.user),
        _("Your vote is kept, and the order was computed anew."),
    )
    return redirect("awards:results-category", slug, category)


@permission_required("awards.see_contests")
@require_POST
def award_verb(request: MemberRequest, slug: str, public_id: str, verb: str) -> HttpResponse:
    """Tell a winner in confidence (who runs the contest), or take an award back (a certifier)."""
    contest = open_contest(request, slug)
    award = get_object_or_404(selectors.awards_in(contest), public_id=public_id)
    needs = {"notify": RUN, "revoke": "awards.certify_results"}
    if verb not in needs:
        raise Http404
    if not request.user.has_perm(needs[verb], contest):
        raise PermissionDenied
    if verb == "revoke" and tie_of(request.user, award.place.category) == "entry":
        raise PermissionDenied
    if verb == "notify":
        press(request, lambda: services.notify(award=award, by=request.user), _("The winner was told."))
    else:
        reason = reason_of(request)
        press(request, lambda: services.revoke(award=award, reason=reason, by=request.user), _("Taken back."))
    return redirect("awards:results-category", slug, award.place.category.slug)
