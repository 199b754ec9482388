"""A winner's own page behind a signed link: what they may use, and what may be shown of them. GET shows, POST acts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from awards.entries import services as entries
from awards.entries import wording
from awards.models import Award
from awards.promotion import pictures, selectors, services, shown
from awards.promotion.views import file_name, files_of
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SignedLink
from refprogram.people.models import Person


def winner_kit(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show a winner their kit; `?file=` hands one of its files out."""
    award = selectors.award_behind_link(link.subject_id)
    person = award.place.entry.owner if award is not None else None
    if award is None or person is None or person.pk != link.person_id:  # somebody else stands for the entry by now
        raise Http404
    name = request.GET.get("file", "")
    if name:
        return _file(award, name)
    problem, status = "", 200
    if request.method == "POST":
        try:
            _act(request, award, person)
        except DomainError as refusal:
            problem, status = refusal.message, refusal.status
        else:
            return redirect(request.path)
    context = {**_about(award), "person": person, "problem": problem, "typed": request.POST.get("text", "")}
    return render(request, "awards/promotion/own_kit.html", context, status=status)


def _file(award: Award, name: str) -> HttpResponse:
    if name not in files_of(award, colleague=False):
        raise Http404
    content, media_type = pictures.draw(award, name)
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'inline; filename="{file_name(award, name)}"'
    return response


def _act(request: HttpRequest, award: Award, person: Person) -> None:
    act, use = request.POST.get("act", ""), request.POST.get("use", "")
    if act == "release":
        services.release_quote(award=award, text=request.POST.get("text", ""), by=person)
    elif act == "take-back":
        services.take_quote_back(award=award, by=person)
    elif act == "begin-use" and use in wording.BY_NAME:
        entries.begin_use(entry=award.place.entry, use=wording.BY_NAME[use], by=person)
    elif act == "end-use" and (kept := selectors.agreement_of(award, use)) is not None:
        entries.end_use(entry=award.place.entry, use=kept, by=person)


def _about(award: Award) -> dict[str, Any]:
    contest, quote = award.contest, shown.quote_of(award)
    public = shown.is_public(contest)
    return {
        "contest": contest,
        "winner": shown.winner(award),
        "files": files_of(award, colleague=False),
        "texts": shown.social_texts(award, own=True),
        "embed": shown.embed_code(award) if public else "",
        "public_url": shown.public_address(award) if public and selectors.may(award, "site") else "",
        "quote": quote,
        "may_quote": selectors.may(award, "quote") and selectors.may(award, "name"),
        "uses": _uses(award) if public else [],
    }


def _uses(award: Award) -> list[dict[str, Any]]:
    """Return what may be shown of them, use by use, in the words they agreed to or would agree to."""
    agreed = selectors.agreements_of(award)
    return [
        {
            "use": use,
            "words": agreed[use.name].wording if use.name in agreed else wording.sentence(use, award.contest),
            "given": use.name in agreed,
        }
        for use in wording.USES
    ]
