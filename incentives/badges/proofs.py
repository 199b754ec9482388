"""What must always be true of badges; `manage.py verify` asks."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

# A limit may be lowered later: what was given before that stays, so only what was given since is counted against it.
_LIMIT = """
SELECT b.slug AS badge, g.month, count(*) AS given, b.a_month AS limit
FROM incentives_badgegrant g JOIN incentives_badge b ON b.id = g.badge_id
WHERE g.revoked_at IS NULL AND b.a_month IS NOT NULL AND g.created_at > b.updated_at
GROUP BY b.id, g.month HAVING count(*) > b.a_month
"""
_TOLD = """
SELECT g.public_id AS given FROM incentives_badgegrant g
WHERE NOT EXISTS (
    SELECT 1 FROM kernel_event e
    WHERE e.topic = 'badge.granted' AND e.subject_type = 'badgegrant' AND e.subject_id = g.id
)
"""


def proofs() -> Iterable[Proof]:
    """No badge was given more often than its month allows, and the stream tells of each giving."""
    yield by_query("no badge is given more often a month than it may", _LIMIT)
    yield by_query("the stream tells of each badge that was given", _TOLD)
