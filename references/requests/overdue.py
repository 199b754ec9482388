"""What time alone brings about: silent customers, questions without an answer, requests past their day.

Each row is its own transaction and is looked at again under its lock, so doing it twice changes nothing.
"""

import datetime as dt
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from references.requests import clock, letters, policy, reminders, selectors, services
from references.requests.enums import MATCHABLE, OPEN_CANDIDATES, CandidateState, RequestState, UnfilledReason
from references.requests.models import Candidate, ReferenceRequest
from refprogram.kernel import links
from refprogram.notices.services import tell

AT_ONCE: Final = 500
MOST_REMINDERS: Final = 2
NO: Final = {
    CandidateState.OWNER_DECLINED: UnfilledReason.OWNERS_NO,
    CandidateState.DECLINED: UnfilledReason.CUSTOMERS_NO,
    CandidateState.NO_REPLY: UnfilledReason.NO_ANSWER,
}


def follow_up() -> None:
    """Do what is due now."""
    now = timezone.now()
    follow_customers(now)
    follow_questions(now)
    give_up_late()


# ---------------------------------------------------------------- customers who do not answer


def follow_customers(now: dt.datetime) -> None:
    """Remind silent customers, twice at most; at last they count as silent, and the next in line is asked."""
    waiting = Candidate.objects.filter(state=CandidateState.INVITED, invited_at__isnull=False)
    rows = waiting.select_related("contact__person", "account", "request__activity", "request__requester__person")
    for candidate in rows.order_by("invited_at", "pk")[:AT_ONCE]:
        if reminders.answer_due(candidate) <= now:
            services.note_silence(candidate=candidate)
        else:
            _remind(candidate, now)


def _remind(candidate: Candidate, now: dt.datetime) -> None:
    since = candidate.invited_at or candidate.created_at
    days = policy.now().remind_customer[:MOST_REMINDERS]
    due = sum(clock.due(since, after) <= now for after in days)
    if candidate.reminded >= due or not services.note_reminder(candidate=candidate, number=due):
        return
    person = candidate.contact.person
    link = links.issue(purpose="customer_ask", subject=candidate, person_id=person.pk)
    letter = letters.customer_ask(candidate, link, again=True)
    key = f"customer.ask:{candidate.pk}:again:{due}"
    tell(person=person, kind="customer.ask", key=key, text=letter.subject, letter=letter)


# ---------------------------------------------------------------- questions to requesters


def follow_questions(now: dt.datetime) -> None:
    """Remind requesters who owe an answer, once; at last their request is taken back."""
    rows = ReferenceRequest.objects.filter(state=RequestState.NEEDS_INFO, asked_back_at__isnull=False)
    figures = policy.now()
    for request in rows.select_related("requester__person", "activity").order_by("asked_back_at", "pk")[:AT_ONCE]:
        since = request.asked_back_at or request.submitted_at
        if clock.due(since, figures.question_ends) <= now:
            services.end_question(request=request)
        elif clock.due(since, figures.question_reminder) <= now:
            _remind_requester(request, clock.due(since, figures.question_ends))


def _remind_requester(request: ReferenceRequest, ends_at: dt.datetime) -> None:
    tell(
        person=request.requester.person,
        kind="request.answer",
        key=f"request.asked_back:{request.pk}:{ends_at:%Y-%m-%d}:again",
        text=_("Still open, a question about your request: %(title)s") % {"title": request.title},
        url=request.get_absolute_url(),
        letter=letters.question(request, ends_at=ends_at),
    )


# ---------------------------------------------------------------- requests past their day


def give_up_late() -> None:
    """Note as not filled what was needed until yesterday and for which nobody has agreed, with the reason it had."""
    asked = Candidate.objects.filter(request=OuterRef("pk"), state__in=OPEN_CANDIDATES)
    late = ReferenceRequest.objects.filter(state__in=MATCHABLE, needed_by__lt=timezone.localdate())
    agreed = asked.filter(state__in=(CandidateState.ACCEPTED, CandidateState.SCHEDULED))
    for request in late.filter(~Exists(agreed)).select_related("activity").order_by("needed_by", "pk")[:AT_ONCE]:
        why = why_unfilled(request)
        services.end_late(request=request, why=why)


def why_unfilled(request: ReferenceRequest) -> UnfilledReason:
    """Return why nobody was found: what most of those who were tried said; untried, whether anybody could be asked."""
    said = [
        NO[CandidateState(state)] for state in request.candidates.filter(state__in=NO).values_list("state", flat=True)
    ]
    if said:
        return max(sorted(set(said)), key=said.count)
    if request.candidates.filter(state__in=OPEN_CANDIDATES).exists():
        return UnfilledReason.NO_ANSWER
    found = selectors.fits(request)
    if found.possible:
        return UnfilledReason.TOO_SHORT
    return UnfilledReason.NOT_FREE if found.segment else UnfilledReason.NO_MATCH
