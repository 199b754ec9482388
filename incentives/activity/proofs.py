"""What must always hold in this room."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

_PAID = """
SELECT r.public_id AS week, r.points, e.key
FROM incentives_weekreward r LEFT JOIN incentives_entry e ON e.id = r.entry_id
WHERE r.state = 'paid' AND (e.id IS NULL OR r.points <> (
    SELECT coalesce(sum(p.amount), 0) FROM incentives_posting p WHERE p.entry_id = e.id AND p.book = 'available'))
"""
# Each line by its weight: the first ones whole, the next half; the week at most so much. An old week in which something
# was never proved may have less.
_COUNTED = """
SELECT r.public_id AS week, r.points, c.points AS recounted
FROM incentives_weekreward r CROSS JOIN LATERAL (
    SELECT least((r.terms->>'most_a_week')::int, coalesce(sum(l.points), 0)) AS points,
        coalesce(bool_or(l.points <> l.kept OR l.weight <> (r.terms->'weights'->>l.what)::int), false) AS torn
    FROM (
        SELECT e->>0 AS what, (e->>2)::int AS weight, (e->>3)::int AS kept,
            (e->>2)::int * least((e->>1)::int, (r.terms->>'whole_up_to')::int)
            + (e->>2)::int * greatest(0, least((e->>1)::int, (r.terms->>'half_up_to')::int)
                - (r.terms->>'whole_up_to')::int) / 2 AS points
        FROM jsonb_array_elements(r.lines) e
    ) l
) c
WHERE r.points > c.points OR c.torn OR (r.points < c.points AND NOT EXISTS (
    SELECT FROM incentives_activityproof p WHERE p.reward_id = r.id AND p.state IN ('refused', 'lapsed')))
"""
_ADOPTED = """
SELECT m.public_id AS month, m.used, m.due, m.percent, m.points
FROM incentives_adoptionmonth m
WHERE m.percent <> 100 * m.used / greatest(m.due, 1) OR m.points <> (
    SELECT coalesce(sum(p.amount), 0) FROM incentives_posting p WHERE p.entry_id = m.entry_id AND p.book = 'available')
"""
_PROVED = """
SELECT r.public_id AS week FROM incentives_weekreward r
WHERE r.state <> 'waiting' AND EXISTS (
    SELECT FROM incentives_activityproof p WHERE p.reward_id = r.id AND p.state IN ('asked', 'given'))
"""
_FEW = "SELECT public_id AS look FROM incentives_bottomlook WHERE named > 0 AND (compared < 20 OR named * 5 > compared)"
_PRESENTED = """
SELECT p.public_id AS presentation FROM incentives_presentation p
JOIN governance_consequencecase c ON c.id = p.case_id WHERE p.state = 'passed' AND c.state = 'in_force'
"""


def proofs() -> Iterable[Proof]:
    """Weeks and months are paid as counted and proved; nobody is named among few; what was presented is cleared."""
    yield by_query("every week comes to what its lines come to", _COUNTED)
    yield by_query("every month of use is paid as its days say", _ADOPTED)
    yield by_query("every paid week has its points in the ledger", _PAID)
    yield by_query("no week is paid while a proof is open", _PROVED)
    yield by_query("nobody is named lowest among fewer than twenty", _FEW)
    yield by_query("whoever presented well has nothing in force for it", _PRESENTED)
