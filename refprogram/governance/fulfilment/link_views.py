"""What the receiver of a gift sees behind the link: is it there? GET shows, POST takes the answer. No sign-in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from refprogram.governance.fulfilment import selectors, services
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.governance.fulfilment.forms import ReceiptForm
from refprogram.governance.fulfilment.letters import program_of
from refprogram.governance.fulfilment.services.receiving import Answer
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SignedLink

S = FulfilmentState
PAGES = {
    S.DELIVERED: "ask",
    S.ACKNOWLEDGED: "received",
    S.ORDERED: "missing",
    S.REFUSED: "refused",
    S.SUBSTITUTED: "replaced",
    S.RETURNED: "refused",
    S.REFUNDED: "refused",
}


def receipt(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask whether it is there; the page of an answer is shown to whoever comes back."""
    problem, form = "", ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_by_link(
                token=token, answer=Answer(form.cleaned_data["answer"]), words=form.cleaned_data["words"]
            )
        except DomainError as error:
            problem = error.message
        else:
            return redirect(request.path)
    row = selectors.by_id(link.subject_id)
    context = {
        "gift": row,
        "program": program_of(),
        "page": PAGES.get(S(row.state), "gone"),
        "problem": problem,
        "choosing_charity": request.POST.get("answer") == "charity",
        "ends_at": link.expires_at,
    }
    status = 422 if problem or (request.method == "POST" and not form.is_valid()) else 200
    return render(request, "governance/fulfilment/receipt.html", context, status=status)
