"""Behind signed links, without a sign-in: the executive's answer; the guest's one page, from invitation to our answer.

GET shows, POST acts; what was answered already is shown again, however often somebody comes back.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from refprogram.governance.facetime import calendars, selectors, services
from refprogram.governance.facetime.enums import ASKED, FeedbackState, GuestAnswer, TalkState
from refprogram.governance.facetime.letters import us
from refprogram.governance.facetime.models import FaceTimeGuest, FaceTimeSlot, FaceTimeTalk
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import SignedLink
from refprogram.notices.mails import zone_of
from refprogram.people.models import Person

SCORES = (1, 2, 3, 4, 5)
OFFERED_INSTEAD = 8


def ask(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask the executive: is this worth your hour?"""
    row = get_object_or_404(selectors.talk_behind(link.subject_id))
    user, problem = selectors.user_of_person(link.person_id), ""
    if request.method == "POST" and row.state not in ASKED:
        problem = _too_late(row, request.POST.get("answer", ""))
    elif request.method == "POST":
        try:
            _executive_answers(request, row, user, token)
        except DomainError as error:
            problem = error.message
        else:
            return redirect(request.path)
    with timezone.override(zone_of(row.slot.executive.person)):
        context = {
            "row": row,
            "open": row.state in ASKED,
            "agreed": row.agreed_at is not None and row.state != TalkState.DECLINED,
            "saying_no": request.GET.get("answer") == "no" or bool(problem),
            "may_call_off": row.state == TalkState.BOOKED,
            "problem": problem,
            "ends_at": link.expires_at,
        }
        return render(request, "governance/facetime/ask.html", context, status=422 if problem else 200)


def _too_late(row: FaceTimeTalk, answer: str) -> str:
    """Return what to say to an answer that was given before; nothing where it is the same one."""
    if row.state == TalkState.BOOKED:
        same = answer == "yes"
        return (
            ""
            if same
            else _("It was agreed before: this no was not taken. The guests are invited; you can call it off.")
        )
    return _("It is not open any more: this yes was not taken.") if answer == "yes" and row.agreed_at is None else ""


def _executive_answers(request: HttpRequest, row: Any, user: Any, token: str) -> None:
    if user is None:
        raise DomainError(_("You have no access any more. Please tell the reference program."))
    if request.POST.get("answer") == "yes":
        services.agree(talk=row, by=user, token=token)
    else:
        services.decline(talk=row, by=user, why=request.POST.get("reason", ""), token=token)


def guest(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Show a guest how it stands, and take what they say."""
    row = get_object_or_404(selectors.guest_behind(link.subject_id))
    with timezone.override(_clock_of(row.person)):
        if "calendar" in request.GET:
            return _file(row)
        problem = ""
        if request.method == "POST":
            try:
                _guest_says(request, row, token)
            except DomainError as error:
                problem = error.message
            else:
                return redirect(request.path)
        return _show(request, row, link, problem)


def _clock_of(person: Person) -> dt.tzinfo:
    """Return by what clock a guest reads: who never said theirs lives where their company is, as in the mails."""
    if person.time_zone:
        return zone_of(person)
    guessed: Callable[[Person], dt.tzinfo] = import_string(settings.CUSTOMER_ZONE)
    return guessed(person)


def _guest_says(request: HttpRequest, row: FaceTimeGuest, token: str) -> None:
    if "score" in request.POST or request.POST.get("act") == "feedback":
        typed = request.POST.get("score", "")
        score = int(typed) if typed in {str(n) for n in SCORES} else 0
        services.give_feedback(
            token=token, score=score, gained=request.POST.get("gained", ""), wish=request.POST.get("wish", "")
        )
        return
    chosen = request.POST.get("proposed", "")
    proposed = next((slot for slot in _others(row) if slot.public_id == chosen), None)
    services.answer_invitation(
        token=token, answer=request.POST.get("answer", ""), words=request.POST.get("words", ""), proposed=proposed
    )


def _others(row: FaceTimeGuest) -> list[FaceTimeSlot]:
    """Return what else the executive has free, for who cannot at that time."""
    slot = row.talk.slot
    return selectors.free_slots(circle=row.talk.circle, besides=slot.pk, executive=slot.executive_id)[:OFFERED_INSTEAD]


def _show(request: HttpRequest, row: FaceTimeGuest, link: SignedLink, problem: str) -> HttpResponse:
    page = _page(row)
    context = {
        "row": row,
        "talk": row.talk,
        "slot": row.talk.slot,
        "feedback": getattr(row, "feedback", None),
        "us": us(),
        "page": page,
        "others": _others(row) if page in {"invited", "coming", "other"} else [],
        "scores": SCORES,
        "problem": problem,
        "ends_at": link.expires_at,
    }
    return render(request, "governance/facetime/guest.html", context, status=422 if problem else 200)


def _page(row: FaceTimeGuest) -> str:
    talk = row.talk
    if talk.took_place:
        return _page_after(getattr(row, "feedback", None))
    if talk.state != TalkState.BOOKED:
        return "off"
    if talk.slot.starts_at <= timezone.now():
        return "begun"
    return {GuestAnswer.YES: "coming", GuestAnswer.NO: "not", GuestAnswer.OTHER: "other"}.get(
        GuestAnswer(row.answer), "invited"
    )


def _page_after(feedback: Any) -> str:
    if feedback is None or feedback.state == FeedbackState.SILENT:
        return "over"
    if feedback.state == FeedbackState.ASKED:
        return "ask"
    return "told" if feedback.state == FeedbackState.ANSWERED else "said"


def _file(row: FaceTimeGuest) -> HttpResponse:
    response = HttpResponse(calendars.entry_file(row.talk), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="talk.ics"'
    return response
