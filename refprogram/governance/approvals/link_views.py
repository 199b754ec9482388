"""Deciding from the mail: the link is one approver's, for one turn. Opening shows, posting acts."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from refprogram.governance.approvals import selectors, services
from refprogram.governance.approvals.enums import TurnState, Verdict, Via
from refprogram.governance.approvals.forms import VerdictForm
from refprogram.governance.approvals.models import Turn
from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.kernel.models import SignedLink
from refprogram.notices.mails import as_reader
from refprogram.people.models import User


def decide(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask one approver: may this go ahead?"""
    turn = get_object_or_404(selectors.turns_in_full(), pk=link.subject_id)
    user = selectors.approver_of_link(link)
    if user is None:
        raise DomainError(_("You have no access any more. Please tell the reference program."))
    with as_reader(user.person):  # as in the mail: their language, their clock
        return _answer(request, turn, user, link, token)


def _answer(request: HttpRequest, turn: Turn, user: User, link: SignedLink, token: str) -> HttpResponse:
    problem = ""
    if request.method == "POST" and _is_open(turn, link):
        form = VerdictForm(request.POST)
        try:
            _answered(form, turn, user, token)
        except InvalidInput as error:
            problem = error.message
        else:
            return redirect(request.path)
    elif request.method == "POST":
        return redirect(request.path)
    return _show(request, turn, user, link, problem)


def _is_open(turn: Turn, link: SignedLink) -> bool:
    return turn.state == TurnState.OPEN and link.used_at is None


def _answered(form: VerdictForm, turn: Turn, user: User, token: str) -> None:
    if not form.is_valid():
        raise InvalidInput(_("Choose one of the answers."))
    services.decide(
        approval=turn.approval,
        by=user,
        verdict=Verdict(form.cleaned_data["verdict"]),
        comment=form.cleaned_data["comment"],
        via=Via.LINK,
        turn=turn,
        token=token,
    )


def _show(request: HttpRequest, turn: Turn, user: User, link: SignedLink, problem: str) -> HttpResponse:
    row = turn.approval
    road = selectors.road_of(row, user)
    mine = road.mine is not None and road.mine.pk == turn.pk and link.used_at is None
    said = turn.decisions.exclude(verdict=Verdict.HAND).select_related("by__person").order_by("-pk").first()
    shown = {
        "row": row,
        "turn": turn,
        "reader": user,
        "seat": road.seat,
        "open": mine and row.state == "pending",
        "said": said,
        "saying_no": request.GET.get("answer") == "no" or bool(problem),
        "comment": request.POST.get("comment", ""),
        "problem": problem,
        "ends_at": link.expires_at,
    }
    return render(request, "governance/approvals/link.html", shown, status=422 if problem else 200)
