"""What must always be true of gifts; `manage.py verify` asks."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

_MONEY = """
SELECT g.public_id AS gift, g.state, g.value, c.state AS money
FROM governance_fulfilment g LEFT JOIN governance_commitment c ON c.id = g.commitment_id
WHERE g.value > 0 AND (
    (g.state IN ('ready', 'scheduled') AND c.state IS DISTINCT FROM 'committed')
    OR (g.state = 'ordered' AND (c.state IS NULL OR c.state NOT IN ('committed', 'spent')))
    OR (g.state IN ('delivered', 'acknowledged') AND c.state IS DISTINCT FROM 'spent')
    OR (g.state IN ('cancelled', 'rejected', 'unordered') AND c.state IN ('committed', 'waiting'))
)
"""
_CAME_BACK = """
SELECT g.public_id AS gift, g.cost, g.refunded, c.spent
FROM governance_fulfilment g JOIN governance_commitment c ON c.id = g.commitment_id
WHERE c.state = 'spent' AND g.cost - g.refunded IS DISTINCT FROM c.spent
"""
_APPROVED = """
SELECT g.public_id AS gift, g.state, a.state AS approval
FROM governance_fulfilment g LEFT JOIN governance_approval a ON a.id = g.approval_id
WHERE g.state IN ('waiting_money', 'ready', 'scheduled', 'ordered', 'delivered', 'acknowledged')
    AND a.state IS DISTINCT FROM 'approved' AND (g.needed_nobody = '' OR a.id IS NOT NULL)
"""


def proofs() -> Iterable[Proof]:
    """Nothing is ordered without approval and money, and no money is held for what was called off."""
    yield by_query("gifts that are under way were approved", _APPROVED)
    yield by_query("gifts have the money that their state says", _MONEY)
    yield by_query("what was paid for gifts and came back is what their funds spent", _CAME_BACK)
