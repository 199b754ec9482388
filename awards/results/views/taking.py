"""Results taken along: the order, a workbook of everything, the frozen record. That they were taken is written down."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from awards import visibility
from awards.results import files, selectors, services
from awards.results.ties import tie_in
from awards.results.views.pages import open_contest
from refprogram.people.auth import MemberRequest
from refprogram.people.gates import permission_required


@permission_required("awards.see_contests")
@require_POST
def take(request: MemberRequest, slug: str, category: str, form: str) -> HttpResponseBase:
    """`/contests/<slug>/results/<category>/results.<csv|xlsx|json>`: for who reads them and has no tie."""
    contest, user = open_contest(request, slug), request.user
    known = selectors.categories_of(contest, user)
    one = next((each for each in visibility.results_for(user, contest, known) if each.slug == category), None)
    tally = selectors.tallies_of(contest).get(one.pk) if one is not None else None
    if one is None or tally is None:
        raise Http404
    if not visibility.scores_open(user, contest) or tie_in(one):
        raise PermissionDenied
    if form == "json" and not selectors.may_take_record(user, contest, known):
        raise PermissionDenied
    services.take_along(tally=tally, form=form, by=user)
    return files.answer(tally, form=form, viewer=user)
