"""Pages behind signed links: a customer reads a draft, a prospect reads a share page.

GET shows and counts nothing; POST acts. A share page is gated anew at each reading.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from references.accounts import wording
from references.content import markdown, names, passages, selectors, services
from references.content.enums import AssetState, ReviewAnswer
from references.content.models import Board, CustomerReview
from refprogram.kernel.errors import DomainError, InvalidInput, LinkRefused
from refprogram.kernel.files.addresses import address
from refprogram.kernel.models import SignedLink

_PHONE_LINE = 38  # letters that a field shows beside each other on a phone


def review(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask a customer's person to read a draft: fine as it is, with changes, or not at all."""
    row = get_object_or_404(selectors.review_for_link(link.subject_id))
    problem = ""
    if request.method == "POST":
        try:
            services.answer_review(token=token, said_=_said(request, row.version.body))
        except LinkRefused:
            raise
        except DomainError as refusal:
            problem = refusal.message
        else:
            return redirect(request.path)
    return _show_review(request, row, link, problem)


def _said(request: HttpRequest, draft: str) -> services.Said:
    answer, body = request.POST.get("answer", ""), ""
    if answer not in ReviewAnswer.values:
        raise InvalidInput(_("Choose one of the answers."))
    if answer == ReviewAnswer.EDITED:
        if not any(_typed(request, place) is not None for place in range(len(passages.passages_of(draft)))):
            raise InvalidInput(_("Your words did not arrive. Load the page again, please."))
        body = passages.rewritten(draft, lambda place: _typed(request, place), request.POST.get("more", ""))[:40_000]
    return services.Said(ReviewAnswer(answer), body=body, words=request.POST.get("words", ""))


def _typed(request: HttpRequest, place: int) -> str | None:
    return request.POST.get(f"passage-{place}")


def _show_review(request: HttpRequest, row: CustomerReview, link: SignedLink, problem: str) -> HttpResponse:
    asking = row.answered_at is None and row.asset.state == AssetState.CUSTOMER_REVIEW
    context = {
        "review": row,
        "asset": row.asset,
        "person": row.contact.person,
        "program": wording.program_of(),
        "open": asking,
        "gone": row.answered_at is None and not asking,
        "passages": _fields(request, row.version.body) if asking else [],
        "more": request.POST.get("more", ""),
        "words": request.POST.get("words", ""),
        "chosen": request.POST.get("answer", ""),
        "story": markdown.render(row.version.body),
        "problem": problem,
        "ends_at": link.expires_at,
    }
    return render(request, "references/content/review.html", context, status=422 if problem else 200)


def _fields(request: HttpRequest, draft: str) -> list[dict[str, Any]]:
    """Return a field per passage: what was typed, else the draft's words, and about as many lines as a phone needs."""
    fields = []
    for place, passage in enumerate(passages.passages_of(draft)):
        typed = _typed(request, place)
        words = passage.words if typed is None else typed
        lines = words.count("\n") + len(passage.words) // _PHONE_LINE + 1
        fields.append({"name": f"passage-{place}", "kind": passage.kind, "words": words, "rows": min(lines, 20)})
    return fields


def board(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show a share page to whoever holds its address; a POST of its script counts a look."""
    row = selectors.for_link(link.subject_id)
    if request.method == "POST":
        item = request.POST.get("item", "")
        services.count_look(
            board=row,
            tab=request.POST.get("tab", "").replace("\x00", ""),
            item_id=int(item) if item.isdecimal() and len(item) < 19 else None,
        )
        return JsonResponse({}, status=202)
    if not selectors.is_open(row):
        return render(request, "references/content/share_ended.html", {"board": row, "program": wording.program_of()})
    return render(request, "references/content/share.html", {**page_context(row), "token": token})


def page_context(row: Board) -> dict[str, Any]:
    """Return what a share page shows now: the same for prospects and for its maker's preview."""
    sections, found = [], selectors.sections_of(row)
    customers = names.for_strangers([section.asset for section in found])
    for section in found:
        for view in section.parts:
            view.part.file_url = address(view.file, viewer=None) if view.file else ""  # type: ignore[attr-defined]
        sections.append(
            {
                "item": section.item,
                "asset": section.asset,
                "customer": customers[section.asset.account_id],
                "parts": section.parts,
                "story": markdown.render(section.body) if section.body else "",
            }
        )
    return {
        "board": row,
        "sections": sections,
        "maker": row.made_by,
        "program": wording.program_of(),
        "preview": False,
        "token": "",
    }
