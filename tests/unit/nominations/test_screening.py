"""Screening: approved with a whole card, refused with a reason, parked until a day to come."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from nominations import services
from nominations.enums import NominationState
from nominations.models import Nomination
from references.accounts.errors import AskRefused
from references.accounts.services import contact_left, freeze, lift_freeze
from references.accounts.services.leaving import bar_account
from references.models import Ask
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event
from refprogram.people.models import User
from tests.factories.nominations import CARD, NominationFactory, invited, screened
from tests.factories.references import ContactFactory

N = NominationState
pytestmark = pytest.mark.django_db


def later(days: int = 30) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_approving_invites_the_customer(marketer: User) -> None:
    contact = ContactFactory()
    nomination = screened(NominationFactory(account=contact.account, contact=contact))
    approved = services.approve(nomination=nomination, actor=marketer, card=CARD)

    assert (approved.state, approved.score, approved.decided_by) == (N.OUTREACH, 12, marketer)
    ask = Ask.objects.get()
    assert (ask.contact, ask.source_type, ask.source_id) == (contact, "nomination", nomination.pk)


def test_approving_needs_an_address(marketer: User) -> None:
    nomination = screened(NominationFactory())
    with pytest.raises(InvalidInput) as refusal:
        services.approve(nomination=nomination, actor=marketer, card=CARD)
    assert list(refusal.value.errors) == ["contact_email"]
    nomination.refresh_from_db()
    assert nomination.state == N.SCREENING


def test_an_address_that_is_missing_can_be_added_while_approving(marketer: User) -> None:
    nomination = screened(NominationFactory(contact=services.Speaker("Ana Sousa")))
    speaker = services.Speaker("Ana Sousa", "ana@customer.example")
    approved = services.approve(nomination=nomination, actor=marketer, card=CARD, contact=speaker)
    assert approved.contact == nomination.contact
    assert approved.contact.person.email == "ana@customer.example"


def test_approving_needs_the_whole_card(marketer: User) -> None:
    with pytest.raises(InvalidInput) as refusal:
        services.approve(nomination=screened(NominationFactory()), actor=marketer, card=services.ScoreCard(4, 0, 6))
    assert list(refusal.value.errors) == ["results", "fit"]


def test_a_frozen_customer_is_invited_when_the_freeze_is_over(marketer: User) -> None:
    contact = ContactFactory()
    nomination = screened(NominationFactory(account=contact.account, contact=contact))
    frozen = freeze(account=contact.account, kind="escalation", reason="", ends_on=None, actor=marketer)
    waiting = services.approve(nomination=nomination, actor=marketer, card=CARD)
    assert (waiting.state, waiting.score) == (N.APPROVED, 12)
    assert "is frozen" in waiting.reason
    assert services.try_again(nomination=nomination).state == N.APPROVED

    lift_freeze(freeze=frozen, actor=marketer)
    assert services.try_again(nomination=nomination).state == N.OUTREACH
    assert Event.objects.filter(topic="nomination.approved", subject_id=nomination.pk).count() == 1


def test_who_must_not_be_contacted_is_not_even_approved(marketer: User) -> None:
    contact = ContactFactory()
    nomination = screened(NominationFactory(account=contact.account, contact=contact))
    bar_account(account=contact.account, reason="They said so", actor=marketer)
    with pytest.raises(AskRefused, match="must not be contacted"):
        services.approve(nomination=nomination, actor=marketer, card=CARD)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.score) == (N.SCREENING, None)


@pytest.mark.parametrize("verb", [services.refuse, services.park])
def test_saying_no_needs_a_reason(marketer: User, verb: Callable[..., Nomination]) -> None:
    extra = {"revisit_on": later()} if verb is services.park else {}
    with pytest.raises(InvalidInput) as refusal:
        verb(nomination=screened(NominationFactory()), actor=marketer, reason=" ", **extra)
    assert list(refusal.value.errors) == ["reason"]


@pytest.mark.parametrize("day", [None, dt.date(2020, 1, 1)])
def test_parking_needs_a_day_to_come(marketer: User, day: dt.date | None) -> None:
    with pytest.raises(InvalidInput) as refusal:
        services.park(nomination=screened(NominationFactory()), actor=marketer, reason="Renewal", revisit_on=day)
    assert list(refusal.value.errors) == ["revisit_on"]


def test_what_was_parked_comes_back(marketer: User) -> None:
    parked = services.park(
        nomination=screened(NominationFactory()), actor=marketer, reason="Renewal", revisit_on=later()
    )
    back = services.resume(nomination=parked)
    assert (back.state, back.revisit_on) == (N.SCREENING, None)


def test_a_reason_is_not_in_the_stream(marketer: User) -> None:
    services.refuse(nomination=screened(NominationFactory()), actor=marketer, reason="They sued us")
    event = Event.objects.get(topic="nomination.decided")
    assert event.payload["decision"] == "not_approved"
    assert "sued" not in str(event.payload)


def test_parking_an_invited_customer_withdraws_the_invitation(marketer: User, drain: Callable[[], int]) -> None:
    nomination = invited(NominationFactory(), actor=marketer)
    drain()
    parked = services.park(nomination=nomination, actor=marketer, reason="No answer", revisit_on=later())
    drain()
    assert Ask.objects.get().state == "released"
    assert Nomination.objects.get().reason == "No answer"

    back = services.resume(nomination=parked)
    again = services.approve(nomination=back, actor=marketer, card=CARD)
    assert again.state == N.OUTREACH


def test_an_invitation_withdrawn_elsewhere_parks_the_nomination(marketer: User, drain: Callable[[], int]) -> None:
    nomination = invited(NominationFactory(), actor=marketer)
    contact_left(contact=nomination.contact, actor=marketer)
    drain()
    nomination.refresh_from_db()
    assert (nomination.state, nomination.reason) == (N.PARKED, "The invitation was withdrawn.")
