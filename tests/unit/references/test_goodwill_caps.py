"""Fatigue and caps: never exceeded, whatever the order; days on which nobody asks."""

import datetime as dt

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from references.accounts import askable, fatigue, kept, policy
from references.accounts import proofs as account_proofs
from references.accounts import services as accounts
from references.accounts.enums import AskState
from references.accounts.errors import AskRefused
from references.accounts.models import Account, Ask, Contact
from references.goodwill import selectors, services
from tests.factories.references import ContactFactory, activity, reserved, speaker

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = NOON.date()


def held(contact: Contact, slug: str = "call", at: dt.datetime | None = None) -> Ask:
    """An ask that took place, written into the ledger as the stream would."""
    ask = accounts.spend_ask(ask=reserved(contact, slug), actor=None, at=at)
    services.note_ask(ask=ask)
    return ask


@settings(max_examples=25, deadline=None)
@given(
    asks=st.lists(st.tuples(st.integers(1, 100), st.integers(0, 400), st.booleans()), max_size=8),
    later=st.integers(1, 300),
)
def test_fatigue_is_never_negative_decays_and_knows_no_order(asks, later):
    def rows(order):
        return [
            Ask(
                effort=effort,
                state=AskState.DECLINED if no else AskState.SPENT,
                ended_at=NOON - dt.timedelta(days=days),
            )
            for effort, days, no in order
        ]

    key, other = kept.fatigue_of(rows(asks)), kept.fatigue_of(rows(reversed(asks)))
    load = fatigue.load(key, NOON)
    assert load >= 0
    assert load == pytest.approx(fatigue.load(other, NOON))
    assert fatigue.load(key, NOON + dt.timedelta(days=later)) <= load
    assert 0 <= fatigue.index(key, NOON) <= 100


def test_the_account_bears_the_mean_of_its_people_if_that_is_more():
    with time_machine.travel(NOON, tick=False):
        one = speaker()
        two = ContactFactory(account=one.account)
        speaker(two)
        held(one)
        account = Account.objects.get(pk=one.account_id)
        # 40 of 120 are 33; the contacts are at 50 (40 of 80) and 0: their mean is 25
        assert fatigue.index(account.fatigue_key, NOON) == 33
        assert selectors.balance_of(account, Contact.objects.get(pk=one.pk)).left == 40


CAP_PLANS = st.lists(st.integers(0, 400), min_size=1, max_size=14)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=CAP_PLANS, cap=st.integers(1, 3))
def test_a_cap_is_never_exceeded_whatever_the_order(days, cap, django_db_blocker):
    contact = speaker()
    accounts.edit_contact(contact=contact, cap_per_quarter=cap, actor=None)
    taken = []
    for day in sorted(days):
        with time_machine.travel(NOON + dt.timedelta(days=day), tick=False):
            accounts.confirm_still_true(account=contact.account, actor=None)
            try:
                held(contact, "quote")
            except AskRefused:
                continue
            taken.append(day)
    quarter = policy.now().quarter.days
    for first in taken:
        assert sum(first <= day < first + quarter for day in taken) <= cap
        assert sum(first <= day < first + 365 for day in taken) <= max(6, 4 * cap)


def test_the_cap_of_the_year():
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker()
        for _time in range(4):
            held(contact, "quote")
            clock.shift(dt.timedelta(days=46))
            accounts.confirm_still_true(account=contact.account, actor=None)
        found = Contact.objects.get(pk=contact.pk)
        # four quotes within 138 days: the fifth of this kind waits for a year after the first
        said = askable.why_not(found.account, found, activity("quote"))
        assert said == (
            f"{contact.person.name} was asked for this often enough (Quote, at most 4). Free again on 22 November."
        )
        assert askable.why_not(found.account, found, activity("call")) is None


def test_the_customers_own_cap_by_kind_wins():
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker()
        Contact.objects.filter(pk=contact.pk).update(caps={"quote": 1})
        contact.refresh_from_db()
        held(contact, "quote")
        clock.shift(dt.timedelta(days=20))
        with pytest.raises(AskRefused, match="often enough \\(Quote, at most 1\\)") as refused:
            reserved(contact, "quote")
        assert refused.value.rule == "never"  # their own word: no override
        assert refused.value.free_on == TODAY + dt.timedelta(days=91)


def test_their_own_nought_by_kind_is_never_and_names_no_day():
    contact = speaker()
    Contact.objects.filter(pk=contact.pk).update(caps={"quote": 0})
    contact.refresh_from_db()
    with pytest.raises(AskRefused, match="does not want to be asked for this: Quote") as refused:
        reserved(contact, "quote")
    assert (refused.value.rule, refused.value.free_on) == ("never", None)


def test_days_on_which_nobody_asks():
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        Contact.objects.filter(pk=contact.pk).update(blackouts=[{"from": "2026-12-20", "to": "2027-01-06"}])
        assert reserved(contact, planned_on=dt.date(2026, 12, 19)).state == AskState.HELD
        other = speaker()
        Contact.objects.filter(pk=other.pk).update(blackouts=[{"from": "2026-12-20", "to": "2027-01-06"}])
        with pytest.raises(AskRefused, match="not to be asked from 20 December to 6 January"):
            reserved(other, planned_on=dt.date(2027, 1, 6))


def test_kept_columns_are_proved():
    contact = speaker()
    held(contact)
    Contact.objects.filter(pk=contact.pk).update(fatigue_key=1.0)
    first = next(iter(account_proofs.proofs()))
    assert len(first.rows) == 1
    assert first.rows[0].startswith(f"contact={contact.public_id} fatigue_key=1.0 should be")
