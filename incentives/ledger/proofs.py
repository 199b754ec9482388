"""What must always be true of points; `manage.py verify` asks."""

from collections.abc import Iterable

from django.conf import settings

from incentives.ledger.booking import METRIC
from incentives.ledger.enums import KEPT, STANDING
from incentives.ledger.sealing import CONTENT, FIRST
from refprogram.kernel.proofs import Proof, by_query

_UNBALANCED = """
SELECT entry_id, sum(amount) AS total FROM incentives_posting GROUP BY entry_id HAVING sum(amount) <> 0
"""
_WITHOUT_POSTINGS = """
SELECT e.id AS entry_id FROM incentives_entry e
WHERE NOT EXISTS (SELECT 1 FROM incentives_posting p WHERE p.entry_id = e.id)
"""
_SUMS = ", ".join(f"coalesce(sum(amount) FILTER (WHERE book = '{book}'), 0) AS {book}" for book in KEPT)
_KEPT = " OR ".join(f"w.{book} <> coalesce(p.{book}, 0)" for book in KEPT)
_WALLETS = f"""
SELECT w.id AS wallet_id, w.available AS kept, coalesce(p.available, 0) AS posted
FROM incentives_wallet w
LEFT JOIN (
    SELECT wallet_id, {_SUMS} FROM incentives_posting WHERE wallet_id IS NOT NULL GROUP BY wallet_id
) p ON p.wallet_id = w.id
WHERE {_KEPT}
"""  # noqa: S608 - our own text
# Periods of a posting, and for whom it counts (colleagues alone): the same arithmetic as kernel.rollups, in the
# program's own zone. The sums of a day are taken first: whatever the periods are, a day lies in one of each.
_STANDINGS = """
WITH days AS (
    SELECT CAST(e.occurred_at AT TIME ZONE %(zone)s AS date) AS day, w.person_id, e.team_id, e.region_id,
           sum(p.amount) AS value
    FROM incentives_posting p
    JOIN incentives_entry e ON e.id = p.entry_id
    LEFT JOIN incentives_entry undone ON undone.id = e.reverses_id
    JOIN incentives_wallet w ON w.id = p.wallet_id
    JOIN people_user u ON u.person_id = w.person_id
    WHERE p.book = 'available' AND coalesce(undone.kind, e.kind) = ANY(%(standing)s)
    GROUP BY 1, 2, 3, 4
), told AS (
    SELECT period, CAST(date_trunc(period, day) AS date) AS starts_on, dimensions.dimension, dimensions.key,
           sum(value) AS value
    FROM days
    CROSS JOIN (VALUES ('week'), ('month'), ('quarter'), ('year')) AS periods (period)
    CROSS JOIN LATERAL (
        VALUES ('person', person_id), ('team', team_id), ('region', region_id)
    ) AS dimensions (dimension, key)
    WHERE dimensions.key IS NOT NULL
    GROUP BY 1, 2, 3, 4
)
SELECT period, starts_on, dimension, key, coalesce(kept.value, 0) AS kept, coalesce(told.value, 0) AS posted
FROM told
FULL JOIN (SELECT period, starts_on, dimension, key, value FROM kernel_rollup WHERE metric = %(metric)s) kept
    USING (period, starts_on, dimension, key)
WHERE coalesce(kept.value, 0) <> coalesce(told.value, 0)
"""
# Stretch by stretch, each read by the index of the entries.
_SEALS = f"""
WITH stretches AS (
    SELECT s.*, lag(s.hash, 1, %(first)s) OVER (ORDER BY s.last) AS before,
           lag(s.last, 1, 0::bigint) OVER (ORDER BY s.last) AS after
    FROM incentives_seal s
)
SELECT s.first AS from_entry, s.last AS to_entry
FROM stretches s
CROSS JOIN LATERAL (
    SELECT count(*) AS entries, coalesce(string_agg(line, E'\\n' ORDER BY id), '') AS lines
    FROM ({CONTENT} WHERE e.id > s.after AND e.id <= s.last) content
) now
WHERE now.entries <> s.entries
    OR encode(sha256(convert_to(s.before || now.lines, 'UTF8')), 'hex') <> s.hash
"""  # noqa: S608 - our own text


def proofs() -> Iterable[Proof]:
    """The ledger balances, what is kept of it is what was posted, and nobody changed what was sealed."""
    standings = {"zone": settings.TIME_ZONE, "metric": METRIC, "standing": [str(kind) for kind in STANDING]}
    yield by_query("every ledger entry sums to zero", _UNBALANCED)
    yield by_query("every ledger entry has its postings", _WITHOUT_POSTINGS)
    yield by_query("wallets = postings", _WALLETS)
    yield by_query("standings of points = postings", _STANDINGS, standings)
    yield by_query("what is sealed is as it was", _SEALS, {"first": FIRST})
