"""What must always be true of a contest's end; `manage.py verify` asks."""

from collections.abc import Iterator

from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterator[Proof]:
    """Nothing is read before the announcement, nor by whom it does not concern; a story comes of its own customer."""
    yield by_query(
        "a comment belongs to the entry of its ballot",
        "SELECT f.public_id AS feedback FROM awards_feedback f JOIN awards_ballot b ON b.id = f.ballot_id"
        " JOIN awards_assignment a ON a.id = b.assignment_id JOIN awards_categoryentry p ON p.id = a.place_id"
        " WHERE p.entry_id <> f.entry_id",
    )
    yield by_query(
        "feedback is open and people are thanked only after the announcement",
        "SELECT c.slug FROM awards_contest c LEFT JOIN awards_closing e ON e.contest_id = c.id"
        " LEFT JOIN awards_winnerkit k ON k.contest_id = c.id"
        " WHERE c.state NOT IN ('published', 'fulfilment', 'archived')"
        " AND (e.feedback_opened_at IS NOT NULL OR k.thanked_at IS NOT NULL)",
    )
    yield by_query(
        "a story that was drafted from an entry is of the customer who entered, now or before they were merged",
        "SELECT f.public_id AS follow_up FROM awards_followup f JOIN awards_contestentry e ON e.id = f.entry_id"
        " JOIN references_asset a ON a.id = f.asset_id WHERE a.account_id <> e.account_id AND NOT EXISTS"
        " (SELECT 1 FROM references_merge m WHERE m.noun = 'account' AND m.undone_at IS NULL"
        " AND a.account_id IN (m.kept_id, m.merged_id) AND e.account_id IN (m.kept_id, m.merged_id))",
    )
    yield by_query(
        "an outcome that was noted from an entry is of the customer who entered, now or before they were merged",
        "SELECT r.id AS result FROM awards_recordedresult r JOIN awards_entrymetric m ON m.id = r.metric_id"
        " JOIN awards_contestentry e ON e.id = m.entry_id JOIN references_outcome o ON o.id = r.outcome_id"
        " WHERE o.account_id <> e.account_id AND NOT EXISTS"
        " (SELECT 1 FROM references_merge g WHERE g.noun = 'account' AND g.undone_at IS NULL"
        " AND o.account_id IN (g.kept_id, g.merged_id) AND e.account_id IN (g.kept_id, g.merged_id))",
    )
