"""The one door to a customer: every refusal in order and in words, and what is kept when asks move."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from references.accounts import fatigue, kept, policy, proofs, services
from references.accounts.enums import AskState, Availability, FreezeKind, Membership
from references.accounts.errors import AskRefused
from references.accounts.models import Account, Contact
from references.accounts.selectors import availability_of, state_of
from refprogram.kernel.errors import IllegalMove
from refprogram.kernel.models import Event
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, AskFactory, ContactFactory, reserved, speaker
from tests.racing import results

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def refusal(contact: Contact, slug: str = "call") -> str:
    with pytest.raises(AskRefused) as refused:
        reserved(contact, slug)
    return refused.value.message


def test_a_contact_who_agreed_may_be_asked() -> None:
    contact = speaker()
    ask = reserved(contact)
    assert ask.state == AskState.HELD
    assert ask.effort == 40
    assert Account.objects.get(pk=contact.account_id).open_asks == 1


def test_do_not_contact_comes_first() -> None:
    contact = speaker(name="Kestrel Freight")
    services.freeze(account=contact.account, kind=FreezeKind.LEGAL, actor=None)
    Account.objects.filter(pk=contact.account_id).update(state=Membership.DO_NOT_CONTACT)
    assert refusal(contact) == "Kestrel Freight must not be contacted."


def test_a_merged_account_points_elsewhere() -> None:
    contact = speaker()
    Account.objects.filter(pk=contact.account_id).update(merged_into=AccountFactory())
    assert refusal(contact) == "This account was merged into another one. Ask there."


def test_frozen_does_not_say_why() -> None:
    contact = speaker(name="Kestrel Freight")
    services.freeze(account=contact.account, kind=FreezeKind.LEGAL, reason="They sue us", actor=None)
    assert refusal(contact) == "Kestrel Freight is frozen: nobody asks them for anything until that is lifted."


def test_paused_by_the_customer() -> None:
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        services.pause(account=contact.account, contact=contact, until=dt.date(2026, 12, 24), actor=contact.person)
        assert refusal(contact) == f"{contact.account.name} asked for a pause until 24 December."


def test_gone() -> None:
    contact = speaker()
    Contact.objects.filter(pk=contact.pk).update(left_company_at=timezone.now())
    assert refusal(contact) == f"{contact.person.name} left {contact.account.name}."


def test_not_a_reference() -> None:
    contact = ContactFactory()
    name = contact.account.name
    assert refusal(contact) == f"{name} is not in the reference program (not a reference yet)."


def test_one_thing_at_a_time_says_who_what_and_when() -> None:
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        colleague = ContactFactory(account=contact.account)
        speaker(colleague)
        reserved(contact, planned_on=dt.date(2026, 11, 24), actor=UserFactory(name="Tom Okafor"))
        said = refusal(colleague)
        assert said == (
            f"Tom Okafor is asking {contact.person.name} already: Reference call, 24 November. One thing at a time."
        )


def test_an_invitation_of_somebody_else_is_no_collision() -> None:
    contact = speaker()
    other = ContactFactory(account=contact.account)
    services.invite_to_program(account=contact.account, contact=other, activities=["call"], source=other, actor=None)
    assert reserved(contact).state == AskState.HELD


def test_consent_must_name_the_activity() -> None:
    contact = speaker(activities=("quote",))
    assert refusal(contact, "call") == f"{contact.person.name} agreed to other things, not to this: Reference call."


def test_consent_must_be_in_force() -> None:
    contact = speaker()
    with time_machine.travel(timezone.now() + dt.timedelta(days=800)):
        services.confirm_still_true(account=contact.account, actor=None)
        assert refusal(contact) == f"{contact.person.name} has no consent in force. Ask for it first."


def test_the_policy_allows_two_asks_a_quarter() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker()
        services.spend_ask(ask=reserved(contact, "quote"), actor=None)
        clock.shift(dt.timedelta(days=10))  # the quote's rest of 7 days is over
        services.spend_ask(ask=reserved(contact, "quote"), actor=None)
        clock.shift(dt.timedelta(days=10))
        # two asks on 22 November and 2 December: room again 91 days after the first
        assert refusal(contact, "quote") == (
            f"{contact.person.name} was asked 2 times this quarter, the most that is agreed. "
            "Free again on 21 February 2027."
        )
        assert Account.objects.get(pk=contact.account_id).rests_until == dt.date(2027, 2, 21)


def test_the_customers_own_cap_wins() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker()
        services.edit_contact(contact=contact, cap_per_quarter=1, actor=None)
        services.spend_ask(ask=reserved(contact, "quote"), actor=None)
        clock.shift(dt.timedelta(days=10))
        assert "was asked 1 times this quarter" in refusal(contact, "quote")


def test_it_rests_by_effort() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker(name="Kestrel Freight")
        services.spend_ask(ask=reserved(contact), actor=None)
        clock.shift(dt.timedelta(days=13))
        assert refusal(contact) == "Kestrel Freight rests until 6 December after what was asked lately."
        clock.shift(dt.timedelta(days=1))
        assert reserved(contact).state == AskState.HELD


def test_spent_counts_effort_released_does_not() -> None:
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        services.release_ask(ask=reserved(contact), actor=None)
        account = Account.objects.get(pk=contact.account_id)
        assert (account.fatigue_key, account.last_asked_at, account.open_asks) == (None, None, 0)
        services.spend_ask(ask=reserved(contact), actor=None)
        account.refresh_from_db()
        # 40 of the contact's 80 (two asks of 40 a quarter): the mean of its one contact, 50, is more than 40 of 120
        assert fatigue.index(account.fatigue_key, NOON) == 50
        assert fatigue.load(Contact.objects.get(pk=contact.pk).fatigue_key, NOON) == pytest.approx(40)
        assert (account.activities_done, account.last_asked_at) == (1, NOON)


def test_a_no_costs_five_points() -> None:
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        services.decline_ask(ask=reserved(contact), note="No time", actor=contact.person)
        account = Account.objects.get(pk=contact.account_id)
        assert fatigue.load(Contact.objects.get(pk=contact.pk).fatigue_key, NOON) == pytest.approx(5)
        assert fatigue.index(account.fatigue_key, NOON) == 6  # 5 of the contact's 80
        assert account.open_asks == 0


def test_exhausted_rests_until_the_load_sinks() -> None:
    with time_machine.travel(NOON, tick=False):
        contact = speaker(activities=("speaker",))
        services.edit_contact(contact=contact, cap_per_quarter=9, actor=None)
        # Twice the account's capacity of 120, long rested: one half-life until it is below.
        AskFactory(contact=contact, effort=240, planned_on=dt.date(2025, 1, 1), ended_at=NOON)
        Contact.objects.filter(pk=contact.pk).update(state=Membership.RETIRED)  # the mean of nobody counts nothing
        said, _contacts = kept.recount(contact.account, at=NOON)
        assert said.rests_until == (NOON + policy.now().half_life).date() + dt.timedelta(days=1)


def test_a_spent_ask_does_not_move_again() -> None:
    ask = services.spend_ask(ask=reserved(speaker()), actor=None)
    with pytest.raises(IllegalMove):
        services.book_ask(ask=ask, actor=None)


def test_every_move_tells_the_stream() -> None:
    contact = speaker()
    ask = services.book_ask(ask=reserved(contact), actor=contact.person)
    services.spend_ask(ask=ask, actor=None)
    told = Event.objects.filter(subject_type="ask").order_by("pk").values_list("topic", "actor_id")
    assert list(told) == [("ask.reserved", None), ("ask.booked", contact.person_id), ("ask.spent", None)]


def test_what_is_kept_is_what_is_recounted() -> None:
    contact = speaker()
    services.spend_ask(ask=reserved(contact), actor=None)
    services.freeze(account=contact.account, kind=FreezeKind.RENEWAL, actor=None)
    assert [proof.rows for proof in proofs.proofs()] == [[], [], []]
    Account.objects.filter(pk=contact.account_id).update(activities_done=7)
    first = next(iter(proofs.proofs()))
    assert first.rows == [f"account={contact.account.public_id} activities_done=7 should be 1"]


def test_availability_follows() -> None:
    contact = speaker()
    assert state_of(contact.account) == Availability.AVAILABLE
    reserved(contact)
    contact.account.refresh_from_db()
    view = availability_of(contact.account)
    assert view.state == Availability.ASKED
    assert view.reasons[0].text == f"Reference call with {contact.person.name}, planned"


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_and_one_wins() -> None:
    contact = speaker()
    assert results(*[lambda: reserved(contact)] * 2) == ["ask-refused", "done"]
    contact.account.refresh_from_db()
    assert state_of(contact.account) == Availability.ASKED
