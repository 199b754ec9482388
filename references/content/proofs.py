"""What must always hold about content, asked of the live data by `manage.py verify`."""

from collections.abc import Iterable

from refprogram.kernel.proofs import Proof, by_query

# Expiry hides at reading; beat has ten minutes to unpublish. A revocation unpublishes in its own transaction.
GRACE = "10 minutes"


def proofs() -> Iterable[Proof]:
    """Nothing stands without consent in force; nothing is approved whose customer was not heard; looks add up."""
    yield by_query(
        "nothing stands anywhere without consent in force",
        "SELECT p.public_id AS placement FROM references_placement p"
        " WHERE p.state = 'live' AND (NOT EXISTS"
        "  (SELECT 1 FROM references_assetneed n WHERE n.asset_id = p.asset_id AND n.part_id IS NULL)"
        "  OR EXISTS (SELECT 1 FROM references_assetneed n WHERE n.asset_id = p.asset_id AND NOT EXISTS"
        "   (SELECT 1 FROM references_consentterm t JOIN references_consent c ON c.id = t.consent_id"
        "    WHERE t.contact_id = n.contact_id AND t.scope = n.scope"
        "      AND t.revoked_at IS NULL AND c.revoked_at IS NULL"
        "      AND t.expires_on >= (now() - %(grace)s::interval)::date AND t.audience >= p.audience"
        "      AND t.channel IN ('', p.channel) AND t.territory IN ('', p.territory)"
        "      AND NOT EXISTS (SELECT 1 FROM references_contact x WHERE x.id = t.contact_id"
        "        AND x.state = 'do_not_contact'))))",
        {"grace": GRACE},
    )
    yield by_query(
        "terms of a consent that was taken back hold no longer",
        "SELECT t.public_id AS term FROM references_consentterm t JOIN references_consent c ON c.id = t.consent_id"
        " WHERE c.revoked_at IS NOT NULL AND t.revoked_at IS NULL",
        {},
    )
    yield by_query(
        "what is published stands somewhere",
        "SELECT a.public_id AS asset FROM references_asset a WHERE a.state = 'published' AND NOT EXISTS"
        " (SELECT 1 FROM references_placement p WHERE p.asset_id = a.id AND p.state = 'live')",
        {},
    )
    yield by_query(
        "share pages keep as many looks as were counted",
        "SELECT b.public_id AS board FROM references_board b WHERE b.views < (SELECT count(*)"
        " FROM references_boardview v WHERE v.board_id = b.id AND v.item_id IS NULL)",
        {},
    )
