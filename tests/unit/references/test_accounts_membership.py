"""Becoming a reference and leaving again: by the customer's own word, kept as it was given."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from references.accounts import proofs, services, wording
from references.accounts.enums import AskState, Membership
from references.accounts.errors import AskRefused
from references.accounts.models import Ask, Consent, Contact
from references.accounts.services.nightly import nightly_round
from refprogram.kernel.errors import DomainError, InvalidInput, LinkRefused
from refprogram.kernel.links import issue
from refprogram.kernel.models import Event
from tests.factories.references import ContactFactory, activity, speaker

pytestmark = pytest.mark.django_db


def invited(contact: Contact | None = None) -> tuple[Contact, str]:
    contact = contact or ContactFactory()
    ask = services.invite_to_program(
        account=contact.account, contact=contact, activities=["call"], source=contact, actor=None
    )
    url = issue(purpose="invitation", subject=ask, person_id=contact.person_id)
    return contact, url.split("/s/")[1].strip("/")


def standing(contact: Contact) -> tuple[str, str]:
    contact.refresh_from_db()
    contact.account.refresh_from_db()
    return contact.state, contact.account.state


def test_invited_means_recruiting() -> None:
    contact, _token = invited()
    assert standing(contact) == (Membership.RECRUITING, Membership.RECRUITING)
    event = Event.objects.get(topic="membership.invited")
    assert event.payload == {
        "contact": contact.pk, "source_type": "contact", "source_id": contact.pk, "activities": ["call"],
    }  # fmt: skip


def test_nobody_is_invited_twice() -> None:
    contact, _token = invited()
    with pytest.raises(AskRefused, match="was invited already"):
        invited(contact)


def test_without_an_address_nobody_is_invited() -> None:
    contact = ContactFactory(person__email="")
    with pytest.raises(AskRefused, match="no e-mail address"):
        invited(contact)


def test_yes_makes_a_reference_and_keeps_the_words() -> None:
    contact, token = invited()
    services.accept_invitation(token=token, activities=["quote", "call"])
    assert standing(contact) == (Membership.ACTIVE, Membership.ACTIVE)
    assert contact.willing == ["call", "quote"]
    consent = Consent.objects.get(contact=contact)
    assert consent.wording == wording.agreement([activity("call"), activity("quote")])
    assert consent.source == "signed link"
    assert Ask.objects.get(contact=contact).state == AskState.SPENT
    assert Event.objects.get(topic="membership.activated").actor_id == contact.person_id


def test_consent_holds_two_years_also_from_a_leap_day() -> None:
    with time_machine.travel(dt.datetime(2028, 2, 29, 12, tzinfo=dt.UTC)):
        contact = speaker()
        assert Consent.objects.get(contact=contact).expires_on == dt.date(2030, 2, 28)


def test_yes_needs_a_tick() -> None:
    contact, token = invited()
    with pytest.raises(InvalidInput, match="Tick at least one"):
        services.accept_invitation(token=token, activities=[])
    assert standing(contact) == (Membership.RECRUITING, Membership.RECRUITING)


def test_the_link_answers_once() -> None:
    _contact, token = invited()
    services.accept_invitation(token=token, activities=["call"])
    with pytest.raises(LinkRefused):
        services.decline_invitation(token=token)


def test_not_now_and_no_are_different_answers() -> None:
    contact, token = invited()
    services.decline_invitation(token=token, reason="Ask in spring", not_now=True)
    assert standing(contact) == (Membership.NOT_NOW, Membership.NOT_NOW)
    assert Ask.objects.get(contact=contact).note == "Ask in spring"
    contact, token = invited()
    services.decline_invitation(token=token)
    assert standing(contact) == (Membership.DECLINED, Membership.DECLINED)
    event = Event.objects.filter(topic="membership.declined").latest("pk")
    assert event.payload["answer"] == Membership.DECLINED


def test_one_no_does_not_take_the_account_along() -> None:
    contact = speaker()
    other = ContactFactory(account=contact.account)
    _other, token = invited(other)
    services.decline_invitation(token=token)
    assert standing(other) == (Membership.DECLINED, Membership.ACTIVE)


def test_withdrawn_invitation_cannot_be_answered() -> None:
    contact, token = invited()
    services.withdraw_invitation(contact=contact, actor=None)
    assert standing(contact) == (Membership.NOT_NOW, Membership.NOT_NOW)
    with pytest.raises(LinkRefused):
        services.accept_invitation(token=token, activities=["call"])
    with pytest.raises(DomainError, match="no open invitation"):
        services.withdraw_invitation(contact=contact, actor=None)


def test_a_recorded_consent_answers_the_open_invitation() -> None:
    contact, token = invited()
    speaker(contact)
    assert standing(contact) == (Membership.ACTIVE, Membership.ACTIVE)
    assert Ask.objects.get(contact=contact).state == AskState.SPENT
    with pytest.raises(LinkRefused):
        services.accept_invitation(token=token, activities=["call"])


def test_taken_back_consent_retires_contact_and_account() -> None:
    contact = speaker()
    services.revoke_consent(consent=contact.consents.get(), actor=None)
    assert standing(contact) == (Membership.RETIRED, Membership.RETIRED)
    assert [proof.rows for proof in proofs.proofs()] == [[], [], []]


def test_consents_lapse_by_night() -> None:
    contact = speaker()
    with time_machine.travel(timezone.now() + dt.timedelta(days=740)):
        assert nightly_round().lapsed == 1
        assert nightly_round().lapsed == 0
    assert standing(contact) == (Membership.RETIRED, Membership.RETIRED)


def test_leaving_the_company_ends_it() -> None:
    contact = speaker()
    services.contact_left(contact=contact, actor=None)
    assert standing(contact) == (Membership.RETIRED, Membership.RETIRED)


def test_owners_are_asked_when_their_word_is_old() -> None:
    contact = speaker(tier="gold")
    with time_machine.travel(timezone.now() + dt.timedelta(days=89)):
        assert nightly_round().checks == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=91)):
        assert nightly_round().checks == 1
        assert standing(contact)[1] == Membership.REVIEW_DUE
        services.confirm_still_true(account=contact.account, actor=None)
        assert standing(contact)[1] == Membership.ACTIVE
        assert nightly_round().checks == 0


def test_freezes_end_by_their_day_and_the_owner_is_asked() -> None:
    contact = speaker()
    today = timezone.localdate()
    services.freeze(account=contact.account, kind="escalation", ends_on=today, actor=None)
    assert nightly_round().thawed == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert nightly_round().thawed == 1
    contact.account.refresh_from_db()
    assert not contact.account.frozen
    assert contact.account.state == Membership.REVIEW_DUE


def test_one_freeze_of_a_kind_and_frozen_until_the_last_is_lifted() -> None:
    account = speaker().account
    first = services.freeze(account=account, kind="legal", actor=None)
    second = services.freeze(account=account, kind="renewal", actor=None)
    with pytest.raises(DomainError, match="frozen for this already: Legal matter"):
        services.freeze(account=account, kind="legal", actor=None)
    services.lift_freeze(freeze=first, actor=None)
    account.refresh_from_db()
    assert account.frozen
    services.lift_freeze(freeze=second, actor=None)
    account.refresh_from_db()
    assert not account.frozen


def test_not_a_happy_customer_is_left_alone() -> None:
    account = speaker().account
    services.deny_still_true(account=account, reason="They are angry", actor=None)
    services.deny_still_true(account=account, reason="Still", actor=None)
    account.refresh_from_db()
    assert account.frozen
    assert account.freezes.get().reason == "They are angry"
