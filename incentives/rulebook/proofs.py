"""What must always be true of what rules have given; `manage.py verify` asks."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

# What rules that only ever gave points have counted for a person, beside what the ledger says they gave: what was
# earned or promised, without what was taken back of it. What did not come true stays counted: the cap was used. A
# reversal counts as soon as its event has been heard. Who turned out to be somebody else is counted as that one.
_TALLIES = """
WITH who AS (
    SELECT w.id AS wallet_id, 'p' || w.person_id AS own, 'p' || coalesce(into_.person_id, w.person_id) AS holder
    FROM incentives_wallet w LEFT JOIN incentives_wallet into_ ON into_.id = w.merged_into_id
    WHERE w.person_id IS NOT NULL
), undone AS (
    SELECT CASE WHEN u.kind = 'vested' THEN CAST(substr(u.key, length('settle:') + 1) AS bigint) ELSE u.id END AS id
    FROM incentives_entry r JOIN incentives_entry u ON u.id = r.reverses_id
    WHERE u.kind IN ('earned', 'vested') AND u.rule_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM kernel_event heard JOIN kernel_delivery owed ON owed.event_id = heard.id
        WHERE heard.topic = 'points.reversed' AND heard.subject_type = 'entry' AND heard.subject_id = u.id
            AND owed.handler = 'incentives.handlers.free_caps' AND owed.done_at IS NULL
    )
), told AS (
    SELECT e.rule_id, who.holder, sum(p.amount) AS amount
    FROM incentives_entry e
    JOIN incentives_posting p ON p.entry_id = e.id AND p.book IN ('available', 'pending')
    JOIN who USING (wallet_id)
    LEFT JOIN undone ON undone.id = e.id
    WHERE e.rule_id IS NOT NULL AND e.event_id IS NOT NULL AND e.kind = 'earned' AND undone.id IS NULL
    GROUP BY 1, 2
), kept AS (
    SELECT t.rule_id, coalesce(who.holder, t.holder) AS holder, sum(CAST(t.sums -> 'total' ->> 0 AS bigint)) AS amount
    FROM incentives_ruletally t LEFT JOIN who ON who.own = t.holder
    WHERE t.holder <> '' GROUP BY 1, 2
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

# While somebody tries it, a rule gives to nobody but them; before they have begun, to nobody.
_TRIED = """
SELECT r.public_id AS rule, p.public_id AS pilot, p.state, s.only
FROM incentives_rule r JOIN incentives_rulespan s ON s.rule_id = r.id AND s.until IS NULL
LEFT JOIN governance_pilot p ON p.kind = 'rule' AND p.thing = r.public_id
    AND p.state IN ('draft', 'consulting', 'ready', 'running', 'ended')
WHERE (s.only IS NULL) <> (p.id IS NULL) OR (p.state IN ('draft', 'consulting', 'ready') AND s.only <> '{}')
"""


def proofs() -> Iterable[Proof]:
    """What rules counted is what the ledger booked, and a rule is on while it says so."""
    yield by_query("what rules counted for a person = what the ledger booked by them", _TALLIES)
    yield by_query("what a rule counted for all = for each together", _OF_ALL)
    yield by_query("a rule that is on gives to a few exactly while a pilot of it is open", _TRIED)
    yield by_query("a rule is on exactly while it has an open span", _SPANS)
