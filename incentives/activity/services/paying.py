"""Points of this room go through the ledger: any number in one statement, each once for its person and time."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone

from incentives.ledger import services as ledger
from incentives.ledger.booking import Booking, Side, book
from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Entry
from refprogram.kernel.bulk_stream import BulkEvent, emit_bulk
from refprogram.kernel.stream import Subject
from refprogram.people.models import User


class Payment(NamedTuple):
    """So many points for one colleague, who comes with person and team; the same `key` again books nothing.

    They count for the time in which they were earned: `at`.
    """

    key: str
    user: User
    points: int
    memo: str
    at: dt.datetime


def noon_of(day: dt.date) -> dt.datetime:
    """Return the noon of a day, by the program's clock: in no zone it is another month."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def pay(payments: Sequence[Payment]) -> dict[str, Entry]:
    """Book them in the caller's transaction, tell the stream of the new ones, and return the entry of each key."""
    wallets = ledger.wallets_of(payment.user.person for payment in payments)
    made = book(
        [
            Booking(
                key=one.key,
                kind=BookingKind.EARNED,
                memo=one.memo,
                sides=(
                    Side(Book.ISSUED, -one.points),
                    Side(Book.AVAILABLE, one.points, wallets[one.user.person_id]),
                ),
                occurred_at=one.at,
                place={
                    "person": one.user.person_id,
                    "team": one.user.team_id,
                    "region": one.user.team.region_id if one.user.team else None,
                },
            )
            for one in payments
        ]
    )
    emit_bulk(
        [
            BulkEvent(
                "points.posted",
                Subject("entry", made[one.key]),
                None,
                {"person": one.user.person_id, "points": one.points},
                one.at,
            )
            for one in payments
            if one.key in made
        ]
    )
    return {entry.key: entry for entry in Entry.objects.filter(key__in=[one.key for one in payments])}
