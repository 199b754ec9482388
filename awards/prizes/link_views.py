"""The winner's page of prizes, behind a signed link: choose, give to charity, refuse; see how far it is.

GET shows, POST acts. No sign-in.
"""

from typing import Any, Final

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from awards.prizes import selectors, services, shown
from awards.prizes.enums import Answer, GrantState
from awards.prizes.forms import CauseForm, TakeForm
from awards.prizes.models import PrizeGrant
from awards.results.enums import AwardState
from awards.results.wording import won_in
from refprogram.governance.fulfilment import services as gifts
from refprogram.governance.fulfilment.services.receiving import Answer as Receipt
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import add_refusal
from refprogram.kernel.models import SignedLink
from refprogram.people.models import Person

RECEIPTS: Final = {"received": Receipt.RECEIVED, "missing": Receipt.MISSING}


def prize(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show what a winner was given, and take what they say to it."""
    award = selectors.award_behind_link(link.subject_id)
    if award is None or award.place.entry.owner is None or award.place.entry.owner_id != link.person_id:
        raise Http404
    person, rows = award.place.entry.owner, selectors.of_award(award)
    problem = ""
    came_back: dict[str, Any] = {}
    if request.method == "POST":
        row = next((one for one in rows if one.public_id == request.POST.get("grant")), None)
        if row is None:
            raise Http404
        problem, came_back = _take(request, row, person)
        if not problem and not came_back:
            return redirect(request.path)
    context = {
        "award": award,
        "contest": award.contest,
        "won": won_in(award),
        "person": person,
        "gone": award.state != AwardState.PUBLISHED,
        "recalled": any(row.state == GrantState.RECALLED for row in rows),
        "sections": shown.sections(rows, came_back),
        "problem": problem,
        "ends_at": link.expires_at,
    }
    return render(request, "awards/prizes/winner.html", context, status=422 if problem or came_back else 200)


def _take(request: HttpRequest, row: PrizeGrant, person: Person) -> tuple[str, dict[str, Any]]:
    """Carry out what was said; return why not, and the form that has to be looked at again."""
    act = request.POST.get("act", "")
    form = _form(act, row, request)
    if form is not None and not form.is_valid():
        return "", {f"{act}:{row.public_id}": form}
    try:
        _act(act, row, person, form, str(request.POST.get("words", "")))
    except DomainError as refusal:
        if form is not None and getattr(refusal, "errors", None):
            add_refusal(form, refusal)
            return "", {f"{act}:{row.public_id}": form}
        return refusal.message, {}
    return "", {}


def _form(act: str, row: PrizeGrant, request: HttpRequest) -> Form | None:
    if act == Answer.TAKE:
        return TakeForm(request.POST, grant=row)
    return CauseForm(request.POST, grant=row) if act == Answer.CHARITY else None


def _act(act: str, row: PrizeGrant, person: Person, form: Form | None, words: str) -> None:
    if act in RECEIPTS:
        if row.fulfilment is None:
            raise Http404
        gifts.answer_as_receiver(fulfilment=row.fulfilment, answer=RECEIPTS[act], words=words)
        return
    if act not in Answer.values:
        raise Http404
    said = form.cleaned_data if form is not None else {}
    choice = services.Choice(Answer(act), details=said, cause=said.get("cause", ""), words=words)
    services.answer_offer(grant=row, choice=choice, person=person)
