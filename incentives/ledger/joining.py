"""Wallets of two who turned out to be one: what the one held goes over by an entry, and comes back when they are two.

Old postings stay where they are. What is still to follow on them (a promise that comes true, a reward that is refused)
is booked to where the wallet went: `booking.book` sees to that, whoever books.
"""

from typing import Final

from django.db import connection, transaction

from incentives.ledger.booking import Booking, Side, book
from incentives.ledger.enums import KEPT, Book, BookingKind
from incentives.ledger.models import Wallet

# What a wallet would hold had it stayed by itself: its own entries and what followed on them, wherever that was booked.
# Going over and coming back sum to nothing.
_THEIRS: Final = """
WITH RECURSIVE theirs AS (
    SELECT entry_id FROM incentives_posting WHERE wallet_id = ANY(%(gone)s)
    UNION
    SELECT next.id FROM theirs CROSS JOIN LATERAL (
        SELECT id FROM incentives_entry WHERE key = ANY(ARRAY[
            'settle:' || theirs.entry_id, 'refund:' || theirs.entry_id, 'reverse:' || theirs.entry_id
        ])
    ) next
)
SELECT p.book, sum(p.amount) FROM theirs JOIN incentives_posting p USING (entry_id)
WHERE p.book NOT IN ('issued', 'budget') GROUP BY p.book
"""


@transaction.atomic
def go_over(*, source: Wallet, target: Wallet, key: str, memo: str) -> list[int]:
    """Bring all that `source` holds into `target`, which stands for it from now on. Twice is once.

    Return the wallets that now lead to `target`: `come_back` takes them.
    """
    rows = _held(source, target)
    source, target = rows[source.pk], rows[target.pk]
    if source.merged_into_id is not None or target.merged_into_id == source.pk:
        return []
    into = Wallet.objects.get(pk=target.merged_into_id or target.pk)
    book(_moving({name: getattr(source, name) for name in KEPT}, source, into, key, memo))
    led_here = list(Wallet.objects.filter(merged_into=source).values_list("pk", flat=True))
    gone = [source.pk, *led_here]
    Wallet.objects.filter(pk__in=gone).update(merged_into=into)
    return gone


@transaction.atomic
def come_back(*, source: Wallet, led_here: list[int], key: str, memo: str) -> None:
    """Give a wallet back what it brought, as it stands by now; what was spent of it since is gone. Twice is once.

    `led_here` is what `go_over` returned.
    """
    if source.merged_into_id is None:
        return
    into = _held(source, Wallet(pk=source.merged_into_id))[source.merged_into_id]
    with connection.cursor() as cursor:
        cursor.execute(_THEIRS, {"gone": [source.pk, *led_here]})
        theirs = {Book(name): int(amount) for name, amount in cursor.fetchall()}
    Wallet.objects.filter(pk__in=[pk for pk in led_here if pk != source.pk]).update(merged_into=source)
    Wallet.objects.filter(pk=source.pk).update(merged_into=None)
    amounts = {name: max(0, min(theirs.get(name, 0), getattr(into, name))) for name in KEPT}
    book(_moving(amounts, into, source, key, memo))


def _held(*wallets: Wallet) -> dict[int, Wallet]:
    rows = Wallet.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in wallets]).order_by("pk")
    return {row.pk: row for row in rows}


def _moving(amounts: dict[Book, int], source: Wallet, target: Wallet, key: str, memo: str) -> list[Booking]:
    sides = [
        side
        for name, amount in amounts.items()
        if amount
        for side in (Side(name, -amount, source), Side(name, amount, target))
    ]
    return [Booking(key, BookingKind.MERGED, memo, tuple(sides))] if sides else []
