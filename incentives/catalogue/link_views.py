"""`/s/<token>/`: what a customer may choose. GET shows, POST acts; no sign-in, and no opinion is asked for."""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from incentives.catalogue import choosing, forms, kinds, shown
from incentives.catalogue.eligible import Buyer
from incentives.catalogue.models import Item, Redemption
from refprogram.governance.fulfilment.letters import program_of
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import add_refusal
from refprogram.kernel.models import SignedLink, new_public_id
from refprogram.notices.mails import as_reader


def choose(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show what a customer's person may choose and what became of it, and take what they say."""
    buyer = choosing.buyer_behind(link.subject_id, link.person_id)
    if buyer is None:
        raise Http404
    with as_reader(buyer.person):
        problem = ""
        came_back: dict[str, Form] = {}
        if request.method == "POST":
            problem, came_back = _act(request, buyer)
            if not problem and not came_back:
                return redirect(request.path)
        context = {
            "program": program_of(),
            "person": buyer.person,
            "house": buyer.account if buyer.wallet.account_id is not None else None,
            "balance": buyer.wallet.available,
            "tiles": [_tile(one, came_back) for one in choosing.shelf_of(buyer)],
            "rule": choosing.rule_words(buyer),
            "lines": [(row, shown.pill_of(row), shown.may_as_receiver(row)) for row in choosing.chosen(buyer)],
            "thanks": choosing.thanks(buyer),
            "problem": problem,
            "ends_at": link.expires_at,
        }
        return render(request, "incentives/catalogue/choose.html", context, status=422 if problem or came_back else 200)


def _tile(one: Any, came_back: dict[str, Form]) -> dict[str, Any]:
    form = came_back.get(one.item.public_id)
    blank = forms.TakeForm(item=one.item, auto_id=f"{one.item.public_id}-%s")
    return {
        "offered": one,
        "icon": kinds.icon_of(one.item.kind),
        "form": form or blank,
        "open": form is not None,
        "once": new_public_id(),
    }


def _act(request: HttpRequest, buyer: Buyer) -> tuple[str, dict[str, Form]]:
    """Carry out what was said; return why not, and the form that has to be looked at again."""
    act, key = request.POST.get("act", ""), request.POST.get("key", "")
    try:
        if act == "take":
            return "", _take(request, buyer, choosing.item_of(buyer, key))
        choosing.answer(buyer, _row(buyer, key), act, request.POST.get("words", ""))
    except DomainError as refusal:
        return refusal.message, {}
    return "", {}


def _row(buyer: Buyer, key: str) -> Redemption:
    row = choosing.row_of(buyer, key)
    if row is None:
        raise Http404
    return row


def _take(request: HttpRequest, buyer: Buyer, item: Item | None) -> dict[str, Form]:
    if item is None:
        raise Http404
    form = forms.TakeForm(request.POST, item=item, auto_id=f"{item.public_id}-%s")
    if not form.is_valid():
        return {item.public_id: form}
    try:
        choosing.take(buyer, item, form.cleaned_data, key=request.POST.get("once", ""))
    except DomainError as refusal:
        if not refusal.errors:
            raise
        add_refusal(form, refusal)
        return {item.public_id: form}
    return {}
