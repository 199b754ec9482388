"""The page behind a customer's link: may we name you, for this alone? GET shows, POST answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from references.accounts import wording as account_words
from references.batches import selectors, services, wording
from references.requests.enums import BatchState, NameState
from references.requests.models import BatchName
from refprogram.kernel.models import SignedLink


def name(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show the question, or what was answered; a yes can be taken back here."""
    row = get_object_or_404(selectors.for_link(), pk=link.subject_id)
    if request.method == "POST":
        if request.POST.get("answer") == "yes":
            services.allow(name=row, token=token)
            return redirect(request.path)
        if request.POST.get("answer") in {"no", "back"}:
            services.refuse(name=row, note=request.POST.get("note", ""), token=token)
            return redirect(request.path)
    context = {
        "name": row,
        "batch": row.batch,
        "person": row.contact.person,
        "program": account_words.program_of(),
        "words": wording.agreement(row.batch, row.account.name),
        "page": _page(row),
        "saying_no": request.GET.get("answer") == "no",
        "ends_at": link.expires_at,
    }
    return render(request, "references/batches/link.html", context, status=422 if request.method == "POST" else 200)


def _page(row: BatchName) -> str:
    """Which page is shown: the question, a yes, a no, or that nothing is needed any more."""
    if row.state == NameState.ASKED:
        over = row.batch.state == BatchState.CLOSED or row.account.frozen
        return "gone" if over else "ask"
    return {NameState.ALLOWED: "yes", NameState.REFUSED: "no"}.get(NameState(row.state), "gone")
