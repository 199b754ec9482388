"""What must always be true of prizes; `manage.py verify` asks."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

_GIFT = """
SELECT p.public_id AS prize, p.state, g.key AS gift
FROM awards_prizegrant p JOIN governance_fulfilment g ON g.id = p.fulfilment_id
WHERE g.subject_type = 'prizegrant' AND g.subject_id <> p.id
"""
_VALUE = """
SELECT p.public_id AS prize, p.value, g.value AS gift
FROM awards_prizegrant p JOIN governance_fulfilment g ON g.id = p.fulfilment_id
WHERE p.state = 'taken' AND (p.value <> g.value OR p.item <> g.item)
"""
_AWARD = """
SELECT p.public_id AS prize, p.state, a.state AS award
FROM awards_prizegrant p JOIN awards_award a ON a.id = p.award_id
WHERE a.state <> 'published' AND p.state NOT IN ('cancelled', 'refused', 'recalled', 'kept')
    AND a.updated_at < now() - interval '1 hour'
"""
_PLACE = """
SELECT p.public_id AS prize, a.rank, z.place
FROM awards_prizegrant p
JOIN awards_award a ON a.id = p.award_id
JOIN awards_categoryentry e ON e.id = a.place_id
JOIN awards_prize z ON z.id = p.prize_id
WHERE z.contest_id <> a.contest_id OR z.place <> a.rank OR z.people_choice <> a.people_choice
    OR (z.category_id IS NOT NULL AND z.category_id <> e.category_id)
"""
_ARCHIVED = """
SELECT c.slug AS contest, p.public_id AS prize, p.state
FROM awards_prizegrant p
JOIN awards_award a ON a.id = p.award_id
JOIN awards_contest c ON c.id = a.contest_id
LEFT JOIN governance_fulfilment g ON g.id = p.fulfilment_id
WHERE c.state = 'archived' AND (p.state IN ('offered', 'held')
    OR (p.state = 'taken' AND g.state IN ('in_approval', 'waiting_money', 'ready', 'scheduled', 'ordered')))
"""


def proofs() -> Iterable[Proof]:
    """Each prize went to the award it was set out for, by a gift of its own, and none is on its way in an archive."""
    yield by_query("prizes went to the places they were set out for", _PLACE)
    yield by_query("a prize that was taken is its own gift", _GIFT)
    yield by_query("what was taken is what its gift says", _VALUE)
    yield by_query("nothing is offered for an award that was taken back", _AWARD)
    yield by_query("no prize is on its way in a contest that was put away", _ARCHIVED)
