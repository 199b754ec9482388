"""What must always be true of consequences; `manage.py verify` asks."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

_BINDS = """
SELECT c.public_id AS case_id, c.state FROM governance_consequencecase c
JOIN people_restriction r ON r.id = c.restriction_id
WHERE (c.state IN ('appealed', 'waived') AND r.lifted_at IS NULL AND r.ends_at > now())
    OR (c.state IN ('notified', 'in_force') AND (r.lifted_at IS NOT NULL
        OR r.starts_at <> c.takes_effect_at OR r.ends_at <> c.ends_at))
"""
_NAMED = """
SELECT e.public_id AS evaluation, e.cohort, e.min_cohort, count(c.id) AS cases
FROM governance_evaluation e
LEFT JOIN governance_consequencecase c ON c.policy_id = e.policy_id AND c.period_starts_on = e.starts_on
GROUP BY e.id HAVING count(c.id) > 0 AND e.cohort < e.min_cohort
"""
_TASKS = """
SELECT c.public_id AS case_id, t.public_id AS task FROM governance_consequencecase c
JOIN governance_task t ON t.id = c.task_id WHERE c.state = 'waived' AND t.state = 'open'
"""


def proofs() -> Iterable[Proof]:
    """What binds is what the case says, nobody was named in a small cohort, and nothing is left of what was waived."""
    yield by_query("restrictions bind as their cases say", _BINDS)
    yield by_query("nobody is named in a small cohort", _NAMED)
    yield by_query("waived cases leave no open task", _TASKS)
