"""What must always be true of votes; `manage.py verify` asks."""

from collections.abc import Iterator

from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterator[Proof]:
    """A vote stands in its own contest, no address lies about, and what the public gave was counted by two."""
    yield by_query(
        "a vote is for an entry of its own contest",
        "SELECT v.public_id AS vote FROM awards_publicvote v JOIN awards_contestentry e ON e.id = v.entry_id"
        " WHERE e.contest_id <> v.contest_id",
    )
    yield by_query(
        "a voter’s address is kept no longer than its mail takes",
        "SELECT v.public_id AS vote FROM awards_publicvote v WHERE v.\"to\" <> ''"
        " AND (v.state <> 'unverified' OR v.cast_at < now() - interval '4 days')",
    )
    yield by_query(
        "a vote that stands was confirmed, and one that is taken out says why",
        "SELECT v.public_id AS vote FROM awards_publicvote v WHERE v.state IN ('counted', 'quarantined')"
        " AND v.confirmed_at IS NULL OR v.state = 'voided' AND v.why = ''",
    )
    yield by_query(
        "a people’s choice that is more than proposed was agreed to by a second person",
        "SELECT a.public_id AS award FROM awards_award a WHERE a.people_choice AND a.state NOT IN"
        " ('proposed', 'revoked') AND NOT EXISTS (SELECT 1 FROM awards_votecount c WHERE c.contest_id = a.contest_id"
        " AND c.replaced_at IS NULL AND c.agreed_at IS NOT NULL)",
    )
    yield by_query(
        "no people’s choice rests on a judge’s tally",
        "SELECT a.public_id AS award FROM awards_award a WHERE a.people_choice AND a.tally_id IS NOT NULL",
    )
