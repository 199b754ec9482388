"""What must always hold about approvals, asked of the live data by `manage.py verify`."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterable[Proof]:
    """Every blessing was given, and by nobody for themselves."""
    yield by_query(
        "whatever is approved was approved at every step that was needed",
        "SELECT a.public_id AS approval, t.public_id AS turn FROM governance_approval a"
        " JOIN governance_turn t ON t.approval_id = a.id WHERE a.state = 'approved' AND t.state <> 'skipped'"
        " AND NOT EXISTS (SELECT 1 FROM governance_decision d WHERE d.turn_id = t.id AND d.verdict = 'approve')",
    )
    yield by_query(
        "nobody decided on what they asked for or gain by, nor in the name of somebody who did",
        "SELECT a.public_id AS approval, d.id AS decision FROM governance_approval a"
        " JOIN governance_decision d ON d.approval_id = a.id"
        " WHERE d.by_id = a.requester_id OR d.by_id = ANY(a.barred) OR d.in_name_of_id = ANY(a.barred)",
    )
    yield by_query(
        "an open approval waits for somebody at exactly one place of its chain",
        "SELECT a.public_id AS approval, a.state FROM governance_approval a WHERE a.state IN ('pending', 'more_info')"
        " AND (SELECT count(DISTINCT t.position) FROM governance_turn t"
        "      WHERE t.approval_id = a.id AND t.state = 'open') <> 1",
    )
