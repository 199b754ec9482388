"""The public pages of contests: no sign-in, nothing that is not meant for everybody."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from awards.contests.models import Contest
from awards.site import pictures, selectors, shown
from references.content import markdown
from refprogram.people.calendars.ics import calendar_file

MINUTES_5 = 300


def _contest(slug: str) -> Contest:
    return get_object_or_404(selectors.public_contests(), slug=slug)


@require_safe
def contests(request: HttpRequest) -> HttpResponse:
    """`/awards/`: what one may enter, and who has won."""
    under_way, over = selectors.listed()
    now = timezone.now()
    context = {
        "under_way": [_line(row, now) for row in under_way],
        "over": [_line(row, now) for row in over],
        "us": shown.us(),
    }
    return render(request, "awards/site/list.html", context)


def _line(contest: Contest, now: Any) -> dict[str, Any]:
    return {
        "contest": contest,
        "headline": shown.headline(contest),
        "lead": shown.lead(contest),
        "enter": shown.entering(contest, now),
        "deadline": shown.deadline_words(contest),
    }


@require_safe
def contest(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/`: program, process, prizes, payoff, judges, sponsors, questions, winners."""
    row = _contest(slug)
    site, now = selectors.site_of(row), timezone.now()
    context = {
        **_head(row, now),
        "rest": markdown.render(shown.rest(row)),
        "process": markdown.render(row.process),
        "payoff": markdown.render(row.payoff),
        "days": shown.days_of(row, now),
        "proof": shown.proof_of(site),
        "count_words": shown.count_words(site),
        "categories": site.categories,
        "criteria": [(one, share, float(share) * 100) for one, share in site.criteria],
        "round": site.round,
        "judges": [(judge, shown.judge_line(judge)) for judge in site.judges],
        "prizes": shown.prize_cards(site),
        "sponsors": site.sponsors,
        "questions": [(one, markdown.render(one.answer)) for one in site.questions],
        "winners": shown.winners_by_year(site.winners),
    }
    return render(request, "awards/site/contest.html", context)


def _head(contest: Contest, now: Any) -> dict[str, Any]:
    """Return what every page of one contest needs."""
    return {
        "contest": contest,
        "headline": shown.headline(contest),
        "lead": shown.lead(contest),
        "enter": shown.entering(contest, now),
        "deadline": shown.deadline_words(contest),
        "address": shown.address(contest),
    }


@require_safe
def rules(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/rules/`: the rules in full, with their version."""
    row = _contest(slug)
    context = {**_head(row, timezone.now()), "text": markdown.render(row.rules_text)}
    return render(request, "awards/site/rules.html", context)


@require_safe
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/share/`: words, picture, code and files to pass on."""
    row = _contest(slug)
    context = {**_head(row, timezone.now()), "texts": shown.texts_to_share(row)}
    return render(request, "awards/site/share.html", context)


@require_safe
@cache_control(public=True, max_age=MINUTES_5)
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/share.png`: what others' pages show beside the link."""
    return HttpResponse(pictures.share_picture(_contest(slug)), content_type="image/png")


@require_safe
@cache_control(public=True, max_age=MINUTES_5)
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/overview.pdf`: the same on one page of paper."""
    row = _contest(slug)
    content = pictures.overview(lambda: selectors.site_of(row), row)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{row.slug}.pdf"'
    return response


@require_safe
@cache_control(public=True, max_age=MINUTES_5)
def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/qr.svg`: the address to point a phone at."""
    return HttpResponse(pictures.qr_code(_contest(slug)), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=MINUTES_5)
def dates(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/dates.ics`: the dates for a calendar program."""
    row = _contest(slug)
    content = calendar_file(shown.calendar_entries(row), name=row.name)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.slug}.ics"'
    return response
