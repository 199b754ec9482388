"""What rules give, written down: shares, promises and their end, all four gifts, pots, and nothing twice."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incentives.draws import services as draws
from incentives.ledger import services as ledger
from incentives.ledger.models import Wallet
from incentives.models import Accrual, BadgeGrant, Entry, Promise, RuleTally, Ticket
from incentives.rulebook import paying, promises
from incentives.rulebook.enums import PromiseState
from refprogram.kernel.errors import InvalidInput, NotAllowed
from refprogram.kernel.models import Delivery, Event
from refprogram.kernel.stream import Subject, emit
from refprogram.notices.models import Notice
from tests.factories.incentives import RuleFactory, saying
from tests.factories.incentives_badges import BadgeFactory
from tests.factories.references import ContactFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)
LATER = {"milestones": [{"percent": 60, "topic": "nomination.first_act", "days": 30}]}


@pytest.fixture(autouse=True)
def _only_rules_listen(settings):
    settings.EVENT_HANDLERS = {
        topic: [name for name in names if name.startswith("incentives.handlers.")]
        for topic, names in settings.EVENT_HANDLERS.items()
    }


def told(topic, number=1, *, at=NOON, **payload):
    return emit(topic, subject=Subject("nomination", number), payload=payload, occurred_at=at)


def rule(topic="nomination.submitted", who="nominator", points=100, **more):
    return RuleFactory(definition=saying(topic, who, points, **more))


def open_draw_until(closes_at, *, owner, name="Autumn"):
    with time_machine.travel(NOON - dt.timedelta(days=1)):
        return draws.open_draw(
            name=name, prize="A bicycle", value=Decimal(400), closes_at=closes_at, owner=owner, purpose="Fun"
        )


def books(person):
    wallet = Wallet.objects.get(person=person)
    return wallet.pending, wallet.available


def test_who_shares_a_nomination_shares_its_points(rep, other_team_rep, drain):
    shares = [[rep.person_id, None, None, 75], [other_team_rep.person_id, None, None, 25]]

    told("nomination.enrolled", nominator=rep.person_id, credits=shares)
    drain()

    assert (books(rep.person), books(other_team_rep.person)) == ((0, 113), (0, 37))  # 150 × 75 % and 25 %
    assert Event.objects.filter(topic="points.posted").count() == 2


@pytest.mark.parametrize(("days", "then"), [(30, (0, 100)), (31, (60, 40))])
def test_a_promise_comes_true_in_time_or_not_at_all(rep, drain, days, then):
    rule(**LATER)
    told("nomination.submitted", nominator=rep.person_id)
    drain()
    assert books(rep.person) == (60, 40)

    told("nomination.first_act", nominator=rep.person_id, at=NOON + dt.timedelta(days=days))
    drain()

    assert books(rep.person) == then


def test_a_promise_and_what_it_waits_for_may_come_in_one_batch(rep, drain):
    rule(**LATER)
    told("nomination.submitted", nominator=rep.person_id)
    told("nomination.first_act", nominator=rep.person_id)

    drain()

    assert books(rep.person) == (0, 100)
    assert Promise.objects.get().state == PromiseState.KEPT


def test_what_did_not_come_true_is_given_up_after_two_days_of_grace_and_the_pot_gets_it_back(rep, admin, drain):
    pot = ledger.pot("Autumn")
    ledger.fund(wallet=pot, points=1000, key="fund", memo="Autumn", actor=admin)
    rule(pot=pot.pk, **LATER)
    told("nomination.submitted", nominator=rep.person_id)
    drain()
    due = NOON + dt.timedelta(days=30)

    assert promises.give_up(now=due + dt.timedelta(days=2)) == 0
    assert promises.give_up(now=due + dt.timedelta(days=2, seconds=1)) == 1
    assert promises.give_up(now=due + dt.timedelta(days=3)) == 0

    pot.refresh_from_db()
    assert (books(rep.person), pot.budget) == ((0, 40), 960)


def test_an_empty_pot_gives_what_it_has_and_then_nothing_and_who_fills_it_hears_in_time(rep, admin, finance, drain):
    pot = ledger.pot("Autumn")
    ledger.fund(wallet=pot, points=250, key="fund", memo="Autumn", actor=admin)
    rule(pot=pot.pk)
    heard = Notice.objects.filter(person=finance.person).order_by("pk").values_list("text", flat=True)
    for number, words in enumerate(["", "80 % used", "empty: its rules give nothing", ""]):
        before = heard.count()
        told("nomination.submitted", number, nominator=rep.person_id)
        drain()
        news = list(heard.all())[before:]
        assert news == ([f"The pot “Autumn” is {words}"] if words else [])

    pot.refresh_from_db()
    assert (books(rep.person), pot.budget, Entry.objects.filter(kind="earned").count()) == ((0, 250), 0, 3)


def test_badges_tickets_and_money_are_given_by_the_rooms_that_keep_them(rep, marketer, drain):
    badge, draw = BadgeFactory(), open_draw_until(NOON + dt.timedelta(days=30), owner=marketer)
    rule(gives={"gift": "badge", "amount": 1, "of": badge.pk})
    rule(gives={"gift": "ticket", "amount": 3, "of": draw.pk})
    rule(gives={"gift": "money", "amount": 2550})
    over = open_draw_until(NOON, owner=marketer, name="Over")
    in_vain = rule(gives={"gift": "ticket", "amount": 3, "of": over.pk}, caps=[{"span": "quarter", "most": 3}])

    with time_machine.travel(NOON):
        event = told("nomination.submitted", nominator=rep.person_id)
        drain()

    grant, accrual = BadgeGrant.objects.get(), Accrual.objects.get()
    assert (grant.badge, grant.person, grant.event) == (badge, rep.person, event)
    assert sum(ticket.count for ticket in Ticket.objects.filter(draw=draw, person=rep.person)) == 3
    assert (accrual.amount, accrual.person) == (Decimal("25.50"), rep.person)
    assert {str(row.sums["total"]) for row in RuleTally.objects.filter(rule=in_vain)} == {"[0, 0]"}


def test_a_customer_who_speaks_gets_what_is_theirs(drain):
    contact = ContactFactory()
    rule("reference.delivered", "contact", 80)

    emit("reference.delivered", subject=Subject("candidate", 1), payload={"contact": contact.pk}, occurred_at=NOON)
    drain()

    assert books(contact.person) == (0, 80)


def test_a_batch_told_twice_gives_once_and_counts_once(rep, drain):
    rule(caps=[{"span": "total", "most": 250}])
    events = [told("nomination.submitted", number, nominator=rep.person_id) for number in range(2)]
    drain()

    paying.pay(events)

    assert books(rep.person) == (0, 200)
    assert RuleTally.objects.get(holder=f"p{rep.person_id}").sums == {"total": [200, 2]}


def test_a_promise_that_was_taken_back_never_comes_true(rep, finance, drain):
    rule(**LATER)
    told("nomination.submitted", nominator=rep.person_id)
    drain()
    ledger.reverse(entry=Promise.objects.get().entry, reason="Not real", actor=finance)

    told("nomination.first_act", nominator=rep.person_id)
    drain()

    assert books(rep.person) == (0, 40)
    assert Promise.objects.get().state == PromiseState.LOST


def test_a_batch_costs_the_same_whatever_its_length(rep, other_team_rep):
    rule(caps=[{"span": "month", "most": 10_000}])
    ledger.wallets_of([rep.person, other_team_rep.person])
    sent = []
    for numbers in (range(2), range(3, 23)):
        events = [
            told("nomination.submitted", n, nominator=person.person_id)
            for n in numbers
            for person in (rep, other_team_rep)
        ]
        with CaptureQueriesContext(connection) as captured:
            paying.pay(events)
        sent.append(len(captured))

    assert sent[0] == sent[1] <= 16


def test_what_was_given_up_is_not_taken_back_as_well_and_nobody_takes_back_their_own(rep, finance, drain):
    rule(**LATER)
    told("nomination.submitted", nominator=rep.person_id)
    told("nomination.submitted", 2, nominator=finance.person_id)
    drain()
    mine, others = (Entry.objects.get(promise=None, postings__wallet__person=one.person) for one in (finance, rep))
    promises.give_up(now=NOON + dt.timedelta(days=33))

    with pytest.raises(InvalidInput, match="was settled"):
        ledger.reverse(entry=Promise.objects.get(wallet__person=rep.person).entry, reason="Not real", actor=finance)
    with pytest.raises(NotAllowed, match="your own"):
        ledger.reverse(entry=mine, reason="Not real", actor=finance)
    ledger.reverse(entry=others, reason="Not real", actor=finance)

    assert books(rep.person) == (0, 0)


def test_a_badge_that_somebody_has_already_leaves_the_cap_to_others(rep, other_team_rep, drain):
    caps = [{"span": "total", "most": 2, "each": False}]
    rule(gives={"gift": "badge", "amount": 1, "of": BadgeFactory(often="once").pk}, caps=caps)
    for number, user in enumerate([rep, rep, rep, other_team_rep]):
        told("nomination.submitted", number, nominator=user.person_id)
        drain()

    assert {grant.person for grant in BadgeGrant.objects.all()} == {rep.person, other_team_rep.person}


def test_what_a_promise_waits_for_may_be_heard_before_it_and_the_first_time_counts(rep, drain, drain_quietly):
    rule(**LATER)
    promised = told("nomination.submitted", nominator=rep.person_id)
    put_off = Delivery.objects.filter(event=promised)
    put_off.update(next_at=timezone.now() + dt.timedelta(hours=1))  # it failed, and waits
    told("nomination.first_act", nominator=rep.person_id)
    drain_quietly()
    assert Entry.objects.count() == 0
    told("nomination.first_act", nominator=rep.person_id, at=NOON + dt.timedelta(days=31))  # once more, too late

    put_off.update(next_at=timezone.now())
    drain()

    assert books(rep.person) == (0, 100)
    assert Promise.objects.get().state == PromiseState.KEPT
