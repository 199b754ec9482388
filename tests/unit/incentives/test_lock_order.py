"""Whoever holds several rows of points holds them in one order: who waits for the first holds none of the others."""

import pytest
from django.db import transaction
from django.db.models import Max, Sum

from incentives.catalogue import services as catalogue
from incentives.ledger import sealing
from incentives.ledger import services as ledger
from incentives.models import Entry, Item, Seal, Wallet
from incentives.rulebook import paying, promises
from refprogram.governance.budgets.models import Fund
from refprogram.governance.fulfilment import services as gifts
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from refprogram.people.models import Person
from tests.factories.gifts import gift_fund
from tests.factories.incentives import booked
from tests.factories.incentives_catalogue import ItemFactory, asked, ready
from tests.factories.people import UserFactory
from tests.outside import blocked_sessions
from tests.racing import at_once, beside
from tests.unit.incentives.test_paying import LATER, NOON, rule, told

pytestmark = pytest.mark.django_db(transaction=True)


@transaction.atomic
def nobody_holds(rows):
    """Fail where somebody holds one of these rows."""
    return len(rows.select_for_update(no_key=True, nowait=True))


def waits_without(rows, act, first, held, eventually):
    """Do something while another session holds `first`: it waits, and holds none of `rows` meanwhile."""
    let_go = held(f"SELECT FROM {first._meta.db_table} WHERE id = {first.pk} FOR UPDATE")
    with beside(act):
        eventually(blocked_sessions)
        free = nobody_holds(rows)
        let_go()
    assert free == rows.count() > 0


def test_pots_before_wallets(held, eventually):
    wallet = ledger.wallet_of(UserFactory().person)  # its number is the smaller one
    pot = ledger.pot("Autumn")
    ledger.fund(wallet=pot, points=100, key="fund", memo="Autumn", actor=UserFactory(role=Role.ADMIN))
    entry = ledger.post(key="k", memo="Well", person=wallet.person, points=50, waits=True, from_pot=pot)

    waits_without(
        Wallet.objects.filter(pk=wallet.pk), lambda: ledger.void(entry=entry, reason="No"), pot, held, eventually
    )

    wallet.refresh_from_db()
    assert wallet.pending == 0


def test_promises_and_their_entries_before_wallets(held, eventually):
    person: Person = UserFactory().person
    rule(**LATER)
    rule(topic="nomination.first_act", points=7)
    transaction.atomic(told)("nomination.submitted", nominator=person.pk)
    paying.pay(list(Event.objects.filter(topic="nomination.submitted")))
    transaction.atomic(told)("nomination.first_act", nominator=person.pk)
    entry = Entry.objects.get(promise__isnull=False)  # who takes the promise back holds it, then the wallet

    waits_without(
        Wallet.objects.filter(person=person),
        lambda: paying.pay(list(Event.objects.filter(topic="nomination.first_act"))),
        entry,
        held,
        eventually,
    )

    assert Wallet.objects.get(person=person).available == 107
    assert promises.give_up(now=NOON) == 0


def test_the_wallet_before_the_money_of_a_gift(held, eventually):
    user = UserFactory()
    row = ready(user)  # its money is set aside

    waits_without(Fund.objects.all(), lambda: catalogue.cancel(redemption=row, by=user), row.wallet, held, eventually)

    row.refresh_from_db()
    assert (row.state, Wallet.objects.get(person=user.person).available) == ("cancelled", 300)


def test_who_asks_holds_their_wallet_before_the_thing(held, eventually):
    user = UserFactory()
    row = ready(user)
    booked(1000, person=user.person)
    buyer = catalogue.buyer_of_user(user)

    waits_without(
        type(row.item).objects.filter(pk=row.item_id),
        lambda: catalogue.ask_for(item=row.item, buyer=buyer, by=user, said={"address": "a@house.example"}),
        row.wallet,
        held,
        eventually,
    )

    assert user.person.redemptions.count() == 2


def test_who_follows_several_gifts_holds_all_redemptions_before_the_first_wallet(held, eventually):
    user, runner = UserFactory(), UserFactory(role=Role.MARKETER)
    gift_fund(1000)
    first, second = asked_small(user), asked_small(user)  # out of one wallet
    for row in (first, second):
        gifts.order(fulfilment=row.gift, by=runner)
    keys = [second.gift_id, first.gift_id]  # as they were told

    waits_without(
        Wallet.objects.filter(pk=first.wallet_id),
        lambda: catalogue.follow_gifts(gift_ids=keys), second, held, eventually,
    )  # fmt: skip

    assert {fresh(row).state for row in (first, second)} == {"ordered"}


def test_batches_of_gifts_and_who_calls_off_never_wait_for_each_other():
    """Twelve gifts of one person went on: told to two workers in opposite orders, while six others are called off."""
    user, runner = UserFactory(), UserFactory(role=Role.MARKETER)
    gift_fund(1000)
    going, staying = [asked_small(user) for _ in range(12)], [asked_small(user) for _ in range(6)]
    for row in going:
        gifts.order(fulfilment=row.gift, by=runner)
    keys = [row.gift_id for row in going]

    at_once(
        lambda: catalogue.follow_gifts(gift_ids=keys),
        lambda: catalogue.follow_gifts(gift_ids=keys[::-1]),
        *(lambda row=row: catalogue.cancel(redemption=row, by=user) for row in staying),
    )

    assert [fresh(row).state for row in (*going, *staying)] == ["ordered"] * 12 + ["cancelled"] * 6
    wallet = Wallet.objects.get(person=user.person)
    assert (wallet.available, wallet.reserved, wallet.redeemed) == (6 * 10, 0, 12 * 10)


def asked_small(user):
    """Something small out of one stock, with money set aside: it can be ordered at once."""
    item = Item.objects.filter(name="Mug").first() or ItemFactory(name="Mug", points=10, cost=5, stock=40, is_auto=True)
    return asked(user, points=10, item=item)


def fresh(row):
    row.refresh_from_db()
    return row


def test_who_books_does_not_wait_for_the_sealing_of_what_is_old(held, eventually):
    entries = [booked(10) for _ in range(5)]
    let_go = held("SELECT pg_advisory_xact_lock(hashtextextended('lane:seals', 0))")
    with beside(lambda: sealing.seal(stretch=2)):
        eventually(blocked_sessions)  # it is about to seal the first stretch
        late = booked(10)
        let_go()
    assert Seal.objects.aggregate(sealed=Sum("entries"), last=Max("last")) == {"sealed": 5, "last": entries[-1].pk}
    assert sealing.seal() == 1
    assert Seal.objects.order_by("last").last().last == late.pk
