"""Winners as everybody reads of them, without signing in: asked of the consent gate at every call."""

import urllib.parse
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from awards.models import Award, Contest
from awards.promotion import pictures, selectors, shown
from awards.promotion.logos import logos_of
from awards.promotion.words import us
from refprogram.kernel.files.views import bytes_of

PER_PAGE: Final = 5  # contests, each with all its winners
BADGES: Final = ("badge.svg", "badge.png")


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """`/winners/`: the winners of every year, the latest first; `?q=` looks for one, `?year=` for a year."""
    words, year = request.GET.get("q", "").replace("\x00", "")[:80].strip(), _year(request.GET.get("year", ""))
    page = Paginator(selectors.gallery(words, year), PER_PAGE).get_page(request.GET.get("page"))
    contests = list(page.object_list)
    found = selectors.named_in(contests, words)
    logos = logos_of(award for row in contests for award in found[row.pk])
    context = {
        "us": us(),
        "page": page,
        "sections": [(row, shown.winners(found[row.pk], logos)) for row in contests],
        "q": words,
        "year": year,
        "years": selectors.years(),
        "kept": urllib.parse.urlencode({"q": words, **({"year": year} if year else {})}),
    }
    return render(request, "awards/promotion/gallery.html", context)


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


def _contest(slug: str) -> Contest:
    return get_object_or_404(selectors.public_contest(slug))


@require_safe
def winners(request: HttpRequest, slug: str) -> HttpResponse:
    """`/winners/<contest>/`: who won this one."""
    contest = _contest(slug)
    named = selectors.named_in([contest])[contest.pk]
    found = shown.winners(named, logos_of(named))
    context = {
        "us": us(),
        "contest": contest,
        "winners": found,
        "unnamed": selectors.count_in(contest) - len(found),
        "others": selectors.more_of_series(contest),
        "day": shown.day_words(contest),
    }
    return render(request, "awards/promotion/winners.html", context)


def _named(slug: str, public_id: str) -> Award | None:
    rows = selectors.named().filter(contest__slug=slug, public_id=public_id)
    return selectors.with_what_may(rows).first()


@require_safe
def winner(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """`/winners/<contest>/<award>/`: one winner. Who is not named any more leads to all winners: badges stay links."""
    contest = _contest(slug)
    award = _named(slug, public_id)
    if award is None:
        get_object_or_404(selectors.announced().filter(contest=contest), public_id=public_id)
        return redirect("awards:winners", slug)
    context = {
        "us": us(),
        "contest": contest,
        "winner": shown.winner(award, logos_of([award])),
        "address": shown.public_address(award),
        "badge": shown.badge_words(award),
    }
    return render(request, "awards/promotion/winner.html", context)


@require_safe
def winner_file(request: HttpRequest, slug: str, public_id: str, name: str) -> HttpResponse:
    """`/winners/<contest>/<award>/<file>`: the badge while the award stands; cards while they may be shown."""
    if name in BADGES:
        rows = selectors.announced().filter(contest__slug=slug, public_id=public_id)
        award = rows.select_related("contest", "place__category", "place__entry").first()
    else:
        award = _named(slug, public_id)
    if award is None or (name == "quote.png" and shown.words_of(award) is None):
        raise Http404
    content, media_type = pictures.draw(award, name)
    return _open_to_all(content, media_type, badge=name in BADGES)


@require_safe
def winner_logo(request: HttpRequest, slug: str, public_id: str) -> HttpResponseBase:
    """`/winners/<contest>/<award>/logo/`: the winner's logo, for our own pages, while they let us show it."""
    award = _named(slug, public_id)
    logo = logos_of([award]).get(award.pk) if award is not None else None
    if logo is None:
        raise Http404
    return bytes_of(logo)


def _open_to_all(content: bytes, media_type: str, *, badge: bool) -> HttpResponse:
    """Return a picture that other pages may show. What names somebody is never kept on the way: it may end any day."""
    response: Any = HttpResponse(content, content_type=media_type)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "public, max-age=300" if badge else "no-cache"
    return response
