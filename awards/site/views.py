"""The public pages of contests: no sign-in, nothing that is not meant for everybody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from awards.contests import services
from awards.contests.enums import AFTER_PUBLICATION
from awards.contests.models import Contest
from awards.promotion.words import us
from awards.site import pictures, selectors, shown
from awards.site.forms import AskForm
from awards.voting import shown as voting
from awards.voting.window import has_vote
from references.content import markdown
from refprogram.kernel.errors import DomainError
from refprogram.kernel.files.views import bytes_of
from refprogram.kernel.forms import add_refusal
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
        "us": us(),
    }
    return render(request, "awards/site/list.html", context)


def _line(contest: Contest, now: Any) -> dict[str, Any]:
    return {
        "contest": contest,
        "headline": shown.headline(contest),
        "lead": shown.lead(contest),
        "enter": shown.entering(contest, now),
        "vote": voting.state_of(contest, now) if has_vote(contest) else None,
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
        "tiers": [
            (tier, word, [(one, selectors.has_logo(one)) for one in rows])
            for tier, word, rows in selectors.tiers_of(site.sponsors)
        ],
        "questions": [(one, markdown.render(one.answer)) for one in site.questions],
        "winners": shown.winners_by_year(site.winners),
        "announced": row.state in AFTER_PUBLICATION,
        "may_ask": services.takes_questions(row),
    }
    return render(request, "awards/site/contest.html", context)


def _head(contest: Contest, now: Any) -> dict[str, Any]:
    """Return what every page of one contest needs."""
    return {
        "contest": contest,
        "headline": shown.headline(contest),
        "lead": shown.lead(contest),
        "enter": shown.entering(contest, now),
        "vote": voting.state_of(contest, now) if has_vote(contest) else None,
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
    context = {
        **_head(row, timezone.now()),
        "texts": shown.texts_to_share(row),
        "categories": selectors.categories_of(row),
    }
    return render(request, "awards/site/share.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/ask/`: ask without an account. It is answered once, on the page, for everybody."""
    row = _contest(slug)
    form, status, asked = AskForm(request.POST if request.method == "POST" else None), 200, False
    if request.method == "POST" and form.is_valid():
        try:
            if not form.by_a_machine:
                asked_from = str(request.META.get("REMOTE_ADDR", ""))
                services.ask_publicly(row, text=form.cleaned_data["text"], asked_from=asked_from)
        except DomainError as refusal:
            add_refusal(form, refusal)
            status = refusal.status
        else:
            asked = True
    elif form.is_bound:
        status = 422
    context = {"contest": row, "form": form, "asked": asked, "open": services.takes_questions(row)}
    return render(request, "awards/site/ask.html", context, status=status)


@require_safe
def logo(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """`/awards/<slug>/logos/<sponsor>/`: a sponsor's logo, washed when it came in."""
    found = selectors.logo_of(_contest(slug), public_id)
    if found is None:
        raise Http404
    return bytes_of(found)


@require_safe
@cache_control(public=True, max_age=MINUTES_5)
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """`/awards/<slug>/share.png`: what others' pages show beside the link."""
    return HttpResponse(pictures.share_picture(_contest(slug)), content_type="image/png")


@require_safe
@cache_control(public=True, max_age=MINUTES_5)
def category_picture(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    """`/awards/<slug>/share/<category>.png`: a picture for posts about one category."""
    row = _contest(slug)
    one = next((each for each in selectors.categories_of(row) if each.slug == category), None)
    if one is None:
        raise Http404
    return HttpResponse(pictures.category_picture(row, one), content_type="image/png")


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
