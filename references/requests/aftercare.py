"""What follows around a conversation: briefs before it, thanks and a second look after it. Twice does nothing more."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from references.accounts.selectors import answers_for
from references.requests import clock, letters, letters_around, policy, selectors
from references.requests.enums import Side
from references.requests.models import Candidate, Feedback
from refprogram.governance.consequences.services import give_task
from refprogram.kernel import links
from refprogram.kernel.models import Event
from refprogram.notices.services import tell
from refprogram.people.models import User


def _candidate(event: Event) -> Candidate:
    return selectors.for_link().get(pk=event.subject_id)


def send_brief(event: Event) -> None:
    """A time is agreed: whoever asked gets the page with what they should know; a time changed since is not told."""
    candidate = _candidate(event)
    at = event.payload["at"]
    if candidate.scheduled_at != dt.datetime.fromisoformat(at) or not candidate.agreed:
        return
    letter = letters_around.brief(candidate, brief_page(candidate))
    tell(
        person=candidate.request.requester.person,
        kind="request.answer",
        key=f"candidate.brief:{candidate.pk}:{at}",
        text=letter.subject,
        url=brief_page(candidate),
        letter=letter,
    )


def brief_page(candidate: Candidate) -> str:
    """Return the address of the brief, within the program."""
    return reverse("references:candidate-brief", args=[candidate.public_id])


def tell_of_new_times(event: Event) -> None:
    """The agreed time does not suit one side: the other one is asked for, or told of, others."""
    candidate = _candidate(event)
    if candidate.scheduled_at is not None or not candidate.agreed:
        return  # settled again meanwhile
    request, person = candidate.request, candidate.contact.person
    key = f"candidate.unsettled:{event.pk}"
    if event.payload["by"] == Side.CUSTOMER:
        text = _("%(contact)s cannot make the agreed time, and offers others") % {"contact": person.name}
        who = request.requester.person
        letter = letters.accepted(candidate)
        tell(person=who, kind="request.answer", key=key, text=text, url=request.get_absolute_url(), letter=letter)
        return
    link = links.issue(purpose="customer_ask", subject=candidate, person_id=person.pk)
    letter = letters_around.another_time(candidate, link)
    tell(person=person, kind="customer.date", key=key, text=letter.subject, letter=letter)


# ---------------------------------------------------------------- after it was held


def ask_for_thanks(event: Event) -> None:
    """A customer spoke for us: whoever answers for them gets a draft of a personal word of thanks, due in a day."""
    candidate = _candidate(event)
    assignee = answers_for(candidate.account)
    if assignee is None or candidate.thanked_at is not None:
        return
    words = {"contact": candidate.contact.person.name, "account": candidate.account.name}
    give_task(
        assignee=assignee,
        title=_("Thank %(contact)s of %(account)s") % words,
        detail=_("They spoke for us. A draft is written; change it as you like, and send it."),
        due_on=clock.working_days_after(timezone.localdate(), policy.now().thank_within),
        label=candidate.request.title,
        url=reverse("references:candidate-thanks", args=[candidate.public_id]),
    )


def look_into_bad_grade(event: Event) -> None:
    """One side gave a bad grade: whoever answers for the account finds out why before anybody asks again."""
    grade, figures = event.payload["rating"], policy.now()
    if grade > figures.bad_grade:
        return
    candidate = _candidate(event)
    assignee = answers_for(candidate.account)
    if assignee is None:
        return
    said = Feedback.objects.get(candidate=candidate, side=event.payload["side"])
    words = {"side": said.get_side_display(), "rating": grade, "title": candidate.request.title}
    detail = _("%(side)s gave %(rating)d of 5 for: %(title)s.") % words
    if said.expected is not None:
        detail += " " + _("They had hoped for %(expected)d.") % {"expected": said.expected}
    give_task(
        assignee=assignee,
        title=_("Find out what went wrong at %(account)s") % {"account": candidate.account.name},
        detail=detail + (f"\n“{said.comment}”" if said.comment else ""),
        due_on=clock.working_days_after(timezone.localdate(), figures.look_within),
        label=candidate.account.name,
        url=candidate.account.get_absolute_url(),
    )


def send_thanks(event: Event) -> None:
    """The owner has written their thanks: the customer gets them."""
    candidate = _candidate(event)
    sender = User.objects.select_related("person").filter(person=event.actor_id or 0).first()
    letter = letters_around.personal_thanks(candidate, sender.name if sender else "")
    person, key = candidate.contact.person, f"candidate.thanked:{candidate.pk}"
    tell(person=person, kind="customer.thanks", key=key, text=letter.subject, letter=letter)
