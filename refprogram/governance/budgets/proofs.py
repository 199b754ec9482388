"""What must always be true of budgets; `manage.py verify` asks."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

_SUMS = """
coalesce(sum(amount) FILTER (WHERE kind = 'commit'), 0)
    - coalesce(sum(amount) FILTER (WHERE kind IN ('release', 'spend')), 0) AS committed,
coalesce(sum(amount) FILTER (WHERE kind = 'spend'), 0)
    - coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0) AS spent,
coalesce(sum(amount) FILTER (WHERE kind = 'allocate'), 0) AS allocated
"""
_FUNDS = f"""
SELECT f.public_id AS fund, f.allocated, b.allocated AS booked, f.committed, b.committed AS booked_committed,
       f.spent, b.spent AS booked_spent
FROM governance_fund f
LEFT JOIN (SELECT fund_id, {_SUMS} FROM governance_fundentry GROUP BY fund_id) b ON b.fund_id = f.id
WHERE (f.allocated, f.committed, f.spent)
    <> (coalesce(b.allocated, 0), coalesce(b.committed, 0), coalesce(b.spent, 0))
"""  # noqa: S608 - our own text
_LINES = f"""
SELECT l.public_id AS line, l.committed, b.committed AS booked_committed, l.spent, b.spent AS booked_spent
FROM governance_budgetline l
LEFT JOIN (
    SELECT line_id, {_SUMS} FROM governance_fundentry WHERE line_id IS NOT NULL GROUP BY line_id
) b ON b.line_id = l.id
WHERE (l.committed, l.spent) <> (coalesce(b.committed, 0), coalesce(b.spent, 0))
"""  # noqa: S608 - our own text
_PROMISES = f"""
SELECT c.public_id AS commitment, c.state, c.amount, b.committed AS booked_committed, c.spent, b.spent AS booked_spent
FROM governance_commitment c
LEFT JOIN (
    SELECT commitment_id, {_SUMS} FROM governance_fundentry WHERE commitment_id IS NOT NULL GROUP BY commitment_id
) b ON b.commitment_id = c.id
WHERE (CASE WHEN c.state = 'committed' THEN c.amount ELSE 0 END, c.spent)
    <> (coalesce(b.committed, 0), coalesce(b.spent, 0))
"""  # noqa: S608 - our own text
# Nobody waits while the oldest who waits could have the money.
_WAITING = """
SELECT DISTINCT ON (f.id) f.public_id AS fund, c.public_id AS commitment, c.amount
FROM governance_commitment c JOIN governance_fund f ON f.id = c.fund_id AND f.state = 'open'
WHERE c.state = 'waiting'
ORDER BY f.id, c.queued_at, c.id
"""
_KEPT_WAITING = f"""
SELECT w.fund, w.commitment FROM ({_WAITING}) w JOIN governance_fund f ON f.public_id = w.fund
WHERE w.amount <= f.allocated - f.committed - f.spent
"""  # noqa: S608 - our own text


def proofs() -> Iterable[Proof]:
    """Funds, lines and promises hold what their book says, and money does not lie idle while somebody waits."""
    yield by_query("funds = their books", _FUNDS)
    yield by_query("budget lines = their books", _LINES)
    yield by_query("commitments = their books", _PROMISES)
    yield by_query("nobody waits for money that is there", _KEPT_WAITING)
