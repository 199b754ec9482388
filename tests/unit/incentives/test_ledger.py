"""The ledger: twice is once, sides balance, nothing is overdrawn, and the database itself refuses what must not be."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from incentives.ledger import proofs, selectors, services
from incentives.ledger.enums import Book
from incentives.ledger.errors import AlreadyReversedError, OverdrawnError
from incentives.models import Posting, Wallet
from refprogram.kernel import rollups
from refprogram.kernel.errors import InvalidInput, NotAllowed
from tests.cast import Cast
from tests.factories.incentives import booked
from tests.factories.people import PersonFactory, UserFactory
from tests.racing import at_once

pytestmark = pytest.mark.django_db


def test_a_booking_has_two_sides_and_is_kept(rep):
    entry = services.post(key="k", memo="Well done", person=rep.person, points=150)

    sides = sorted(entry.postings.values_list("book", "wallet__person", "amount"))
    assert sides == [(Book.AVAILABLE, rep.person_id, 150), (Book.ISSUED, None, -150)]
    assert selectors.balance_of(rep.person) == 150
    kept = rollups.ranking(
        metric="points",
        period="quarter",
        starts_on=rollups.start_of("quarter", rollups.day_of(entry.occurred_at)),
        dimension="team",
    )
    assert [(line.key, line.value) for line in kept] == [(rep.team_id, Decimal(150))]


def test_the_same_key_books_once(rep):
    first = services.post(key="k", memo="Once", person=rep.person, points=10)

    again = services.post(key="k", memo="Once", person=rep.person, points=10)

    assert again == first
    assert selectors.balance_of(rep.person) == 10


def test_a_reversal_restores_balance_and_standing(rep, finance):
    entry = booked(70, person=rep.person)

    reversal = services.reverse(entry=entry, reason="Counted  twice", actor=finance)

    assert reversal.memo == "Counted twice"
    assert selectors.balance_of(rep.person) == 0
    day = rollups.day_of(entry.occurred_at)
    assert (
        rollups.ranking(metric="points", period="week", starts_on=rollups.start_of("week", day), dimension="person")
        == []
    )


def test_an_entry_is_reversed_once_and_a_reversal_never(rep, finance):
    entry = booked(70, person=rep.person)
    reversal = services.reverse(entry=entry, reason="Wrong", actor=finance)

    with pytest.raises(AlreadyReversedError):
        services.reverse(entry=entry, reason="Wrong", actor=finance)
    with pytest.raises(AlreadyReversedError):
        services.reverse(entry=reversal, reason="Wrong", actor=finance)


def test_spent_points_cannot_be_taken_back(rep, finance):
    entry = booked(70, person=rep.person)
    booked(-50, person=rep.person)

    with pytest.raises(OverdrawnError, match="has 20 points, and 70 would be taken"):
        services.reverse(entry=entry, reason="Wrong", actor=finance)

    assert selectors.balance_of(rep.person) == 20


def test_a_reversal_needs_a_reason_and_the_right(rep, finance):
    entry = booked(70, person=rep.person)

    with pytest.raises(InvalidInput):
        services.reverse(entry=entry, reason="  ", actor=finance)
    with pytest.raises(NotAllowed):
        services.reverse(entry=entry, reason="I want it", actor=rep)


def test_nothing_is_not_booked(rep):
    with pytest.raises(InvalidInput):
        services.post(key="k", memo="Nothing", person=rep.person, points=0)


# ---------------------------------------------------------------- what Postgres refuses by itself


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE incentives_entry SET memo = 'other'",
        "UPDATE incentives_posting SET amount = amount * 2",
        "DELETE FROM incentives_posting",
        "DELETE FROM incentives_entry",
        "TRUNCATE incentives_posting",
        "TRUNCATE incentives_entry CASCADE",
    ],
)
def test_the_database_keeps_what_is_written(sql):
    booked()
    connection.check_constraints()

    refused = pytest.raises(DatabaseError, match=r"Cannot update or delete|is never emptied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_a_one_sided_entry():
    entry = booked()

    with pytest.raises(IntegrityError, match="does not balance"), transaction.atomic():
        Posting.objects.bulk_create([Posting(entry=entry, book=Book.ISSUED, amount=-5)])


def test_the_database_refuses_an_overdraft():
    entry = booked(10)

    with pytest.raises(IntegrityError, match="wallet_not_overdrawn"), transaction.atomic():
        Wallet.objects.filter(postings__entry=entry).update(available=-1)


def test_the_database_refuses_points_of_nobody():
    entry = booked()

    with pytest.raises(IntegrityError, match="posting_wallet_fits_book"), transaction.atomic():
        Posting.objects.bulk_create([Posting(entry=entry, book=Book.AVAILABLE, amount=5)])


# ---------------------------------------------------------------- any order of bookings


class TestAnyOrder(TestCase):
    """Whatever is booked and taken back: balance = sum of postings, and every proof holds."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 2), st.integers(-60, 90).filter(bool)), max_size=12), st.data())
    def test_balance_is_the_sum_of_postings(self, wanted, data):
        people = [UserFactory(team=Cast().north).person, UserFactory().person, PersonFactory()]
        finance = Cast().finance
        entries = []
        for number, (who, points) in enumerate(wanted):
            held = selectors.balance_of(people[who])
            if held + points < 0:
                with pytest.raises(OverdrawnError):
                    booked(points, person=people[who])
            else:
                entries.append(services.post(key=f"h:{number}", memo="x", person=people[who], points=points))
        for entry in data.draw(st.permutations(entries)):
            held = selectors.balance_of(entry.postings.get(book=Book.AVAILABLE).wallet.person)
            if held >= entry.postings.get(book=Book.AVAILABLE).amount:
                services.reverse(entry=entry, reason="back", actor=finance)

        assert [proof.name for proof in proofs.proofs() if not proof.holds] == []


# ---------------------------------------------------------------- at the same time


@pytest.mark.django_db(transaction=True)
def test_the_last_points_are_taken_once():
    person = PersonFactory()
    booked(100, person=person)

    answers = at_once(
        *[lambda n=n: services.post(key=f"prize:{n}", memo="Prize", person=person, points=-100) for n in range(4)]
    )

    assert [type(answer) for answer in answers].count(OverdrawnError) == 3
    assert selectors.balance_of(person) == 0
