"""The one door into the ledger: any number of bookings in one statement, each once, or none of them.

Whoever holds several rows holds them in this order: what is settled (a promise with its entry, or a redemption), then
pots, then other wallets by id (the trigger of the postings keeps to it), then an item, a gift, its money. Who books for
many wallets more than once in one transaction does so in the lane "rules", where two never meet.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from incentives.ledger.enums import STANDING, Book, BookingKind
from incentives.ledger.errors import OverdrawnError
from incentives.ledger.models import Wallet
from refprogram.kernel import rollups
from refprogram.kernel.models import new_public_id

METRIC: Final = "points"
REFUSALS: Final = {"wallet_not_overdrawn", "wallet_gone_is_empty"}

# An entry whose key is there already is left out, and so are its sides. All sides come in one statement, which is what
# the trigger of the postings weighs.
_BOOK = """
WITH given AS (
    SELECT * FROM unnest(
        %(public_id)s::text[], %(key)s::text[], %(kind)s::text[], %(memo)s::text[], %(event)s::bigint[],
        %(rule)s::bigint[], %(version)s::smallint[], %(reverses)s::bigint[], %(actor)s::bigint[],
        %(occurred_at)s::timestamptz[], %(team)s::bigint[], %(region)s::bigint[]
    ) AS t (public_id, key, kind, memo, event_id, rule_id, rule_version, reverses_id, actor_id, occurred_at, team_id,
            region_id)
), made AS (
    INSERT INTO incentives_entry (public_id, key, kind, memo, event_id, rule_id, rule_version, reverses_id, actor_id,
                                  occurred_at, team_id, region_id, created_at)
    SELECT given.*, %(now)s FROM given
    ON CONFLICT (key) DO NOTHING
    RETURNING id, key
), sides AS (
    INSERT INTO incentives_posting (entry_id, book, wallet_id, amount)
    SELECT made.id, s.book, s.wallet_id, s.amount
    FROM unnest(%(side_key)s::text[], %(side_book)s::text[], %(side_wallet)s::bigint[], %(side_amount)s::int[])
         WITH ORDINALITY AS s (key, book, wallet_id, amount, n)
    JOIN made USING (key)
    ORDER BY made.id, s.n
)
SELECT key, id FROM made
"""


@dataclass(frozen=True)
class Side:
    """So many points into (plus) or out of (minus) a book; the program's own (ISSUED) has no wallet."""

    book: Book
    amount: int
    wallet: Wallet | None = None


@dataclass(frozen=True)
class Booking:
    """One entry as it is to be: its sides sum to zero, `key` makes twice once.

    `place` is what it counts for in standings: {"person": id, "team": id, "region": id}; empty: for none.
    """

    key: str
    kind: BookingKind
    memo: str
    sides: tuple[Side, ...]
    event_id: int | None = None
    rule_id: int | None = None
    rule_version: int | None = None
    reverses_id: int | None = None
    actor_id: int | None = None
    occurred_at: dt.datetime = field(default_factory=timezone.now)
    place: Mapping[str, int | None] = field(default_factory=dict)
    counts: bool | None = None

    @property
    def standing(self) -> int:
        """How far it moves the standings: what becomes somebody's own, and what of that is taken back."""
        moves = self.kind in STANDING if self.counts is None else self.counts
        return sum(side.amount for side in self.sides if side.book == Book.AVAILABLE) if moves else 0


def book(bookings: Sequence[Booking]) -> dict[str, int]:
    """Book all of them, in the caller's transaction; return key -> entry id of those that were not booked before.

    Raises OverdrawnError when a wallet would hold less than nothing: then none of them is booked.
    """
    if not bookings:
        return {}
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_BOOK, _arrays(bookings))
            made = dict(cursor.fetchall())
            _keep_standings(each for each in bookings if each.key in made)
    except IntegrityError as error:
        if _constraint_of(error) not in REFUSALS:
            raise
        followed = _followed(bookings)
        if followed is not None:
            return book(followed)
        raise _overdrawn(bookings) from error
    return made


def _followed(bookings: Sequence[Booking]) -> list[Booking] | None:
    """Return the bookings as they are to be where a wallet of theirs went into another; None where none did."""
    named = {side.wallet.pk for each in bookings for side in each.sides if side.wallet is not None}
    rows = Wallet.objects.filter(pk__in=named, merged_into__isnull=False).select_related("merged_into")
    gone = {row.pk: row.merged_into for row in rows}
    people = {row.person_id: row.merged_into.person_id for row in rows if row.merged_into is not None}
    if not gone:
        return None
    return [
        replace(
            each,
            sides=tuple(replace(side, wallet=_now(side.wallet, gone)) for side in each.sides),
            place={**each.place, "person": people.get(who, who)} if (who := each.place.get("person")) else each.place,
        )
        for each in bookings
    ]


def _now(wallet: Wallet | None, gone: Mapping[int, Wallet | None]) -> Wallet | None:
    return gone.get(wallet.pk, wallet) if wallet is not None else None


def _arrays(bookings: Sequence[Booking]) -> dict[str, Any]:
    sides = [(each.key, side) for each in bookings for side in each.sides]
    return {
        "now": timezone.now(),
        "public_id": [new_public_id() for _each in bookings],
        "key": [each.key for each in bookings],
        "kind": [str(each.kind) for each in bookings],
        "memo": [each.memo for each in bookings],
        "event": [each.event_id for each in bookings],
        "rule": [each.rule_id for each in bookings],
        "version": [each.rule_version for each in bookings],
        "reverses": [each.reverses_id for each in bookings],
        "actor": [each.actor_id for each in bookings],
        "occurred_at": [each.occurred_at for each in bookings],
        "team": [each.place.get("team") for each in bookings],
        "region": [each.place.get("region") for each in bookings],
        "side_key": [key for key, _side in sides],
        "side_book": [str(side.book) for _key, side in sides],
        "side_wallet": [side.wallet.pk if side.wallet else None for _key, side in sides],
        "side_amount": [side.amount for _key, side in sides],
    }


def _constraint_of(error: IntegrityError) -> str | None:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)


def _overdrawn(bookings: Sequence[Booking]) -> OverdrawnError:
    """Return whose wallet would be overdrawn, as it stands now; by the first that is short."""
    wanted: dict[tuple[int, Book], int] = defaultdict(int)
    wallets: dict[int, Wallet] = {}
    for side in (side for each in bookings for side in each.sides):
        if side.wallet is not None:
            wallets[side.wallet.pk] = side.wallet
            wanted[side.wallet.pk, side.book] += side.amount
    for (pk, book_), amount in wanted.items():
        wallet = wallets[pk]
        wallet.refresh_from_db()
        if getattr(wallet, book_) + amount < 0:
            return OverdrawnError(name=wallet.holder, has=getattr(wallet, book_), needs=-amount)
    return OverdrawnError(name="", has=0, needs=0)  # somebody filled it up meanwhile


def _keep_standings(bookings: Iterable[Booking]) -> None:
    rollups.add_many(
        METRIC,
        ((each.occurred_at, each.place, each.standing) for each in bookings if each.place and each.standing),
    )
