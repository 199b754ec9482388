"""What must always be true of points; `manage.py verify` asks."""

from collections.abc import Iterable

from django.conf import settings

from incentives.services.ledger import METRIC
from refprogram.kernel.proofs import Proof, by_query

_UNBALANCED = """
SELECT entry_id, sum(amount) AS total FROM incentives_posting GROUP BY entry_id HAVING sum(amount) <> 0
"""
_WITHOUT_POSTINGS = """
SELECT e.id AS entry_id FROM incentives_entry e
WHERE NOT EXISTS (SELECT 1 FROM incentives_posting p WHERE p.entry_id = e.id)
"""
_BALANCES = """
SELECT person_id, book, coalesce(b.amount, 0) AS kept, coalesce(p.amount, 0) AS posted
FROM incentives_balance b
FULL JOIN (
    SELECT person_id, book, sum(amount) AS amount FROM incentives_posting WHERE person_id IS NOT NULL GROUP BY 1, 2
) p USING (person_id, book)
WHERE coalesce(b.amount, 0) <> coalesce(p.amount, 0)
"""
# Periods of a posting, and for whom it counts: the same arithmetic as kernel.rollups, in the program's own zone.
_STANDINGS = """
WITH told AS (
    SELECT period, CAST(date_trunc(period, e.occurred_at AT TIME ZONE %(zone)s) AS date) AS starts_on,
           dimensions.dimension, dimensions.key, sum(p.amount) AS value
    FROM incentives_posting p
    JOIN incentives_entry e ON e.id = p.entry_id
    CROSS JOIN (VALUES ('week'), ('month'), ('quarter'), ('year')) AS periods (period)
    CROSS JOIN LATERAL (
        VALUES ('person', p.person_id), ('team', e.team_id), ('region', e.region_id)
    ) AS dimensions (dimension, key)
    WHERE p.book = 'available' AND dimensions.key IS NOT NULL
    GROUP BY 1, 2, 3, 4
)
SELECT period, starts_on, dimension, key, coalesce(kept.value, 0) AS kept, coalesce(told.value, 0) AS posted
FROM told
FULL JOIN (SELECT period, starts_on, dimension, key, value FROM kernel_rollup WHERE metric = %(metric)s) kept
    USING (period, starts_on, dimension, key)
WHERE coalesce(kept.value, 0) <> coalesce(told.value, 0)
"""


def proofs() -> Iterable[Proof]:
    """The ledger balances, and what is kept of it is what was posted."""
    yield by_query("every ledger entry sums to zero", _UNBALANCED)
    yield by_query("every ledger entry has its postings", _WITHOUT_POSTINGS)
    yield by_query("balances = postings", _BALANCES)
    yield by_query("standings of points = postings", _STANDINGS, {"zone": settings.TIME_ZONE, "metric": METRIC})
