"""Give and take: the ledger, its price and forecast, reservations, caps, what goes past a rule; figures by hand."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from references.accounts import askable, fatigue, kept, policy
from references.accounts import services as accounts
from references.accounts.enums import AskState, FreezeKind
from references.accounts.errors import AskRefused
from references.accounts.models import Account, Ask, Contact
from references.goodwill import proofs, selectors, services, weekly
from references.goodwill.enums import GoodwillKind, Team
from references.goodwill.models import AskOverride, GoodwillEntry, Reservation
from references.goodwill.selectors.report import gini, top_share
from references.requests.selectors import matches
from references.requests.services import put_forward
from refprogram.kernel import jobs
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.program_settings.figures import room_of
from refprogram.kernel.program_settings.services import change
from refprogram.kernel.stream import Subject
from refprogram.notices.models import Notice
from tests.factories.goodwill import GoodwillEntryFactory
from tests.factories.profiles import participation_of, program_of
from tests.factories.references import AskFactory, activity, reserved, speaker
from tests.factories.requests import request_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
TODAY = NOON.date()
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


# ---------------------------------------------------------------- the ledger


def test_what_is_left_by_hand(marketer):
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker()
        services.record_give(account=contact.account, contact=contact, kind="executive_time", actor=marketer)
        held(contact)
        # 120 + 40 given - 40 asked
        assert selectors.balance_of(contact.account).left == 120
        held_at = selectors.balance_of(contact.account, contact)
        assert (held_at.capacity, held_at.left) == (80, 80)
        clock.shift(dt.timedelta(days=45))
        services.record_give(account=contact.account, kind="thanks", actor=marketer)
        # 20 given and 20 asked are left of the 40s, and 5 for the thanks
        balance = selectors.balance_of(contact.account)
        assert (round(balance.given), round(balance.asked), balance.left) == (25, 20, 125)


def test_the_price_is_said_before_asking(marketer):
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        held(contact)  # 40
        GoodwillEntryFactory(
            account=contact.account, kind=GoodwillKind.ASK, points=-25, source_type="t", source_id=1, at=NOON
        )
        keep(contact, marketer, whole=True)
        price = selectors.price_of(selectors.balance_of(contact.account), 40)
        # 120 - 40 - 25 = 55 left
        assert price.words == "Uses 40 of 55 left; Q4 launch needs 30 from 1 December"
        # on 1 December, 9 days later, 105 points have become 105 * 0.5 ** (9 / 45) = 91.4: 120 - 91.4 = 28.6
        assert price.plan_left == 29
        assert price.short


def test_the_forecast_is_the_day_on_which_there_is_enough():
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        GoodwillEntryFactory(
            account=contact.account, kind=GoodwillKind.ASK, points=-160, source_type="t", source_id=1, at=NOON
        )
        balance = selectors.balance_of(contact.account)
        assert balance.left == -40
        assert balance.overdrawn
        # enough for 40 when 160 has halved once: 120 - 80
        assert balance.enough_on(40) == TODAY + dt.timedelta(days=45)
        assert balance.enough_on(120) is None  # never quite
        assert selectors.price_of(balance, 40).words.endswith("enough again on 6 January 2027")


def test_an_ask_is_written_down_once():
    ask = held(speaker())
    services.note_ask(ask=ask)
    (entry,) = GoodwillEntry.objects.all()
    assert (entry.kind, entry.points) == (GoodwillKind.ASK, -40)


def test_a_no_costs_five_and_what_is_released_nothing():
    contact = speaker()
    services.note_ask(ask=accounts.release_ask(ask=reserved(contact), actor=None))
    assert not GoodwillEntry.objects.exists()
    services.note_ask(ask=accounts.decline_ask(ask=reserved(contact), actor=None))
    assert GoodwillEntry.objects.get().points == -5


def test_entries_stand_and_are_corrected_by_another(marketer):
    contact = speaker()
    entry = services.record_give(account=contact.account, contact=contact, kind="award", actor=marketer)
    assert Account.objects.get(pk=contact.account_id).given_key is not None
    services.correct(entry=entry, actor=marketer)
    services.correct(entry=entry, actor=marketer)
    assert sorted(GoodwillEntry.objects.values_list("points", flat=True)) == [-60, 60]
    assert Account.objects.get(pk=contact.account_id).given_key is None
    assert Contact.objects.get(pk=contact.pk).given_key is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "ask"}, "kind"),
        ({"kind": "gift", "points": 0}, "points"),
        ({"kind": "gift", "points": 501}, "points"),
        ({"kind": "gift", "at": timezone.now() + dt.timedelta(days=2)}, "at"),
        ({"kind": "gift", "at": timezone.now() - dt.timedelta(days=800)}, "at"),
    ],
)
def test_what_cannot_have_been_given(facts, field):
    with pytest.raises(InvalidInput) as refused:
        services.record_give(account=speaker().account, actor=None, **facts)
    assert list(refused.value.errors) == [field]


GIVES = st.lists(st.tuples(st.integers(1, 100), st.integers(0, 700)), max_size=6)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gives=GIVES)
def test_the_kept_key_is_order_independent_and_proved(gives, django_db_blocker):
    contact = speaker()
    now = timezone.now()
    for points, days in gives:
        services.record_give(
            account=contact.account, kind="gift", points=points, at=now - dt.timedelta(days=days), actor=None
        )
    key = Account.objects.get(pk=contact.account_id).given_key
    by_hand = sum(points * 0.5 ** (days / 45) for points, days in reversed(gives))
    assert fatigue.load(key, now) == pytest.approx(by_hand, rel=1e-6)
    assert [proof.rows for proof in proofs.proofs()] == [[], [], [], []]


# ---------------------------------------------------------------- past a rule


def test_only_what_time_heals_goes_past_with_a_reason(marketer):
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker()
        held(contact)
        clock.shift(dt.timedelta(days=3))  # a call rests 14 days
        wish = {"account": contact.account, "contact": contact, "activity": activity("call"), "source": SOURCE}
        with pytest.raises(InvalidInput):
            services.ask_against_rules(**wish, reason="because", actor=marketer)
        ask = services.ask_against_rules(**wish, reason="They offered it themselves.", actor=marketer)
        assert AskOverride.objects.get(ask=ask).rules == ["rest"]
        accounts.release_ask(ask=ask, actor=None)
        accounts.freeze(account=contact.account, kind=FreezeKind.LEGAL, actor=None)
        with pytest.raises(AskRefused, match="is frozen"):
            services.ask_against_rules(**wish, reason="They offered it themselves.", actor=marketer)


def test_the_customers_own_cap_does_not_go_past(marketer):
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker()
        accounts.edit_contact(contact=contact, cap_per_quarter=1, actor=None)
        held(contact, "quote")
        clock.shift(dt.timedelta(days=10))
        with pytest.raises(AskRefused, match="was asked 1 times"):
            services.ask_against_rules(
                account=contact.account, contact=contact, activity=activity("quote"), source=SOURCE,
                reason="They offered it themselves.", actor=marketer,
            )  # fmt: skip


def test_the_weekly_report_names_each_once(marketer, cast):
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker()
        held(contact)
        clock.shift(dt.timedelta(days=3))
        services.ask_against_rules(
            account=contact.account, contact=contact, activity=activity("call"), source=SOURCE,
            reason="They offered it themselves.", actor=marketer,
        )  # fmt: skip
        assert cast.admin
        assert weekly.send() == 2
        assert weekly.send() == 0
        text = Notice.objects.get(person=marketer.person, kind="references.goodwill_week").text
        assert text == "Asks of this week: 1 ask went past a rule, 0 customers are overdrawn"


def test_who_is_overdrawn_stands_on_the_desk(marketer):
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        for number in range(4):  # 160 of 120, and of the contact's 80
            AskFactory(
                account=contact.account, contact=contact, activity=activity("call"), effort=40, state=AskState.SPENT,
                source_type="t", source_id=number, planned_on=TODAY, ended_at=NOON,
            )  # fmt: skip
        for ask in Ask.objects.all():
            services.note_ask(ask=ask)
        kept.settle(contact.account)
        ((account, price),) = selectors.overdrawn(marketer)
        assert (account, price.left) == (contact.account, -40)
        (item,) = selectors.desk_items(marketer)
        assert item.title == "1 customer was asked for more than they have left"


def test_figures_over_the_pool_by_hand():
    # ten contacts; asks 1, 1, 2, 6: the most asked tenth bore 6 of 10
    assert top_share([1, 1, 2, 6], 10) == 0.6
    # 2 * (7*1 + 8*1 + 9*2 + 10*6) / (10 * 10) - 11 / 10 = 1.86 - 1.1
    assert gini([1, 1, 2, 6], 10) == pytest.approx(0.76)
    assert gini([3, 3, 3], 3) == pytest.approx(0)
    assert (gini([], 5), top_share([], 5)) == (None, None)


def test_the_pool_counts_live_effort_and_the_idle():
    with time_machine.travel(NOON, tick=False):
        one, _two = speaker(), speaker()
        held(one)
        pool = selectors.pool()
        # 40 of 2 contacts x 2 asks x 40 points
        assert (pool.effort, pool.capacity) == (40, 160)
        assert pool.strain == 0.25
        assert (pool.contacts, pool.idle) == (2, 1)


def test_another_half_life_recounts_what_was_given(marketer):
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        services.record_give(account=contact.account, kind="award", at=NOON - dt.timedelta(days=90), actor=marketer)
        (job,) = change(room=room_of(policy.Figures), values={"half_life": 90}, user=marketer)
        jobs.run(job_id=job.pk)
        key = Account.objects.get(pk=contact.account_id).given_key
        assert fatigue.load(key, NOON) == pytest.approx(30)


def test_what_else_is_asked_near_a_day(marketer):
    with time_machine.travel(NOON, tick=False):
        contact = speaker()
        reserved(contact, planned_on=dt.date(2026, 11, 30), actor=marketer)
        keep(contact, marketer)
        said = selectors.collisions(contact.account, dt.date(2026, 12, 3), team=Team.SALES)
        assert said[0] == f"Reference call with {contact.person.name} on 30 November ({marketer.name})"
        assert "Q4 launch" in said[1]
        assert selectors.collisions(contact.account, dt.date(2027, 2, 1)) == []


def test_a_linked_program_shares_its_cap_but_the_customers_own_number_wins():
    with time_machine.travel(NOON, tick=False) as clock:
        contact = speaker()
        participation_of(contact, program_of(cap_per_quarter=1), invited=False)
        held(contact, "quote")
        clock.shift(dt.timedelta(days=20))
        with pytest.raises(AskRefused, match="was asked 1 times this quarter") as refused:
            reserved(contact, "quote")
        assert refused.value.rule == "cap"  # a rule between programs: it may go past with a reason
        assert Contact.objects.get(pk=contact.pk).rests_until == TODAY + dt.timedelta(days=91)
        accounts.edit_contact(contact=contact, cap_per_quarter=3, actor=None)
        assert reserved(contact, "quote").state == AskState.HELD


def test_matching_says_what_the_door_says(marketer):
    """Kept for another team, away, cap by kind used: nobody of them is ranked, and each is refused at the door."""
    today = timezone.localdate()
    need = request_of(marketer)
    free, kept_one, away, often = speaker(), speaker(), speaker(), speaker()
    keep(kept_one, marketer, starts_on=today, ends_on=today + dt.timedelta(days=5))
    Contact.objects.filter(pk=away.pk).update(blackouts=[{"from": str(today), "to": str(today)}])
    Contact.objects.filter(pk=often.pk).update(caps={"call": 1})
    AskFactory(
        account=often.account, contact=often, activity=activity("call"), effort=1, state=AskState.SPENT,
        source_type="t", source_id=1, planned_on=today - dt.timedelta(days=40),
        ended_at=timezone.now() - dt.timedelta(days=40),
    )  # fmt: skip
    assert [match.contact for match in matches(need).ranked] == [free]
    for contact in (kept_one, away, often):
        found = Contact.objects.select_related("account", "person").get(pk=contact.pk)
        assert askable.why_not(found.account, found, activity("call"), team=need.wanting)


def test_whoever_is_refused_hears_who_is_next(marketer):
    need = request_of(marketer)
    taken, other = speaker(name="Kestrel"), speaker(name="Nordwind")
    reserved(taken)
    with pytest.raises(AskRefused, match="The next best is Nordwind"):
        put_forward(request=need, account=taken.account, actor=marketer)
    assert other
