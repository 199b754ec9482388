"""Nobody said how it was: each silent side is reminded, and in the end the request is closed without their word."""

import datetime as dt

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from references.requests import clock, letters, policy, services
from references.requests.enums import CandidateState, RequestState, Side
from references.requests.models import Candidate
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.notices import selectors as notices
from refprogram.notices.services import tell


def follow_up() -> None:
    """Remind and close what is due now. Each request is its own transaction, and doing it twice changes nothing."""
    now = timezone.now()
    for candidate in waiting():
        if closes_at(candidate) <= now:
            services.close_unanswered(candidate=candidate)
        else:
            _remind(candidate, now)


def waiting() -> QuerySet[Candidate]:
    """Return those who spoke for us and of whom one side at least has not said how it was; `asked_at`: since when."""
    asked = Event.objects.filter(subject_type="candidate", subject_id=OuterRef("pk"), topic="reference.delivered")
    rows = Candidate.objects.filter(state=CandidateState.COMPLETED, request__state=RequestState.DELIVERED)
    return (
        rows.annotate(asked_at=Subquery(asked.values("at")[:1]))
        .select_related("request__requester__person", "request__activity", "account", "contact__person")
        .order_by("pk")
    )


def closes_at(candidate: Candidate) -> dt.datetime:
    """Return when a request is closed without feedback."""
    return clock.due(_asked_at(candidate), policy.now().close_without_feedback)


def _asked_at(candidate: Candidate) -> dt.datetime:
    return getattr(candidate, "asked_at", None) or candidate.updated_at


def _remind(candidate: Candidate, now: dt.datetime) -> None:
    reminders = enumerate(policy.now().remind_of_feedback, 1)
    due = [n for n, days in reminders if clock.due(_asked_at(candidate), days) <= now]
    if not due:
        return
    key = f"feedback.reminder:{candidate.pk}:{due[-1]}"
    for side in services.silent_sides(candidate):
        _remind_customer(candidate, key) if side == Side.CUSTOMER else _remind_requester(candidate, key)


def _remind_customer(candidate: Candidate, key: str) -> None:
    person = candidate.contact.person
    if notices.was_told(person, key):
        return  # no second link for a mail that is not sent
    link = links.issue(purpose="feedback", subject=candidate, person_id=person.pk)
    letter = letters.feedback_customer(candidate, link, again=True)
    tell(person=person, kind="customer.thanks", key=key, text=letter.subject, letter=letter)


def _remind_requester(candidate: Candidate, key: str) -> None:
    letter = letters.feedback_requester(candidate, closes_at=closes_at(candidate))
    tell(
        person=candidate.request.requester.person,
        kind="reference.feedback",
        key=key,
        text=letter.subject,
        url=f"{candidate.request.get_absolute_url()}#feedback",
        letter=letter,
    )
