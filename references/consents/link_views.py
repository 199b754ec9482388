"""Pages behind signed links: a customer asked for a release, and anybody who checks that a consent holds.

GET shows, POST acts. With the link of a release the customer can take back later what they agreed to.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from references.accounts import clock
from references.accounts import wording as account_words
from references.consents import names, selectors, services, shown, terms, wording
from references.consents.enums import ReleaseState
from references.consents.models import Release
from refprogram.kernel import links
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import SignedLink


def release(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask a customer what may be shown: thing by thing, or nothing; afterwards show it, to be taken back."""
    row = get_object_or_404(selectors.release_for_link(link.subject_id))
    problem = ""
    if request.method == "POST":
        try:
            _answer(request, row, token)
        except InvalidInput as error:
            problem = error.message
        else:
            return redirect(request.path)
    return _show(request, row, link, problem)


def _answer(request: HttpRequest, row: Release, token: str) -> None:
    answer, note = request.POST.get("answer", ""), request.POST.get("note", "")
    if answer == "yes":
        ticked = {int(place) for place in request.POST.getlist("ticked") if place.isdecimal()}
        services.answer_release(token=token, ticked=ticked, note=note)
    elif answer == "no":
        services.decline_release(token=token, note=note)
    elif answer == "back" and row.consent is not None:
        chosen = set(request.POST.getlist("term"))
        mine = [term for term in selectors.terms_under(row.consent) if term.public_id in chosen]
        if not mine:
            raise InvalidInput(_("Choose what you take back."))
        links.check(links.find(token))
        services.revoke_terms(terms=mine, actor=row.contact.person)
    else:
        raise InvalidInput(_("Choose one of the answers."))


def _show(request: HttpRequest, row: Release, link: SignedLink, problem: str) -> HttpResponse:
    ticked = set(request.POST.getlist("ticked"))
    asked = [(place, spec, str(place) in ticked) for place, spec in enumerate(terms.read(row.terms))]
    context: dict[str, Any] = {
        "release": row,
        "person": row.contact.person,
        "account": row.contact.account,
        "program": account_words.program_of(),
        "asked": asked,
        "words": wording.shown(row.template.text, contact=row.contact, until=row.until),
        "open": row.state == ReleaseState.ASKED,
        "agreed": shown.term_lines(selectors.terms_under(row.consent)) if row.consent else [],
        "problem": problem,
        "ends_at": link.expires_at,
    }
    return render(request, "references/consents/release.html", context, status=422 if problem else 200)


def verify(request: HttpRequest, link: SignedLink, _token: str) -> HttpResponse:
    """Show anybody with the address whether a consent holds today: the company, what, which words; nobody's name."""
    consent = get_object_or_404(selectors.consent_for_link(link.subject_id))
    if request.method != "GET":
        raise DomainError(_("There is nothing to answer here."))
    terms_now = selectors.terms_under(consent)
    lines = shown.term_lines(terms_now)
    context = {
        "company": names.company_of(consent.contact.account, terms_now),
        "lines": lines,
        "holds": any(line.holds for line in lines),
        "template": consent.template,
        "hash": wording.hash_of(consent.template) if consent.template else "",
        "today": clock.today(),
        "program": account_words.program_of(),
    }
    return render(request, "references/consents/verify.html", context)
