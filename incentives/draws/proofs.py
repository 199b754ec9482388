"""What must always be true of draws; `manage.py verify` asks."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

_DRAWN = """
SELECT d.public_id AS draw FROM incentives_draw d
WHERE encode(sha256(convert_to(d.secret, 'UTF8')), 'hex') <> d.commitment
    OR (d.state = 'drawn' AND encode(sha256(convert_to(d.drawn_from, 'UTF8')), 'hex') <> d.list_hash)
"""


def proofs() -> Iterable[Proof]:
    """Each draw was drawn with the secret and from the list that it had published."""
    yield by_query("draws kept the secret and the list they published", _DRAWN)
