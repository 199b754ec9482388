"""`/judging/<id>/leaning/`: how strict a judge was, for that judge alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards.closing import shown
from awards.closing.selectors import leaning
from awards.judging.room_views import around, judging_page
from awards.models import Judge


@require_safe
@judging_page()
def own_leaning(request: HttpRequest, judge: Judge) -> HttpResponse:
    """Show it, once results are certified: before, a ballot may still be opened again."""
    lines = shown.leaning_lines(leaning.leanings_of(judge))
    early = judge.contest.state not in leaning.OPEN
    context = around(request, judge, "leaning", lines=lines, early=early, fewest=leaning.FEWEST)
    return render(request, "awards/closing/leaning.html", context)
