"""What time alone brings about: silent customers, questions without an answer, requests past their day.

Each row is its own transaction and is looked at again under its lock, so doing it twice changes nothing.
"""

import datetime as dt
from typing import Final

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from references.requests import clock, letters, letters_around, policy, reminders, selectors, services
from references.requests.enums import MATCHABLE, OPEN_CANDIDATES, CandidateState, RequestState, UnfilledReason
from references.requests.models import Candidate, ReferenceRequest
from refprogram.kernel import links
from refprogram.notices.services import tell

AT_ONCE: Final = 500
MOST_REMINDERS: Final = 2
NO: Final = {
    CandidateState.OWNER_DECLINED: UnfilledReason.OWNERS_NO,
    CandidateState.NOT_APPROVED: UnfilledReason.OWNERS_NO,
    CandidateState.DECLINED: UnfilledReason.CUSTOMERS_NO,
    CandidateState.NO_REPLY: UnfilledReason.NO_ANSWER,
}


def follow_up() -> None:
    """Do what is due now."""
    now = timezone.now()
    follow_owners(now)
    follow_customers(now)
    follow_questions(now)
    follow_agreed(now)
    give_up_late()


# ---------------------------------------------------------------- owners who do not answer


def follow_owners(now: dt.datetime) -> None:
    """Remind silent owners, then ask their managers, then the program."""
    waiting = Candidate.objects.filter(state=CandidateState.OWNER_REVIEW, owner_due_at__lte=now)
    for candidate in waiting.select_related("request").order_by("owner_due_at", "pk")[:AT_ONCE]:
        services.note_owners_silence(candidate=candidate)


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


# ---------------------------------------------------------------- agreed, and nobody says what became of it


def follow_agreed(now: dt.datetime) -> None:
    """Ask whether an agreed conversation took place; unanswered, it counts as held, or as not held without a time."""
    rows = Candidate.objects.filter(request__state=RequestState.CONFIRMED).select_related(
        "request__requester__person", "request__activity", "contact__person", "account"
    )
    past = rows.filter(state=CandidateState.SCHEDULED, scheduled_at__lte=now).order_by("scheduled_at", "pk")
    for candidate in past[:AT_ONCE]:
        _ask_if_held(candidate, candidate.scheduled_at or now, now)
    untimed = rows.filter(state=CandidateState.ACCEPTED, request__needed_by__lt=timezone.localdate(now))
    for candidate in untimed.order_by("request__needed_by", "pk")[:AT_ONCE]:
        _ask_if_held(candidate, _end_of(candidate.request.needed_by), now)


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))


def _ask_if_held(candidate: Candidate, since: dt.datetime, now: dt.datetime) -> None:
    figures = policy.now()
    if clock.due(since, figures.held_by_itself) <= now:
        if candidate.state == CandidateState.SCHEDULED:
            services.count_as_held(candidate=candidate)
        else:
            services.end_unheld(request=candidate.request)
    elif clock.due(since, figures.ask_if_held) <= now:
        request = candidate.request
        tell(
            person=request.requester.person,
            kind="request.answer",
            key=f"candidate.held?:{candidate.pk}:{since:%Y-%m-%d}",
            text=_("Did it take place? %(title)s, with %(contact)s")
            % {"title": request.title, "contact": candidate.contact.person.name},
            url=request.get_absolute_url(),
            letter=letters_around.was_it_held(candidate, decided_at=clock.due(since, figures.held_by_itself)),
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
