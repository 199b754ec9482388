"""What must always be true of entries; `manage.py verify` asks."""

from collections.abc import Iterator

from awards.entries.content import hash_of
from awards.entries.models import EntryVersion
from refprogram.kernel.proofs import MOST_ROWS, Proof, by_query

LOOKED_AT = 2_000  # the newest versions: their hashes are worked out again


def proofs() -> Iterator[Proof]:
    """What was handed in has its version, versions say what their hash says, and nothing is shown without a consent."""
    yield by_query(
        "an entry that was handed in has each of its versions",
        "SELECT e.code AS entry, e.version FROM awards_contestentry e WHERE NOT e.anchor AND e.version <>"
        " (SELECT count(*) FROM awards_entryversion v WHERE v.entry_id = e.id)",
    )
    newest = EntryVersion.objects.order_by("-pk").values_list("pk", "content", "hash")[:LOOKED_AT]
    altered = [f"version={pk}" for pk, content, kept in newest.iterator() if hash_of(content) != kept]
    yield Proof("a version of an entry is what its hash says", altered[:MOST_ROWS])
    yield by_query(
        "an entry that judges may read stands in a category, and one that competes was handed in",
        "SELECT e.code AS entry FROM awards_contestentry e WHERE e.state IN ('eligible', 'locked', 'closed')"
        " AND NOT EXISTS (SELECT 1 FROM awards_categoryentry p WHERE p.entry_id = e.id)",
    )
    yield by_query(
        "a use that ended with its consent ended here too",
        "SELECT c.id AS agreed FROM awards_entryconsent c JOIN references_consent k ON k.id = c.consent_id"
        " WHERE k.revoked_at IS NOT NULL AND c.revoked_at IS NULL",
    )
    yield by_query(
        "internal entries agreed to nothing",
        "SELECT c.id AS agreed FROM awards_entryconsent c JOIN awards_contestentry e ON e.id = c.entry_id"
        " WHERE e.team_id IS NOT NULL",
    )
    yield by_query(
        "a refusal and a disqualification have two people",
        "SELECT e.code AS entry FROM awards_contestentry e WHERE e.screened_by_id = e.second_opinion_by_id",
    )
