"""What must always be true of the catalogue; `manage.py verify` asks."""

from collections.abc import Iterable

from django.utils import timezone

from refprogram.kernel.proofs import Proof, by_query

_STOCK = """
SELECT i.public_id AS item, i.taken AS kept, count(r.id) AS held
FROM incentives_item i LEFT JOIN incentives_redemption r ON r.item_id = i.id AND r.holds_stock
GROUP BY i.id HAVING i.taken <> count(r.id)
"""
# Where the points of a redemption lie: reserved while it is asked for, redeemed while it is on its way or there, and
# with their wallet again where it came to nothing.
_POINTS = """
SELECT r.public_id AS redemption, r.state, settled.kind AS settled, refund.kind AS refund
FROM incentives_redemption r
LEFT JOIN incentives_entry settled ON settled.key = 'settle:' || r.reserved_id
LEFT JOIN incentives_entry refund ON refund.key = 'refund:' || r.redeemed_id
WHERE CASE
    WHEN r.state = 'asked' THEN settled.id IS NOT NULL
    WHEN r.state IN ('ordered', 'failed', 'delivered', 'confirmed')
        THEN settled.kind IS DISTINCT FROM 'redeemed' OR refund.id IS NOT NULL
    ELSE settled.kind IS DISTINCT FROM 'released' AND refund.id IS NULL
END
"""
_COST = """
SELECT r.public_id AS redemption, r.points, p.amount AS reserved
FROM incentives_redemption r
JOIN incentives_posting p ON p.entry_id = r.reserved_id AND p.book = 'reserved'
JOIN incentives_wallet w ON w.id = p.wallet_id
WHERE p.amount <> r.points OR (w.id <> r.wallet_id AND w.merged_into_id IS DISTINCT FROM r.wallet_id)
"""
_GIFT = """
SELECT r.public_id AS redemption, r.state, g.state AS gift
FROM incentives_redemption r JOIN governance_fulfilment g ON g.id = r.gift_id
WHERE greatest(r.updated_at, g.updated_at) < now() - interval '1 hour' AND (
    (r.state = 'asked' AND g.state NOT IN ('in_approval', 'waiting_money', 'ready', 'scheduled'))
    OR (r.state IN ('ordered', 'failed') AND g.state <> 'ordered' AND g.replaces_id IS NULL)
    OR (r.state IN ('rejected', 'cancelled') AND g.state IN ('ordered', 'delivered', 'acknowledged'))
)
"""
_MONTHS = """
WITH moved AS (
    SELECT CAST(date_trunc('month', e.created_at AT TIME ZONE %(zone)s) AS date) AS month,
        coalesce(sum(p.amount) FILTER (WHERE p.book = 'redeemed'), 0) AS redeemed,
        coalesce(sum(p.amount) FILTER (WHERE p.book = 'expired'), 0) AS expired,
        coalesce(sum(p.amount) FILTER (WHERE p.book IN ('available', 'reserved')), 0) AS held
    FROM incentives_entry e JOIN incentives_posting p ON p.entry_id = e.id GROUP BY 1
)
SELECT m.starts_on AS month, m.held AS kept, coalesce(told.held, 0) AS posted
FROM incentives_liabilitymonth m
CROSS JOIN LATERAL (SELECT sum(held) AS held FROM moved WHERE moved.month <= m.starts_on) told
LEFT JOIN moved now ON now.month = m.starts_on
WHERE m.held <> coalesce(told.held, 0) OR m.redeemed <> coalesce(now.redeemed, 0)
    OR m.expired <> coalesce(now.expired, 0)
"""


def proofs() -> Iterable[Proof]:
    """Nothing is had twice, and no point is lost on the way."""
    zone = {"zone": timezone.get_default_timezone_name()}
    yield by_query("what is taken of the stock = redemptions that hold one", _STOCK)
    yield by_query("points of redemptions lie where their state says", _POINTS)
    yield by_query("redemptions cost what was reserved for them", _COST)
    yield by_query("redemptions stand where their gifts do", _GIFT)
    yield by_query("closed months of what is owed = postings", _MONTHS, zone)
