"""Who is told what: one mail for one thing, one button in it, nothing twice."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from references.accounts.services import freeze
from references.requests import reminders, services
from references.requests.enums import CandidateState, LadderRung, Side
from references.requests.models import Candidate, ReferenceRequest
from refprogram.kernel.models import Delivery, Event
from refprogram.notices.models import Notice
from refprogram.people.enums import Role
from tests.factories.people import UserFactory
from tests.factories.requests import accepted, closed, delivered, in_review, invited, request_of

pytestmark = pytest.mark.django_db
SOON = timezone.now().replace(microsecond=0) + dt.timedelta(days=2)


def mails(mailoutbox, address):
    return [mail.subject for mail in mailoutbox if mail.to == [address] or address in mail.to[0]]


def test_the_whole_way_writes_each_person_once_a_step(drain, mailoutbox, marketer, rep):
    request = request_of(rep)
    drain()
    candidate = in_review(request, actor=marketer)
    drain()
    owner, customer = candidate.account.owner, candidate.contact.person
    candidate = invited(candidate)
    drain()
    accepted(candidate, times=(SOON,))
    drain()
    services.schedule(candidate=candidate, at=SOON, actor=rep)
    drain()
    candidate.refresh_from_db()
    services.schedule(candidate=candidate, at=SOON, actor=rep)
    drain()
    assert mails(mailoutbox, marketer.email) == [f"New request: {request.title}"]
    assert mails(mailoutbox, owner.email) == [f"May we ask {customer.name} of {candidate.account.name}?"]
    assert mails(mailoutbox, rep.email) == [
        f"{customer.name} of {candidate.account.name} said yes",
        f"Before you meet {customer.name}",
    ]
    assert [subject for subject in mails(mailoutbox, customer.email) if "taking part" not in subject] == [
        "Would you take a call with one company that thinks of buying?",
        "Agreed: Reference call",
    ]


def test_after_it_was_held_both_sides_are_asked_and_the_customer_is_thanked(drain, mailoutbox):
    candidate = closed(rating=4)
    drain()
    customer, requester = candidate.contact.person, candidate.request.requester
    assert mails(mailoutbox, customer.email)[-2:] == ["Thank you for speaking for us", "It helped: thank you"]
    assert f"How was it with {customer.name}?" in mails(mailoutbox, requester.email)
    assert "worth it: 4 of 5" in mailoutbox[-1].body or any("worth it: 4 of 5" in mail.body for mail in mailoutbox)


def test_carrying_an_event_twice_tells_nobody_twice(drain, mailoutbox):
    invited()
    drain()
    sent = len(mailoutbox)
    Delivery.objects.update(done_at=None)
    drain()
    assert len(mailoutbox) == sent


def test_every_mail_has_one_button_and_a_plain_part(drain, mailoutbox, marketer):
    closed()
    services.refuse(request=request_of(), reason="Too small", actor=marketer)
    services.ask_back(request=request_of(), question="Which one?", actor=marketer)
    other = invited()
    services.withdraw(request=other.request, actor=other.request.requester)
    drain()
    ours = [mail for mail in mailoutbox if "taking part" not in mail.subject]
    buttons = [len(re.findall(r"display:block;padding:14px", mail.alternatives[0][0])) for mail in ours]
    assert set(buttons) <= {0, 1}
    assert all("{{" not in mail.body and "{%" not in mail.body and mail.body.strip() for mail in ours)
    no_button = {mail.subject for mail, count in zip(ours, buttons, strict=True) if not count}
    assert no_button == {"It helped: thank you", "Nothing is needed from you any more"}


def test_only_invited_customers_hear_that_nothing_is_needed(drain, mailoutbox):
    request = request_of()
    asked, waiting, chosen = invited(request=request), in_review(request), invited(request=request)
    drain()
    before = len(mailoutbox)
    accepted(chosen)
    drain()
    excused = [mail.to[0] for mail in mailoutbox[before:] if mail.subject == "Nothing is needed from you any more"]
    assert len(excused) == 1
    assert asked.contact.person.email in excused[0]
    waiting.refresh_from_db()
    assert waiting.state == CandidateState.RELEASED


def test_a_freeze_lets_go_who_has_not_agreed_and_reports_dates_that_stand(drain, marketer, mailoutbox):
    waiting, agreed = invited(), accepted()
    for candidate in (waiting, agreed):
        freeze(account=candidate.account, kind="escalation", actor=marketer)
    drain()
    waiting.refresh_from_db()
    agreed.refresh_from_db()
    assert (waiting.state, agreed.state) == (CandidateState.RELEASED, CandidateState.ACCEPTED)
    assert Notice.objects.filter(person=marketer.person, text__contains="a date with them stands").count() == 1
    asked = f"{agreed.account.name} must be left alone now. Keep the date with them, or call it off?"
    told = sorted(to for mail in mailoutbox if mail.subject == asked for to in mail.to)
    whose = (agreed.request.requester, agreed.account.owner)
    assert told == sorted(f"{user.name} <{user.email}>" for user in whose)
    assert "escalation" not in str([mail.body for mail in mailoutbox if mail.subject == asked]).casefold()


def test_a_requester_who_takes_it_back_is_not_written_to(drain, mailoutbox):
    request = request_of()
    services.withdraw(request=request, actor=request.requester)
    drain()
    assert mails(mailoutbox, request.requester.email) == []


def test_what_runs_late_is_told_once(marketer, time_machine):
    request = request_of()
    candidate = in_review(request_of())
    time_machine.move_to(timezone.now() + dt.timedelta(days=6), tick=False)
    Candidate.objects.filter(pk=candidate.pk).update(owner_rung=LadderRung.PROGRAM)  # nor did their manager
    assert reminders.tell_what_runs_late() == 3
    reminders.tell_what_runs_late()
    texts = Notice.objects.filter(person=marketer.person).order_by("text").values_list("text", flat=True)
    assert list(texts) == sorted(
        [
            f"Runs late: {request.title}",
            f"Runs late: {candidate.request.title}",
            f"The owner of {candidate.account.name} has not answered yet: {candidate.request.title}",
        ]
    )


def test_the_stream_holds_no_names_and_no_words(drain):
    candidate = closed()
    services.refuse(request=request_of(), reason="Their budget is a secret", actor=UserFactory(role=Role.MARKETER))
    secrets = (candidate.contact.person.name, candidate.account.name, "secret")
    said = " ".join(str(event.payload) for event in Event.objects.all())
    assert not [word for word in secrets if word in said]
    assert ReferenceRequest.objects.count() == 2
    assert delivered().feedback.filter(side=Side.CUSTOMER).count() == 0


def test_a_time_offered_in_another_zone_is_confirmed_to_the_customer_as_well(drain, mailoutbox, rep):
    at = SOON.astimezone(dt.timezone(dt.timedelta(hours=9)))
    candidate = accepted(request=request_of(rep), times=(at,))
    services.schedule(candidate=candidate, at=at, actor=rep)
    drain()
    assert "Agreed: Reference call" in mails(mailoutbox, candidate.contact.person.email)
