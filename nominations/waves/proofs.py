"""What must always be true of waves; `manage.py verify` asks."""

from collections.abc import Iterator

from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterator[Proof]:
    """One wave at a time, people only in cohorts that have opened, and nobody waits for a wave that is over."""
    yield by_query(
        "at most one wave is under way",
        "SELECT string_agg(public_id, ' ') AS waves FROM nominations_wave WHERE state IN ('running', 'paused')"
        " HAVING count(*) > 1",
    )
    yield by_query(
        "who is asked is in a cohort of that very wave, and the cohort has opened",
        "SELECT m.id AS member FROM nominations_cohortmember m JOIN nominations_cohort c ON c.id = m.cohort_id"
        " WHERE m.wave_id <> c.wave_id OR c.opened_at IS NULL",
    )
    yield by_query(
        "a cohort that is over had opened, and none of a wave that is over is open",
        "SELECT c.public_id AS cohort FROM nominations_cohort c JOIN nominations_wave w ON w.id = c.wave_id"
        " WHERE (c.closed_at IS NOT NULL AND c.opened_at IS NULL)"
        " OR (w.state = 'ended' AND c.opened_at IS NOT NULL AND c.closed_at IS NULL)",
    )
    yield by_query(
        "a nomination came with a cohort in which its nominator is",
        "SELECT n.public_id AS nomination FROM nominations_nomination n WHERE n.cohort_id IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM nominations_cohortmember m WHERE m.cohort_id = n.cohort_id AND m.user_id = n.nominator_id)",
    )
    yield by_query(
        "nothing waits for its turn for an hour when no wave is under way",
        "SELECT n.public_id AS nomination FROM nominations_nomination n WHERE n.state = 'queued'"
        " AND n.state_since < now() - interval '1 hour'"
        " AND NOT EXISTS (SELECT 1 FROM nominations_wave w WHERE w.state IN ('running', 'paused')"
        " OR w.updated_at > now() - interval '1 hour')",
    )
