"""Customers kept for a plan: who is refused and why, two teams at once."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from references.accounts import services as accounts
from references.accounts.enums import AskState
from references.accounts.errors import AskRefused
from references.accounts.models import Ask, Contact
from references.goodwill import services
from references.goodwill.enums import ReservationState, Team
from references.goodwill.models import Reservation
from references.goodwill.services.reservations import AlreadyReserved
from refprogram.kernel.errors import DomainError, IllegalMove
from refprogram.kernel.stream import Subject
from tests.factories.people import UserFactory
from tests.factories.references import activity, reserved, speaker
from tests.racing import at_once, results

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
SOURCE = Subject("test", 1)


def held(contact: Contact, slug: str = "call", at: dt.datetime | None = None) -> Ask:
    """An ask that took place, written into the ledger as the stream would."""
    ask = accounts.spend_ask(ask=reserved(contact, slug), actor=None, at=at)
    services.note_ask(ask=ask)
    return ask


def keep(contact: Contact, actor: Any, *, whole: bool = False, **facts: Any) -> Reservation:
    """Keep a contact (or the whole account) for PR from the first of December to the tenth."""
    values = {
        "purpose": "Q4 launch", "team": Team.PR, "starts_on": dt.date(2026, 12, 1), "ends_on": dt.date(2026, 12, 10),
        "points": 30,
    }  # fmt: skip
    return services.reserve(account=contact.account, contact=None if whole else contact, actor=actor, **values | facts)


def test_another_team_is_refused_with_who_what_and_until_when(marketer):
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        keep(contact, marketer)
        wish = {"account": contact.account, "contact": contact, "activity": activity("call"), "source": SOURCE}
        with pytest.raises(AskRefused) as refused:
            accounts.reserve_ask(**wish, planned_on=dt.date(2026, 12, 5), team=Team.SALES, actor=None)
        assert refused.value.message == (
            f"{marketer.name} keeps {contact.person.name} for “Q4 launch” from 1 December to 10 December. "
            "Free again on 11 December."
        )
        assert refused.value.free_on == dt.date(2026, 12, 11)
        assert accounts.reserve_ask(**wish, planned_on=dt.date(2026, 12, 5), team=Team.PR, actor=None).pk


def test_two_plans_never_hold_the_same_days_and_the_next_free_ones_are_said(marketer):
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        keep(contact, marketer)
        keep(contact, marketer, starts_on=dt.date(2026, 12, 14), ends_on=dt.date(2026, 12, 20))
        with pytest.raises(AlreadyReserved) as refused:
            keep(contact, marketer, starts_on=dt.date(2026, 12, 8), ends_on=dt.date(2026, 12, 12))
        # five days: 11 to 15 December meets the second plan, so from 21 December
        assert refused.value.free_on == dt.date(2026, 12, 21)
        assert refused.value.message.endswith("As many days are free from 21 December.")
        with pytest.raises(AlreadyReserved):  # the whole account: one of its people is kept
            keep(contact, marketer, whole=True)


def test_set_free_others_may_ask(marketer):
    contact = speaker()
    today = timezone.localdate()
    row = keep(contact, marketer, starts_on=today, ends_on=today)
    with pytest.raises(AskRefused):
        reserved(contact)
    services.release(reservation=row, actor=marketer)
    assert reserved(contact).state == AskState.HELD
    with pytest.raises(IllegalMove):
        services.use(reservation=row, actor=marketer)
    assert Reservation.objects.get().state == ReservationState.RELEASED


@pytest.mark.django_db(transaction=True)
def test_two_teams_at_once_one_reserves_the_other_hears_why():
    marketer, contact, today = UserFactory(role="marketer"), speaker(), timezone.localdate()
    came_out = results(*[lambda: keep(contact, marketer, starts_on=today, ends_on=today)] * 2)
    assert came_out == ["already-reserved", "done"]
    assert Reservation.objects.get().state == ReservationState.ACTIVE


@pytest.mark.django_db(transaction=True)
def test_two_bookings_of_the_last_free_slot():
    contact = speaker()
    accounts.edit_contact(contact=contact, cap_per_quarter=1, actor=None)
    answers = at_once(*[transaction.atomic(lambda: held(contact, "survey"))] * 2)
    free = timezone.localdate() + dt.timedelta(days=91)
    (told,) = [answer.message for answer in answers if isinstance(answer, DomainError)]
    assert "was asked 1 times this quarter" in told
    assert Ask.objects.count() == 1
    assert Contact.objects.get(pk=contact.pk).rests_until == free
