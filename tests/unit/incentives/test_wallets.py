"""Points on their way: promised, earned, reserved, spent, given back, lapsed, taken back — in any order."""

from collections import Counter

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, precondition, rule, run_state_machine_as_test

from incentives.ledger import proofs, sealing, services
from incentives.ledger.enums import KEPT, Book, BookingKind
from incentives.ledger.errors import AlreadyReversedError, OverdrawnError
from incentives.models import Entry, Posting, Seal
from refprogram.kernel.errors import InvalidInput
from refprogram.people.enums import Role
from tests.factories.incentives import booked
from tests.factories.people import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db


def books(wallet):
    """Return what a wallet holds, without what is empty."""
    wallet.refresh_from_db()
    return {book.value: held for book in KEPT if (held := getattr(wallet, book))}


def broken():
    return [proof.name for proof in proofs.proofs() if not proof.holds]


def test_a_promise_waits_until_its_milestone(rep):
    entry = services.post(key="k", memo="Nominated", person=rep.person, points=50, waits=True)
    wallet = services.wallet_of(rep.person)
    assert books(wallet) == {"pending": 50}

    services.vest(entry=entry)
    assert services.vest(entry=entry).kind == BookingKind.VESTED  # twice is once

    assert books(wallet) == {"available": 50}
    with pytest.raises(InvalidInput, match="another way already: vested"):
        services.void(entry=entry, reason="Too late")
    assert broken() == []


def test_what_did_not_come_true_goes_back_into_its_pot(rep, admin):
    pot = services.pot("Spring")
    services.fund(wallet=pot, points=80, key="f", memo="Spring", actor=admin)
    entry = services.post(key="k", memo="Nominated", person=rep.person, points=50, waits=True, from_pot=pot)
    assert books(pot) == {"budget": 30}

    services.void(entry=entry, reason="It was withdrawn")

    assert books(pot) == {"budget": 80}
    assert books(services.wallet_of(rep.person)) == {}


def test_a_pot_gives_no_more_than_it_has(rep, admin):
    pot = services.pot("Spring")
    services.fund(wallet=pot, points=40, key="f", memo="Spring", actor=admin)

    with pytest.raises(OverdrawnError, match="Spring has 40 points, and 50"):
        services.post(key="k", memo="Nominated", person=rep.person, points=50, from_pot=pot)

    assert not Entry.objects.filter(key="k").exists()


def test_a_reward_is_reserved_spent_and_refunded(rep):
    booked(100, person=rep.person)
    wallet = services.wallet_of(rep.person)
    asked = services.reserve(wallet=wallet, points=60, key="r", memo="Dinner")
    assert books(wallet) == {"available": 40, "reserved": 60}

    spent = services.redeem(entry=asked, memo="Dinner")
    assert books(wallet) == {"available": 40, "redeemed": 60}
    with pytest.raises(InvalidInput, match="another way already: redeemed"):
        services.release(entry=asked, memo="Changed my mind")

    services.refund(entry=spent, memo="The restaurant is closed")
    services.refund(entry=spent, memo="The restaurant is closed")
    assert books(wallet) == {"available": 100}
    assert broken() == []


def test_what_is_spent_is_not_taken_back_by_hand(rep, finance):
    booked(100, person=rep.person)
    asked = services.reserve(wallet=services.wallet_of(rep.person), points=60, key="r", memo="Dinner")

    with pytest.raises(InvalidInput, match="its own way"):
        services.reverse(entry=asked, reason="Wrong", actor=finance)


def test_a_seal_tells_what_was_changed_behind_our_back(rep, finance):
    entries = [booked(10, person=rep.person) for _ in range(5)]
    assert sealing.seal(stretch=2) == 5
    assert sealing.seal() == 0
    assert list(Seal.objects.values_list("first", "last", "entries")) == [
        (entries[0].pk, entries[1].pk, 2),
        (entries[2].pk, entries[3].pk, 2),
        (entries[4].pk, entries[4].pk, 1),
    ]
    assert broken() == []

    _past_all_triggers("UPDATE incentives_entry SET memo = 'Something else' WHERE id = %s", entries[2].pk)

    assert broken() == ["what is sealed is as it was"]


def test_an_entry_slipped_in_breaks_its_seal(rep):
    first, gone = booked(10, person=rep.person), booked(10, person=rep.person)
    booked(10, person=rep.person)
    sealing.seal()

    _past_all_triggers("DELETE FROM incentives_posting WHERE entry_id = %s", gone.pk)
    _past_all_triggers("DELETE FROM incentives_entry WHERE id = %s", gone.pk)

    assert "what is sealed is as it was" in broken()
    assert first.pk < gone.pk


def _past_all_triggers(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


# ---------------------------------------------------------------- any order, against plain Python


class Points(RuleBasedStateMachine):
    """Two people and every verb; beside the ledger a Counter per person does the same."""

    entries = Bundle("entries")
    asked = Bundle("asked")
    spent = Bundle("spent")
    promised = Bundle("promised")

    def __init__(self):
        super().__init__()
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.people = [PersonFactory(), PersonFactory()]
        self.wallets = [services.wallet_of(person) for person in self.people]
        self.finance = UserFactory(role=Role.FINANCE)
        self.model = [Counter(), Counter()]
        self.n = 0

    def key(self):
        self.n += 1
        return f"machine:{self.n}"

    def moved(self, who, points, *, out, into):
        """Do in the model what a verb does; say whether it may be."""
        held = self.model[who]
        if out is not None and held[out] < points:
            return False
        if out is not None:
            held[out] -= points
        if into is not None:
            held[into] += points
        return True

    def tried(self, may, verb, **given):
        """Run a verb that the model allows, or that must be refused."""
        if may:
            return verb(**given)
        with pytest.raises(OverdrawnError):
            verb(**given)
        return None

    @rule(target=entries, who=st.integers(0, 1), points=st.integers(1, 90))
    def earn(self, who, points):
        self.moved(who, points, out=None, into="available")
        return who, services.post(key=self.key(), memo="Well done", person=self.people[who], points=points), points

    @rule(target=promised, who=st.integers(0, 1), points=st.integers(1, 90))
    def promise(self, who, points):
        self.moved(who, points, out=None, into="pending")
        given = {"key": self.key(), "memo": "If it comes true", "person": self.people[who], "points": points}
        return who, services.post(**given, waits=True), points

    @rule(promise=consumes(promised), true=st.booleans())
    def settle_promise(self, promise, true):
        who, entry, points = promise
        self.moved(who, points, out="pending", into="available" if true else None)
        if true:
            services.vest(entry=entry)
        else:
            services.void(entry=entry, reason="Not so")

    @rule(target=asked, who=st.integers(0, 1), points=st.integers(1, 120))
    def reserve(self, who, points):
        may = self.moved(who, points, out="available", into="reserved")
        given = {"wallet": self.wallets[who], "points": points, "key": self.key(), "memo": "A reward"}
        return who, self.tried(may, services.reserve, **given), points

    @rule(target=spent, reward=consumes(asked), refused=st.booleans())
    def settle_reward(self, reward, refused):
        who, entry, points = reward
        if entry is None:
            return who, None, points
        self.moved(who, points, out="reserved", into="available" if refused else "redeemed")
        if refused:
            services.release(entry=entry, memo="Refused")
            return who, None, points
        return who, services.redeem(entry=entry, memo="On its way"), points

    @rule(reward=consumes(spent))
    def refund(self, reward):
        who, entry, points = reward
        if entry is not None:
            self.moved(who, points, out="redeemed", into="available")
            services.refund(entry=entry, memo="Returned")

    @rule(who=st.integers(0, 1), points=st.integers(1, 60))
    def expire(self, who, points):
        may = self.moved(who, points, out="available", into="expired")
        given = {"wallet": self.wallets[who], "points": points, "key": self.key(), "memo": "A year old"}
        self.tried(may, services.expire, **given)

    @rule(earned=entries)
    def reverse(self, earned):
        who, entry, points = earned
        if Entry.objects.filter(reverses=entry).exists():
            with pytest.raises(AlreadyReversedError):
                services.reverse(entry=entry, reason="Again", actor=self.finance)
            return
        may = self.moved(who, points, out="available", into=None)
        self.tried(may, services.reverse, entry=entry, reason="Wrong", actor=self.finance)

    @precondition(lambda self: self.n)
    @rule()
    def seal(self):
        sealing.seal(stretch=3)

    def teardown(self):
        """Look at the end of a run, then leave nothing of it behind."""
        try:
            self.compare()
        finally:
            transaction.set_rollback(True)
            self.frame.__exit__(None, None, None)

    def compare(self):
        for wallet, held in zip(self.wallets, self.model, strict=True):
            assert books(wallet) == {book: points for book, points in held.items() if points}
        assert broken() == []
        assert not Posting.objects.filter(book=Book.ISSUED, wallet__isnull=False).exists()


def test_the_ledger_does_what_plain_python_does():
    run_state_machine_as_test(
        Points,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
