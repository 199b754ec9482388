"""Pages behind signed links: the owner decides, the customer answers, the customer says how it was.

GET shows and never acts; POST acts. No session, no password: the link names the person. What was answered already is
shown again, in the same kind words, however often somebody comes back.
"""

import datetime as dt
import zoneinfo
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts import places, wording
from references.requests import briefs, clock, policy, reminders, selectors, services, words
from references.requests.enums import CandidateState, CustomerReason, OwnerReason, Side
from references.requests.forms import CUSTOMER_LEVELS, CustomerNoForm, FeedbackForm, OwnerAnswerForm, TimesForm
from references.requests.models import Candidate
from references.requests.views.verbs import calendar_file, filled
from refprogram.kernel.errors import DomainError, IllegalMove, InvalidInput
from refprogram.kernel.models import SignedLink
from refprogram.people import zones

# Which page a customer sees: their answer is open, given, or nothing is needed any more.
OPEN, YES, NO, DONE, GONE = "ask", "yes", "no", "done", "gone"
PAGES = {
    CandidateState.INVITED: OPEN,
    CandidateState.NO_REPLY: OPEN,
    CandidateState.NO_SHOW: OPEN,
    CandidateState.ACCEPTED: YES,
    CandidateState.SCHEDULED: YES,
    CandidateState.DECLINED: NO,
    CandidateState.COMPLETED: DONE,
}


def _candidate(link: SignedLink) -> Candidate:
    return get_object_or_404(selectors.for_link(), pk=link.subject_id)


# ---------------------------------------------------------------- the owner


def owner_approval(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask the account's owner: may we ask your customer?"""
    candidate = _candidate(link)
    problem = ""
    if request.method == "POST" and candidate.state == CandidateState.OWNER_REVIEW:
        try:
            _owner_answers(request, candidate, link, token)
        except InvalidInput as error:
            problem = error.message
        else:
            return redirect(request.path)
    with timezone.override(_zone(candidate.approver.person.time_zone if candidate.approver else "")):
        return _show_owner(request, candidate, link, problem)


def _show_owner(request: HttpRequest, candidate: Candidate, link: SignedLink, problem: str) -> HttpResponse:
    context = {
        "candidate": candidate,
        "row": candidate.request,
        "open": candidate.state == CandidateState.OWNER_REVIEW,
        "yes": candidate.owner_answered_at is not None and candidate.state != CandidateState.OWNER_DECLINED,
        "minutes": wording.minutes(candidate.request.activity),
        "chips": words.must_have_chips(candidate.request),
        "parts": [(str(name), candidate.factors.get(key, 0)) for key, name in words.FACTORS.items()],
        "answer_by": reminders.answer_due(candidate),
        "reasons": OwnerReason.choices,
        "saying_no": request.GET.get("answer") == "no" or bool(problem),
        "problem": problem,
        "ends_at": link.expires_at,
    }
    return render(request, "references/requests/link_owner.html", context, status=422 if problem else 200)


def _owner_answers(request: HttpRequest, candidate: Candidate, link: SignedLink, token: str) -> None:
    user = selectors.user_of_person(link.person_id)
    if user is None:
        raise DomainError(_("You have no access any more. Please tell the reference program."))
    if request.POST.get("answer") == "yes":
        services.owner_approve(candidate=candidate, actor=user, token=token)
        return
    form = OwnerAnswerForm(request.POST)
    if not form.is_valid():
        raise InvalidInput(_("Choose a reason, so that we know whom to ask instead."))
    services.owner_decline(candidate=candidate, actor=user, token=token, **form.cleaned_data)


# ---------------------------------------------------------------- the customer


def customer_ask(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Ask the customer: would you? Later the same link shows what was agreed."""
    candidate = _candidate(link)
    with timezone.override(_zone(request.POST.get("zone", ""), otherwise=places.zone_of(candidate.contact))):
        if "calendar" in request.GET and candidate.scheduled_at is not None and candidate.agreed:
            return calendar_file(candidate)
        if "brief" in request.GET and candidate.agreed:
            context = {
                "brief": briefs.for_customer(candidate),
                "program": wording.program_of(),
                "ends_at": link.expires_at,
            }
            return render(request, "references/requests/link_brief.html", context)
        if request.method == "POST":
            try:
                _customer_answers(request, candidate, token)
            except InvalidInput as error:
                return _show_ask(request, candidate, link, problem=error)
            except IllegalMove:
                settled = InvalidInput(_("This was settled meanwhile, so nothing has changed. You see how it stands."))
                return _show_ask(request, _candidate(link), link, problem=settled)
            return redirect(request.path)
        return _show_ask(request, candidate, link)


def _zone(name: str, *, otherwise: dt.tzinfo | None = None) -> dt.tzinfo:
    """Return the zone of this name; where there is none, another one."""
    return zoneinfo.ZoneInfo(name) if name in zones.known() else otherwise or zoneinfo.ZoneInfo(settings.TIME_ZONE)


def _customer_answers(request: HttpRequest, candidate: Candidate, token: str) -> None:
    answer = request.POST.get("answer")
    if answer == "yes":
        form = TimesForm(request.POST)
        if not form.is_valid():
            sentence = _("One of the times could not be read. Please choose it again.")
            raise InvalidInput(sentence, errors={"times": sentence})
        zone = request.POST.get("zone", "")
        services.customer_accept(candidate=candidate, times=form.times, time_zone=zone, token=token)
    elif answer == "other":
        form = TimesForm(request.POST)
        if not form.is_valid():
            sentence = _("One of the times could not be read. Please choose it again.")
            raise InvalidInput(sentence, errors={"times": sentence})
        services.offer_other_times(candidate=candidate, times=form.times, token=token)
    elif answer == "rest":
        services.customer_pauses(candidate=candidate, token=token)
    elif answer in {"no", "pause"}:
        data = filled(CustomerNoForm(request.POST)).cleaned_data
        services.customer_decline(candidate=candidate, token=token, **{**data, "pause": answer == "pause"})
    else:
        raise InvalidInput(_("Choose one of the answers."))


def _show_ask(
    request: HttpRequest, candidate: Candidate, link: SignedLink, *, problem: InvalidInput | None = None
) -> HttpResponse:
    page = PAGES.get(CandidateState(candidate.state), GONE)
    if page == OPEN and not selectors.still_wanted(candidate):
        page = GONE
    context: dict[str, Any] = {
        "candidate": candidate,
        "row": candidate.request,
        "person": candidate.contact.person,
        "page": page,
        "program": wording.program_of(),
        "minutes": wording.minutes(candidate.request.activity),
        "dated": words.has_a_date(candidate.request),
        "reasons": CustomerReason.choices,
        "paused": selectors.pause_of(candidate.contact),
        "pause_until": services.pause_ends(),
        "problem": problem.message if problem and "times" not in problem.errors else "",
        "answer": request.GET.get("answer", "") or (request.POST.get("answer", "") if problem else ""),
        "ends_at": link.expires_at,
    }
    if page in {OPEN, YES}:
        needed_by = candidate.request.needed_by
        form = TimesForm(request.POST if problem else None, until=needed_by)
        context |= {
            "form": form,
            "too_late": needed_by < timezone.localdate(),
            "times_problem": problem.errors.get("times", "") if problem else "",
            "times_most": policy.now().offered_times,
            "slots": clock.slots(timezone.localdate(), needed_by),
            "ticked": request.POST.getlist("slot"),
            "zone": str(timezone.get_current_timezone()),
            "zone_known": bool(request.POST.get("zone", "") or candidate.contact.person.time_zone),
            "zones": zones.choices(),
            "uses": selectors.uses_of(candidate.contact),
            "agreed_until": selectors.agreed_until(candidate.contact, candidate.request.activity.slug),
        }
    return render(request, "references/requests/link_customer.html", context, status=422 if problem else 200)


# ---------------------------------------------------------------- afterwards


def feedback(request: HttpRequest, link: SignedLink, token: str) -> HttpResponse:
    """Thank the customer and ask how it was."""
    candidate = _candidate(link)
    given = next((one for one in candidate.feedback.all() if one.side == Side.CUSTOMER), None)
    form = FeedbackForm(request.POST or None)
    if request.method == "POST" and given is None and form.is_valid():
        services.give_feedback(candidate=candidate, side=Side.CUSTOMER, token=token, **form.cleaned_data)
        return redirect(request.path)
    context = {
        "candidate": candidate,
        "row": candidate.request,
        "person": candidate.contact.person,
        "program": wording.program_of(),
        "given": given,
        "form": form,
        "levels": CUSTOMER_LEVELS,
        "ends_at": link.expires_at,
    }
    return render(request, "references/requests/link_feedback.html", context, status=422 if form.errors else 200)
