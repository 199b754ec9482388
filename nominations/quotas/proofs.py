"""What must always be true of quotas; `manage.py verify` asks."""

from collections.abc import Iterator

from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterator[Proof]:
    """Shares are the sum of what was counted, and nothing counts twice."""
    yield by_query(
        "a share of a quota is the sum of what was counted for it",
        "SELECT s.public_id AS share, s.counted FROM nominations_quotashare s WHERE s.counted <>"
        " (SELECT coalesce(sum(c.value), 0) FROM nominations_quotacount c WHERE c.share_id = s.id)",
    )
    yield by_query(
        "a nomination counts in one quota of a kind for each person",
        "SELECT c.nomination_id AS nomination, c.user_id AS person, p.counts, count(*) AS times"
        " FROM nominations_quotacount c JOIN nominations_quotaplan p ON p.id = c.plan_id"
        " GROUP BY c.nomination_id, c.user_id, p.counts HAVING count(*) > 1",
    )
    yield by_query(
        "what counts for a quota is no nomination that was refused, withdrawn or joined to another",
        "SELECT c.nomination_id AS nomination, n.state FROM nominations_quotacount c"
        " JOIN nominations_quotaplan p ON p.id = c.plan_id JOIN nominations_nomination n ON n.id = c.nomination_id"
        " WHERE p.state IN ('open', 'grace') AND n.state IN ('not_approved', 'withdrawn', 'merged')"
        " AND n.state_since < now() - interval '10 minutes'",
    )
    yield by_query(
        "a share is reached exactly where it was counted in full",
        "SELECT s.public_id AS share FROM nominations_quotashare s"
        " WHERE (s.reached_at IS NULL) = (s.target > 0 AND s.counted >= s.target)",
    )
