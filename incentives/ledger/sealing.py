"""Sealing the ledger: every so often the new entries are hashed, in the order of their ids, over the hash before them.

Who changes an old line in the database itself, past all triggers, breaks that seal and each one after it.
"""

from typing import Any, Final

from django.db import connection, transaction

from incentives.ledger.models import Entry, Seal
from refprogram.kernel.stream import enter_lane

STRETCH: Final = 1000  # entries under one seal
FIRST: Final = "0" * 64

# An entry in words, with all its sides; nothing of it is left out, so nothing of it changes unseen.
CONTENT: Final = """
SELECT e.id, concat_ws('|', e.id, e.public_id, e.key, e.kind, coalesce(e.event_id, 0), coalesce(e.rule_id, 0),
    coalesce(e.rule_version, 0), coalesce(e.reverses_id, 0), coalesce(e.actor_id, 0), e.memo,
    extract(epoch FROM e.occurred_at), coalesce(e.team_id, 0), coalesce(e.region_id, 0),
    extract(epoch FROM e.created_at), p.sides) AS line
FROM incentives_entry e
LEFT JOIN LATERAL (
    SELECT string_agg(concat_ws(':', id, book, coalesce(wallet_id, 0), amount), ',' ORDER BY id) AS sides
    FROM incentives_posting WHERE entry_id = e.id
) p ON true
"""
_NEXT = f"""
WITH stretch AS ({CONTENT} WHERE e.id > %(after)s AND e.id <= %(upto)s ORDER BY e.id LIMIT %(stretch)s)
SELECT min(id), max(id), count(*),
    encode(sha256(convert_to(%(before)s || string_agg(line, E'\\n' ORDER BY id), 'UTF8')), 'hex')
FROM stretch
"""  # noqa: S608 - our own text


def seal(*, stretch: int = STRETCH) -> int:
    """Seal what is not sealed yet; return how many entries that were. Safe to run twice, and while others book.

    Bookings wait for the moment in which the last entry is looked up, not for the sealing: each stretch is sealed by
    itself, however many there are.
    """
    upto, sealed = _nothing_comes_before(), 0
    while (now := _seal_next(stretch, upto)) is not None:
        sealed += now.entries
    return sealed


@transaction.atomic
def _nothing_comes_before() -> int:
    """Return the last entry there is, at a moment at which none with a smaller number can still come."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE incentives_entry IN SHARE MODE")
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic
def _seal_next(stretch: int, upto: int) -> Seal | None:
    enter_lane("seals")
    last = Seal.objects.order_by("-last").first()
    given: dict[str, Any] = {
        "after": last.last if last else 0,
        "before": last.hash if last else FIRST,
        "stretch": stretch,
        "upto": upto,
    }
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, given)
        first, end, entries, digest = cursor.fetchone()
    if not entries:
        return None
    return Seal.objects.create(first=first, last=end, entries=entries, hash=digest)
