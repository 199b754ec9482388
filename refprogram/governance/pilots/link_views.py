"""Answering for sales from the mail. Opening shows, posting acts; the link is theirs who was asked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from refprogram.governance.pilots import selectors, services
from refprogram.governance.pilots.enums import PilotState
from refprogram.governance.pilots.forms import AnswerForm
from refprogram.governance.pilots.models import PilotConsult
from refprogram.kernel.errors import DomainError
from refprogram.kernel.forms import add_refusal
from refprogram.kernel.models import SignedLink
from refprogram.notices.mails import as_reader


def consult(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask (GET shows), and take the answer (POST)."""
    row: PilotConsult = get_object_or_404(selectors.consult_behind(link.subject_id))
    with as_reader(row.asked.person):  # as in the mail: their language, their clock
        return _answer(request, row, link, token)


def _answer(request: HttpRequest, row: PilotConsult, link: SignedLink, token: str) -> HttpResponse:
    is_open = row.answered_at is None and row.version == row.pilot.version and row.pilot.state == PilotState.CONSULTING
    form = AnswerForm(request.POST if request.method == "POST" and is_open else None)
    if request.method == "POST" and (not is_open or _answered(form, row, token)):
        return redirect(request.path)
    context = {
        "row": row,
        "pilot": row.pilot,
        "form": form,
        "open": is_open,
        "how_many": row.pilot.members.count(),
        "criteria": list(row.pilot.criteria.all()),
        "ends_at": link.expires_at,
    }
    return render(request, "governance/pilots/link.html", context, status=422 if form.errors else 200)


def _answered(form: AnswerForm, row: PilotConsult, token: str) -> bool:
    if not form.is_valid():
        return False
    try:
        services.answer(consult=row, by=row.asked, token=token, **form.cleaned_data)
    except DomainError as error:
        add_refusal(form, error)
        return False
    return True
