"""A customer's own page: opening changes nothing, each verb is theirs alone, a withdrawn address acts no more."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from references.accounts import services as accounts
from references.accounts.enums import Membership
from references.accounts.models import Consent, Contact
from references.consents.enums import Channel, Scope, UseAudience
from references.content import services as content
from references.content.enums import PlacementState
from references.content.models import Asset
from references.customer_page import addresses, services
from refprogram.governance.consequences.models import Task
from refprogram.kernel.errors import LinkRefused
from refprogram.kernel.models import Event, SignedLink
from refprogram.people.models import User
from tests.factories import surveys
from tests.factories.content import agreed, approved
from tests.factories.profiles import participation_of, program_of
from tests.factories.references import AccountFactory, ContactFactory, speaker
from tests.factories.requests import in_review, invited, request_of

pytestmark = pytest.mark.django_db


def token_of(contact: Contact) -> str:
    return addresses.address_of(contact).split("/s/")[1].strip("/")


def page(contact: Contact) -> str:
    return reverse("kernel:link", args=[token_of(contact)])


def test_the_address_is_the_same_until_it_is_withdrawn(marketer) -> None:
    contact = speaker()
    first = addresses.address_of(contact)
    assert addresses.address_of(contact) == first
    assert SignedLink.objects.filter(purpose="my_page").count() == 1
    token = token_of(contact)
    assert services.withdraw_address(contact=contact, actor=marketer) == 1
    with pytest.raises(LinkRefused, match="withdrawn"):
        services.resume(token=token)
    assert addresses.address_of(contact) != first


def test_only_who_agreed_to_something_has_a_page() -> None:
    assert addresses.address_for(ContactFactory().person) == ""
    assert addresses.address_for(speaker().person) != ""


def test_opening_changes_nothing(client) -> None:
    contact = speaker()
    url = page(contact)
    before = Event.objects.count()
    answer = client.get(url + "?act=end_all&done=pause")
    assert answer.status_code == 200
    assert Event.objects.count() == before
    assert SignedLink.objects.get(purpose="my_page").used_at is None
    assert "I agree." in answer.content.decode()


def test_pause_and_back(client) -> None:
    contact = speaker()
    until = timezone.localdate() + dt.timedelta(days=30)
    assert client.post(page(contact), {"act": "pause", "until": until.isoformat()}).status_code == 302
    contact.refresh_from_db()
    assert contact.paused_until == until
    assert "asked for a pause" in client.get(page(contact)).content.decode()
    client.post(page(contact), {"act": "resume"})
    contact.refresh_from_db()
    assert contact.paused_until is None


def test_own_numbers_win_and_count_only_what_was_agreed(client) -> None:
    contact = speaker()
    assert client.post(page(contact), {"act": "caps", "cap": "1", "cap-call": "0", "cap-video": "3"}).status_code == 302
    contact.refresh_from_db()
    assert (contact.cap_per_quarter, contact.caps) == (1, {"call": 0})
    answer = client.post(page(contact), {"act": "caps", "cap": "0", "cap-call": "7"})
    assert answer.status_code == 422
    assert "From 1 on." in answer.text
    assert 'name="cap-call" inputmode="numeric" pattern="[0-9]*" maxlength="2" value="7"' in answer.text  # kept


def test_our_number_is_said_beside_their_own(client) -> None:
    contact = speaker()
    client.post(page(contact), {"act": "caps", "cap": "9"})
    assert "at present 2." in client.get(page(contact)).text  # policy; theirs stands in the field


@pytest.mark.parametrize("data", [
    {"act": "pause", "until": "tomorrow"}, {"act": "pause", "until": "2026-02-31"},
    {"act": "pause", "until": "1999-01-01"}, {"act": "pause", "until": "9999-01-01"}, {"act": "caps", "cap": "many"},
    {"act": "nonsense"},
    {"act": "language", "language": "tlh"}, {"act": "open", "kind": "ask", "key": "nobody"},
    {"act": "open", "kind": "elsewhere", "key": ""}, {"act": "caps", "cap": "²"},
])  # fmt: skip
def test_nonsense_is_said_and_changes_nothing(client, data) -> None:
    contact = speaker()
    assert client.post(page(contact), data).status_code == 422
    contact.refresh_from_db()
    assert (contact.paused_until, contact.cap_per_quarter) == (None, None)


def test_one_agreement_taken_back_ends_it(client) -> None:
    contact = speaker()
    consent = Consent.objects.get(contact=contact)
    client.post(page(contact), {"act": "end_consent", "key": consent.public_id})
    contact.refresh_from_db()
    assert contact.state == Membership.RETIRED
    assert Event.objects.get(topic="consent.revoked").actor_id == contact.person_id


def test_nobody_ends_what_is_anothers(client) -> None:
    contact, other = speaker(), speaker()
    client.post(page(contact), {"act": "end_consent", "key": Consent.objects.get(contact=other).public_id})
    assert Consent.objects.get(contact=other).revoked_at is None


def test_everything_ends(client) -> None:
    contact = speaker()
    accounts.record_consent(contact=contact, activities=["quote"], wording="And this.", actor=None)
    client.post(page(contact), {"act": "end_all"})
    assert not Consent.objects.filter(contact=contact, revoked_at=None).exists()
    assert client.get(page(contact)).status_code == 200


def test_a_stand_in_is_somebody_else_of_their_house(client) -> None:
    contact = speaker()
    client.post(page(contact), {"act": "stand_in", "name": "Ines Berg", "email": "ines@kestrel.example"})
    contact.refresh_from_db()
    assert contact.stand_in.person.name == "Ines Berg"
    assert contact.stand_in.account_id == contact.account_id
    answer = client.post(page(contact), {"act": "stand_in", "name": contact.person.name, "email": contact.person.email})
    assert answer.status_code == 422


def test_what_may_be_shown_in_the_same_places_stands_together(client) -> None:
    contact = speaker()
    agreed(contact, Scope.LOGO, Scope.QUOTE)
    agreed(contact, Scope.PHOTO, channel=Channel.WEBSITE)
    answer = client.get(page(contact)).text
    assert answer.count("<b>What may be shown of you</b>") == 2
    assert answer.count("Yes, no longer show this") == 3


def test_a_stand_in_needs_an_address_that_is_one_and_a_slip_in_it_is_corrected(client) -> None:
    contact = speaker()
    for email in ("", "ines.kestrel"):
        answer = client.post(page(contact), {"act": "stand_in", "name": "Ines Berg", "email": email})
        assert answer.status_code == 422
        assert 'value="Ines Berg"' in answer.text
    for email in ("inse@kestrel.example", "ines@kestrel.example"):
        client.post(page(contact), {"act": "stand_in", "name": "Ines Berg", "email": email})
    contact.refresh_from_db()
    assert contact.stand_in.person.email == "ines@kestrel.example"
    assert Contact.objects.filter(account=contact.account).count() == 2  # they and one stand-in


def test_the_program_is_asked_to_invite_a_stand_in_once_and_nobody_for_who_takes_part(client, marketer, drain) -> None:
    contact = speaker()
    for _again in range(2):
        client.post(page(contact), {"act": "stand_in", "name": "Ines Berg", "email": "ines@kestrel.example"})
    drain()
    contact.refresh_from_db()
    tasks = Task.objects.filter(assignee=marketer, title__contains="Ines Berg")
    assert [task.url for task in tasks] == [contact.stand_in.get_absolute_url()]
    colleague = speaker(ContactFactory(account=contact.account))
    client.post(page(contact), {"act": "stand_in", "name": colleague.person.name, "email": colleague.person.email})
    answer = client.post(page(contact), {"act": "stand_in", "name": "", "email": ""}, follow=True)
    drain()
    assert Task.objects.count() == 1
    assert "Nobody stands in for you." in answer.text


def test_what_is_still_to_be_taken_down_is_shown_with_its_day(client, marketer) -> None:
    contact = speaker()
    asset = with_story_on_our_site(contact, marketer)
    quote = contact.consent_terms.get(scope=Scope.STORY)
    client.post(page(contact), {"act": "end_term", "key": quote.public_id})
    assert asset.placements.get().state == PlacementState.TAKEDOWN
    assert "is taken down by" in client.get(page(contact)).text


def with_story_on_our_site(contact: Contact, by: User) -> Asset:
    asset = approved(by, contact)
    content.place(
        asset=asset, channel=Channel.WEBSITE, audience=UseAudience.PUBLIC, territory="", place="our.example/1", by=by
    )
    return asset


def test_what_waits_is_opened_by_a_link_of_its_own(client) -> None:
    candidate = invited()
    contact = candidate.contact
    shown = client.get(page(contact)).content.decode()
    assert "Say yes, no, or when" in shown
    answer = client.post(page(contact), {"act": "open", "kind": "ask", "key": candidate.public_id})
    assert answer.status_code == 302
    asked = client.get("/s/" + answer["Location"].split("/s/")[1])
    assert asked.status_code == 200
    client.post("/s/" + answer["Location"].split("/s/")[1], {"answer": "yes"})
    assert "Agreed with you" in client.get(page(contact)).content.decode()


def test_each_mail_to_a_customer_names_their_page(rep, marketer, drain, mailoutbox) -> None:
    contact = speaker(owner=rep)
    services.send_address(contact=contact, actor=marketer)
    drain()
    mail = mailoutbox[-1]
    assert mail.to == [f"{contact.person.name} <{contact.person.email}>"]
    assert addresses.address_of(contact) in mail.body


# ---------------------------------------------------------------- who speaks for two customers has one page


@pytest.fixture
def both():
    """One person who is a contact of two customers: the page is that of the newer one."""
    older = speaker(name="Kestrel Freight")
    newer = speaker(ContactFactory(account=AccountFactory(name="Alder Bank"), person=older.person))
    return older, newer


def test_the_page_shows_what_is_open_at_each_of_them(client, both) -> None:
    older, newer = both
    here = invited(in_review(request_of(purpose="The older one"), older))
    there = invited(in_review(request_of(purpose="The newer one"), newer))
    agreed(older, "quote")
    shown = client.get(page(newer)).text
    for words in ("For The older one", "For The newer one", "You would speak for Kestrel Freight",
                  "You would speak for Alder Bank", "Quote"):  # fmt: skip
        assert words in shown, words
    assert addresses.address_for(newer.person) == addresses.address_of(newer)
    for candidate in (here, there):
        answer = client.post(page(newer), {"act": "open", "kind": "ask", "key": candidate.public_id})
        assert client.get("/s/" + answer["Location"].split("/s/")[1]).status_code == 200


def test_pause_numbers_and_the_end_hold_for_all_of_them(client, both) -> None:
    older, newer = both
    until = timezone.localdate() + dt.timedelta(days=30)
    client.post(page(newer), {"act": "pause", "until": until.isoformat()})
    client.post(page(newer), {"act": "caps", "cap": "1", "cap-call": "0"})
    for contact in both:
        contact.refresh_from_db()
        assert (contact.paused_until, contact.cap_per_quarter, contact.caps) == (until, 1, {"call": 0})
    consent = Consent.objects.get(contact=older)
    client.post(page(newer), {"act": "end_consent", "key": consent.public_id})
    assert Consent.objects.filter(revoked_at=None).count() == 1
    client.post(page(newer), {"act": "end_all"})
    assert not Consent.objects.filter(revoked_at=None).exists()


def test_who_left_a_company_sees_nothing_of_it(client, both, marketer) -> None:
    older, newer = both
    accounts.contact_left(contact=older, actor=marketer)
    assert "Kestrel" not in client.get(page(newer)).text


def test_one_statement_more_for_none_of_their_companies(client, both) -> None:
    older, newer = both
    client.get(page(newer))
    for number in range(3):
        speaker(ContactFactory(account=AccountFactory(name=f"Further {number}"), person=older.person))
    with CaptureQueriesContext(connection) as few:
        client.get(page(speaker()))
    with CaptureQueriesContext(connection) as many:
        client.get(page(newer))
    assert len(many) <= len(few) + 1


# ---------------------------------------------------------------- surveys and other programs


def test_surveys_are_answered_from_here_and_listed(client, marketer) -> None:
    contact = speaker()
    invitation = surveys.invited(marketer, contact)
    shown = client.get(page(contact)).text
    assert shown.count("How likely are you to recommend") == 2  # to be answered, and in the list
    assert "no answer" in shown
    answer = client.post(page(contact), {"act": "open", "kind": "survey", "key": invitation.public_id})
    assert client.get("/s/" + answer["Location"].split("/s/")[1]).status_code == 200
    surveys.answer(invitation, {"score": "9"})
    shown = client.get(page(contact)).text
    assert "you answered: 9 of 10" in shown
    assert shown.count("How likely are you to recommend") == 1
    assert client.post(page(contact), {"act": "open", "kind": "survey", "key": invitation.public_id}).status_code == 422


def test_other_programs_are_shown_with_what_was_agreed_there(client) -> None:
    contact = speaker()
    program = program_of(name="Advisory council", terms="Two meetings a year.", cap_per_quarter=2)
    participation_of(contact, program, invited=False)
    shown = client.get(page(contact)).text
    for words in ("Advisory council", "Two meetings a year.", "At most 2 questions in three months"):
        assert words in shown, words
