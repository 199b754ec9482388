"""Two customers, or two people, who are one: points, wishes and badges go over, and come back for two."""

import pytest
from django.db import transaction

from incentives.catalogue import choosing, letters, services
from incentives.catalogue import proofs as catalogue
from incentives.catalogue.enums import RedemptionState
from incentives.catalogue.services import receiving
from incentives.ledger import proofs as points
from incentives.ledger import services as ledger
from incentives.ledger.enums import KEPT
from incentives.merging import follow
from incentives.models import Entry, Redemption, TrustHold, Wallet
from references.merging import services as merging
from refprogram.kernel.models import Event
from tests.factories.gifts import gift_fund
from tests.factories.incentives_badges import BadgeFactory, worn
from tests.factories.incentives_catalogue import SAID, ItemFactory, chosen
from tests.factories.merging import fresh
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory, ContactFactory
from tests.racing import at_once

R = RedemptionState


def holds(wallet):
    """What a wallet holds, without what is empty."""
    wallet.refresh_from_db()
    return {book.value: held for book in KEPT if (held := getattr(wallet, book))}


def broken():
    return [(proof.name, proof.rows) for proof in (*points.proofs(), *catalogue.proofs()) if not proof.holds]


def two_people(marketer):
    """Two people of one customer, who are one: the second has 500 points, 300 of them asked for, and a promise."""
    kept = ContactFactory()
    other = ContactFactory(account=kept.account)
    wish = chosen(other, points=500, by=marketer)
    promise = ledger.post(key="promise", memo="For a talk", person=other.person, points=40, waits=True)
    return kept, other, wish, promise


@pytest.mark.django_db
def test_what_a_person_holds_goes_over_and_what_follows_on_it_too(marketer, finance, drain, client):
    gift_fund(1000)
    kept, other, wish, promise = two_people(marketer)
    badge = BadgeFactory()
    own, twice, theirs = worn(badge, kept.person), worn(badge, other.person), worn(person=other.person)
    services.hold_trust(person=other.person, reason="Odd", by=marketer)
    given = Entry.objects.get(memo="For an hour of your time")
    old, into = Wallet.objects.get(person=other.person), ledger.wallet_of(kept.person)
    link = letters.choice_link(other, old)
    assert (holds(old), holds(into)) == ({"available": 200, "reserved": 300, "pending": 40}, {})

    merging.merge_contacts(kept=kept, merged=other, actor=marketer)
    drain()
    follow(Event.objects.get(topic="contact.merged"))  # twice is once

    assert (holds(old), holds(into)) == ({}, {"available": 200, "reserved": 300, "pending": 40})
    assert (fresh(wish).person, wish.contact, wish.wallet) == (kept.person, kept, into)
    assert (fresh(theirs).person, fresh(own).person, fresh(twice).person) == (kept.person, kept.person, other.person)
    assert TrustHold.objects.get().person == kept.person
    page = client.get("/s/" + link.split("/s/")[1]).content.decode()
    assert "For an hour of your time" in page  # an old letter leads to where the points are
    ledger.vest(entry=promise)
    receiving.cancel_as_receiver(redemption=wish, person=kept.person)
    services.lift_hold(person=kept.person, by=marketer)
    assert holds(into) == {"available": 540}
    ledger.reverse(entry=given, reason="Twice", actor=finance)
    assert Event.objects.get(topic="points.reversed").payload == {"person": kept.person_id, "points": 500}
    assert (holds(old), holds(into), broken()) == ({}, {"available": 40}, [])


@pytest.mark.django_db
def test_who_are_two_again_have_what_came_from_them(marketer, drain):
    gift_fund(1000)
    kept, other, wish, promise = two_people(marketer)
    services.give_points(to=kept, points=1000, reason="For a talk", by=marketer)
    old, into = Wallet.objects.get(person=other.person), ledger.wallet_of(kept.person)
    merge = merging.merge_contacts(kept=kept, merged=other, actor=marketer)
    drain()
    third = ContactFactory(account=kept.account)  # the kept one goes over to somebody else, and back again
    again = merging.merge_contacts(kept=third, merged=kept, actor=marketer)
    drain()
    ledger.vest(entry=promise)
    receiving.cancel_as_receiver(redemption=fresh(wish), person=third.person)
    item = ItemFactory(for_customers=True, points=900)
    mine = services.ask_for(item=item, buyer=services.buyer_of_contact(third), by=marketer, said=SAID)
    assert (holds(ledger.wallet_of(third.person)), broken()) == ({"available": 640, "reserved": 900}, [])

    merging.undo_merge(merge=again, actor=marketer)
    merging.undo_merge(merge=merge, actor=marketer)
    drain()

    # What they hold by now is theirs; what was spent while they were one was spent by who spent it.
    assert (holds(old), holds(into)) == ({"available": 540}, {"available": 100})
    assert (holds(ledger.wallet_of(third.person)), fresh(mine).person) == ({"reserved": 900}, third.person)
    assert (fresh(wish).person, wish.wallet, wish.contact, wish.state) == (other.person, old, other, R.CANCELLED)
    receiving.cancel_as_receiver(redemption=mine, person=third.person)
    assert broken() == []


@pytest.mark.django_db
def test_the_houses_points_go_over_with_the_house(marketer, drain):
    gift_fund(1000)
    kept, merged = AccountFactory(), AccountFactory()
    contact = ContactFactory(account=merged)
    twin = ContactFactory(account=merged, person=ContactFactory(account=kept).person)
    services.give_points(to=merged, points=700, reason="For a visit", by=marketer)
    item = ItemFactory(for_customers=True)
    wish = services.ask_for(item=item, buyer=services.buyer_of_account(contact), by=marketer, said=SAID)
    own = chosen(twin, by=marketer)
    old = Wallet.objects.get(account=merged)

    merge = merging.merge_accounts(kept=kept, merged=merged, actor=marketer)
    drain()

    assert (fresh(wish).account, wish.wallet.account, fresh(own).contact.account) == (kept, kept, kept)
    assert own.person == twin.person  # at both houses: the same wallet
    assert choosing.buyer_behind(old.pk, contact.person_id).wallet == ledger.wallet_of_account(kept)
    assert (holds(old), holds(ledger.wallet_of_account(kept))) == ({}, {"available": 400, "reserved": 300})

    merging.undo_merge(merge=merge, actor=marketer)
    drain()
    assert (fresh(wish).account, wish.wallet, fresh(own).contact, broken()) == (merged, old, twin, [])
    assert holds(old) == {"available": 400, "reserved": 300}


@pytest.mark.django_db
def test_who_still_stands_for_themselves_elsewhere_keeps_theirs(marketer, drain):
    kept, other, wish, _promise = two_people(marketer)
    ContactFactory(person=other.person)  # at another customer too

    merging.merge_contacts(kept=kept, merged=other, actor=marketer)
    drain()

    assert (fresh(wish).person, broken()) == (other.person, [])
    assert holds(Wallet.objects.get(person=other.person))["available"] == 200


@pytest.mark.django_db(transaction=True)
def test_who_is_given_points_while_they_go_over_has_them_where_they_went(drain):
    marketer = UserFactory(role="marketer")
    kept = ContactFactory()
    other = ContactFactory(account=kept.account)
    services.give_points(to=other, points=100, reason="For a talk", by=marketer)
    merging.merge_contacts(kept=kept, merged=other, actor=marketer)
    event = Event.objects.get(topic="contact.merged")

    at_once(
        lambda: follow_now(event),
        *(lambda: services.give_points(to=other, points=10, reason="For a call", by=marketer) for _ in range(5)),
    )

    assert holds(Wallet.objects.get(person=kept.person)) == {"available": 150}
    assert (holds(Wallet.objects.get(person=other.person)), Redemption.objects.count(), broken()) == ({}, 0, [])


def follow_now(event):
    with transaction.atomic():
        follow(event)
