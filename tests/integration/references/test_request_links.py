"""Requests by signed link: the owner’s word, the customer’s answer, how it was; no password anywhere."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from references.accounts.services import freeze
from references.requests.enums import CandidateState, RequestState, Side
from refprogram.kernel import links
from refprogram.kernel.models import SignedLink
from refprogram.people.models import Person, User
from tests.factories.people import BusinessCalendarFactory, RegionFactory, UserFactory
from tests.factories.requests import accepted, delivered, in_review, invited, owned_speaker, request_of

pytestmark = pytest.mark.django_db


def path_of(url):
    return reverse("kernel:link", args=[url.rstrip("/").rpartition("/")[2]])


def link_to(candidate, purpose="customer_ask"):
    person = candidate.approver.person if purpose == "owner_approval" else candidate.contact.person
    return path_of(links.issue(purpose=purpose, subject=candidate, person_id=person.pk))


def test_the_owner_decides_by_mail_link(anonymous):
    candidate = in_review()
    path = link_to(candidate, "owner_approval")
    assert candidate.contact.person.name in anonymous.get(path).text
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.OWNER_REVIEW
    anonymous.post(path, {"answer": "yes"})
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.INVITED
    assert "they are asked" in anonymous.get(path).text


@pytest.mark.usefixtures("cast")
def test_the_owner_reads_one_deadline_by_their_own_clock(anonymous, drain, mailoutbox, time_machine):
    time_machine.move_to("2026-11-23 09:00Z", tick=False)  # four in the morning in New York
    owner = UserFactory()
    Person.objects.filter(pk=owner.person_id).update(time_zone="America/New_York")
    candidate = in_review(contact=owned_speaker(User.objects.get(pk=owner.pk)))
    drain()
    (mail,) = (mail for mail in mailoutbox if "May we ask" in mail.subject)
    page = anonymous.get(link_to(candidate, "owner_approval")).text
    words = "23 November 2026, 17:00 EST"  # eight hours of their working day, which begins at nine
    assert (words in mail.body, words in page) == (True, True)


def test_the_owners_no_needs_a_reason(anonymous):
    candidate = in_review()
    path = link_to(candidate, "owner_approval")
    assert anonymous.post(path, {"answer": "no"}).status_code == 422
    anonymous.post(path, {"answer": "no", "reason_code": "bad_time"})
    candidate.refresh_from_db()
    assert (candidate.state, candidate.reason_code) == (CandidateState.OWNER_DECLINED, "bad_time")


def test_the_customer_says_yes_with_times_of_their_own_zone(anonymous):
    candidate = invited()
    day = (timezone.localdate() + dt.timedelta(days=4)).isoformat()
    sent = {"answer": "yes", "slot": [f"{day}T10:00"], "other": f"{day}T16:30", "zone": "Asia/Tokyo"}
    response = anonymous.post(link_to(candidate), sent)
    candidate.refresh_from_db()
    candidate.contact.person.refresh_from_db()
    assert (response.status_code, candidate.state) == (302, CandidateState.ACCEPTED)
    assert candidate.offered_times == [f"{day}T10:00:00+09:00", f"{day}T16:30:00+09:00"]
    assert candidate.contact.person.time_zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    "sent",
    [
        {"answer": "yes", "slot": ["nonsense"]},
        {"answer": "yes", "other": "2020-01-01T10:00"},
        {"answer": "yes", "other": "2026-99-99T99:99"},
        {"answer": "perhaps"},
        {},
    ],
)
def test_an_answer_that_cannot_be_read_changes_nothing(anonymous, sent):
    candidate = invited()
    assert anonymous.post(link_to(candidate), sent).status_code == 422
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.INVITED


def test_opening_the_link_never_answers(anonymous):
    candidate = invited()
    for query in ("", "?answer=no", "?answer=pause", "?calendar"):
        assert anonymous.get(link_to(candidate) + query).status_code == 200
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.INVITED


def test_not_this_time_and_please_pause(anonymous):
    candidate = invited()
    anonymous.post(link_to(candidate), {"answer": "pause"})
    candidate.refresh_from_db()
    candidate.contact.refresh_from_db()
    assert candidate.state == CandidateState.DECLINED
    assert candidate.contact.paused_until == timezone.localdate() + dt.timedelta(days=91)


def test_please_pause_after_a_yes_keeps_what_is_agreed_and_pauses_the_rest(anonymous):
    candidate = accepted()
    shown = anonymous.get(link_to(candidate) + "?answer=pause").text
    assert "What is agreed here stays." in shown
    assert '<details class="mt-2" open>' in shown  # the mail's link leads to the very answer
    anonymous.post(link_to(candidate), {"answer": "rest"})
    candidate.refresh_from_db()
    candidate.contact.refresh_from_db()
    assert candidate.state == CandidateState.ACCEPTED
    assert candidate.contact.paused_until == timezone.localdate() + dt.timedelta(days=91)
    assert "You asked for a pause." in anonymous.get(link_to(candidate)).text


def test_an_old_tab_hears_that_it_was_settled_and_how_it_stands(anonymous):
    candidate = invited()
    anonymous.post(link_to(candidate), {"answer": "no"})
    late = anonymous.post(link_to(candidate), {"answer": "yes"})
    assert late.status_code == 422
    assert "This was settled meanwhile" in late.text
    assert "Not this time, then." in late.text


@pytest.mark.parametrize(
    ("own", "city", "zone"),
    [
        ("Asia/Tokyo", "Toronto", "Asia/Tokyo"),  # what they said themselves
        ("", "São Paulo", "America/Sao_Paulo"),  # a city that gave its zone the name
        ("", "Delft", "Europe/Amsterdam"),  # any other: the calendar of the account's region
        ("Nowhere/Else", "", "Europe/Amsterdam"),
    ],
)
def test_the_zone_begins_with_what_is_known_of_the_customer(anonymous, own, city, zone):
    region = RegionFactory(calendar=BusinessCalendarFactory(time_zone="Europe/Amsterdam"))
    contact = owned_speaker(city=city, region=region)
    Person.objects.filter(pk=contact.person_id).update(time_zone=own)
    shown = anonymous.get(link_to(invited(contact=contact))).text
    assert f'<option value="{zone}" selected>' in shown


def test_who_agreed_may_still_cancel(anonymous):
    candidate = accepted()
    anonymous.post(link_to(candidate), {"answer": "no"})
    candidate.refresh_from_db()
    candidate.request.refresh_from_db()
    assert (candidate.state, candidate.request.state) == (CandidateState.RELEASED, RequestState.MATCHING)


def test_a_yes_after_a_freeze_is_answered_kindly(anonymous, marketer):
    candidate = invited()
    freeze(account=candidate.account, kind="legal", actor=marketer)
    response = anonymous.post(link_to(candidate), {"answer": "yes"})
    assert (response.status_code, "bad moment" in response.text) == (409, True)


def test_an_altered_an_expired_and_a_foreign_link(anonymous):
    candidate = invited()
    path = link_to(candidate)
    altered = f"{path[:5]}{'y' if path[5] == 'x' else 'x'}{path[6:]}"  # one letter of the token, not of the address
    assert anonymous.get(altered).status_code == 410
    SignedLink.objects.update(expires_at=timezone.now() - dt.timedelta(days=1))
    assert anonymous.post(path, {"answer": "yes"}).status_code == 410
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.INVITED


def test_the_customer_says_how_it_was(anonymous):
    candidate = delivered()
    path = link_to(candidate, "feedback")
    assert anonymous.post(path, {"rating": "9"}).status_code == 422
    anonymous.post(path, {"rating": "4", "again": "yes", "minutes": "35"})
    anonymous.post(path, {"rating": "1"})
    feedback = candidate.feedback.get(side=Side.CUSTOMER)
    assert (feedback.rating, feedback.again, feedback.minutes) == (4, True, 35)
    assert "Your answer has arrived" in anonymous.get(path).text


def test_a_customer_is_offered_only_times_before_it_is_needed(anonymous, time_machine):
    time_machine.move_to("2026-11-06T12:00Z", tick=False)  # a Friday
    candidate = invited(request=request_of(needed_by=dt.date(2026, 11, 10)))
    path = link_to(candidate)
    assert [f"{slot:%d}" for slot in anonymous.get(path).context["slots"]] == ["10", "10"]
    late = anonymous.post(path, {"answer": "yes", "other": "2026-11-11T10:00", "zone": "Europe/Berlin"})
    assert (late.status_code, "It is needed by 10 November" in late.text) == (422, True)
    anonymous.post(path, {"answer": "yes", "other": "2026-11-10T23:30", "zone": "Europe/Berlin"})
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.ACCEPTED


def test_when_no_time_is_left_the_customer_reads_so_and_may_still_say_yes(anonymous, time_machine):
    time_machine.move_to("2026-11-06T12:00Z", tick=False)
    candidate = invited(request=request_of(needed_by=dt.date(2026, 11, 8)))
    path = link_to(candidate)
    assert "no usual times to offer" in anonymous.get(path).text  # a weekend lies between
    time_machine.move_to("2026-11-12T12:00Z", tick=False)
    page = anonymous.get(path)
    assert ("there is no time left" in page.text, 'name="other"' in page.text) == (True, False)
    anonymous.post(path, {"answer": "yes"})
    candidate.refresh_from_db()
    assert (candidate.state, candidate.offered_times) == (CandidateState.ACCEPTED, [])
