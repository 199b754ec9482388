"""What must always be true of newsletters; `manage.py verify` asks."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

# Copies are forgotten after a while, and who leaves is erased: kept figures may be larger than what is left of rows.
_KEPT = """
SELECT n.public_id AS newsletter, n.told, count(c.told_at) AS copies, n.opened, count(c.opened_at) AS open_copies
FROM incentives_newsletter n JOIN incentives_newslettercopy c ON c.newsletter_id = n.id
GROUP BY n.id HAVING count(c.told_at) > n.told OR count(c.opened_at) > n.opened
"""
_STUCK = """
SELECT public_id AS newsletter, sent_at FROM incentives_newsletter
WHERE state = 'sending' AND sent_at < now() - interval '1 hour'
"""


def proofs() -> Iterable[Proof]:
    """What is counted of newsletters is what was told and opened, and none is stuck on its way."""
    yield by_query("newsletters count each copy that was told and opened", _KEPT)
    yield by_query("no newsletter is on its way for an hour", _STUCK)
