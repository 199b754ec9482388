"""What must always be true of what rules have given; `manage.py verify` asks."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

# What rules that only ever gave points have counted for a person, beside what the ledger says they gave: what was
# earned or promised, without what was taken back of it. What did not come true stays counted: the cap was used. A
# reversal counts as soon as its event has been heard.
_TALLIES = """
WITH told AS (
    SELECT e.rule_id, 'p' || w.person_id AS holder, sum(p.amount) AS amount
    FROM incentives_entry e
    JOIN incentives_posting p ON p.entry_id = e.id AND p.book IN ('available', 'pending')
    JOIN incentives_wallet w ON w.id = p.wallet_id AND w.person_id IS NOT NULL
    LEFT JOIN incentives_entry undone ON undone.id = e.reverses_id
    WHERE e.rule_id IS NOT NULL AND e.event_id IS NOT NULL
        AND (e.kind = 'earned' OR (undone.kind IN ('earned', 'vested') AND NOT EXISTS (
            SELECT FROM kernel_event heard JOIN kernel_delivery owed ON owed.event_id = heard.id
            WHERE heard.topic = 'points.reversed' AND heard.subject_type = 'entry' AND heard.subject_id = undone.id
                AND owed.handler = 'incentives.handlers.free_caps' AND owed.done_at IS NULL
        )))
    GROUP BY 1, 2
), kept AS (
    SELECT t.rule_id, t.holder, CAST(t.sums -> 'total' ->> 0 AS bigint) AS amount
    FROM incentives_ruletally t WHERE t.holder <> ''
), others AS (
    SELECT id FROM incentives_rule WHERE coalesce(definition -> 'gives' ->> 'gift', 'points') <> 'points'
)
SELECT rule_id, holder, coalesce(kept.amount, 0) AS counted, coalesce(told.amount, 0) AS booked
FROM told FULL JOIN kept USING (rule_id, holder)
WHERE coalesce(kept.amount, 0) <> coalesce(told.amount, 0) AND rule_id NOT IN (SELECT id FROM others)
"""
_OF_ALL = """
SELECT t.rule_id, CAST(t.sums -> 'total' ->> 0 AS bigint) AS counted, coalesce(sum_of.amount, 0) AS of_each
FROM incentives_ruletally t
LEFT JOIN LATERAL (
    SELECT sum(CAST(one.sums -> 'total' ->> 0 AS bigint)) AS amount
    FROM incentives_ruletally one WHERE one.rule_id = t.rule_id AND one.holder <> ''
) sum_of ON true
WHERE t.holder = '' AND coalesce(CAST(t.sums -> 'total' ->> 0 AS bigint), 0) <> coalesce(sum_of.amount, 0)
"""
_SPANS = """
SELECT r.public_id AS rule, r.state, count(s.id) AS spans_on
FROM incentives_rule r LEFT JOIN incentives_rulespan s ON s.rule_id = r.id AND s.until IS NULL
GROUP BY r.id HAVING count(s.id) <> CASE WHEN r.state = 'live' THEN 1 ELSE 0 END
"""


def proofs() -> Iterable[Proof]:
    """What rules counted is what the ledger booked, and a rule is on while it says so."""
    yield by_query("what rules counted for a person = what the ledger booked by them", _TALLIES)
    yield by_query("what a rule counted for all = for each together", _OF_ALL)
    yield by_query("a rule is on exactly while it has an open span", _SPANS)
