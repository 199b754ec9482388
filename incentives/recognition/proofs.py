"""What must always be true of recognition; `manage.py verify` asks."""

from collections.abc import Iterable

from incentives.recognition.levels import THANKS
from refprogram.kernel.proofs import Proof, by_query

# By year alone: its figure is the sum of all thanks in it, whatever the zone makes of a day at its edge.
_FIGURE = """
SELECT coalesce(t.person, r.key) AS person, coalesce(t.n, 0) AS thanks, coalesce(r.value, 0) AS kept
FROM (
    SELECT receiver_id AS person, count(*) AS n FROM incentives_thanks
    WHERE counts AND taken_back_at IS NULL GROUP BY receiver_id
) t FULL JOIN (
    SELECT key, sum(value) AS value FROM kernel_rollup
    WHERE metric = %(metric)s AND period = 'year' AND dimension = 'person' GROUP BY key
) r ON r.key = t.person
WHERE coalesce(t.n, 0) <> coalesce(r.value, 0)
"""
_FEED = """
SELECT p.key AS post FROM incentives_feedpost p
LEFT JOIN incentives_thanks t ON t.id = p.thanks_id
LEFT JOIN incentives_badgegrant g ON g.id = p.grant_id
LEFT JOIN incentives_letter l ON l.id = p.letter_id
WHERE p.hidden_at IS NULL AND (t.taken_back_at < now() - interval '1 hour' OR g.revoked_at < now() - interval '1 hour'
    OR (l.id IS NOT NULL AND (l.state <> 'sent' OR NOT l.public)))
"""


def proofs() -> Iterable[Proof]:
    """The kept figure of thanks is what was given, and nothing in the feed was taken back."""
    yield by_query("the figure of thanks is what was given", _FIGURE, {"metric": THANKS})
    yield by_query("nothing stands in the feed that was taken back", _FEED)
