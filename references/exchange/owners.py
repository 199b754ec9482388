"""Proposing an owner for accounts that have none: the agent with most of their deals."""

from typing import NamedTuple

from django.db import connection

from references.accounts.models import Account
from refprogram.kernel.stream import Subject, emit_many

_PROPOSED = """
WITH counted AS (
    SELECT account_id, owner_id, count(*) AS deals,
           row_number() OVER (
               PARTITION BY account_id ORDER BY count(*) DESC, max(opened_on) DESC NULLS LAST, owner_id
           ) AS place
    FROM references_opportunity
    WHERE account_id IS NOT NULL AND owner_id IS NOT NULL
    GROUP BY account_id, owner_id
)
UPDATE references_account a
SET owner_id = c.owner_id, region_id = coalesce(a.region_id, t.region_id), updated_at = now()
FROM counted c JOIN people_user u ON u.id = c.owner_id LEFT JOIN people_team t ON t.id = u.team_id
WHERE c.account_id = a.id AND c.place = 1 AND a.owner_id IS NULL
RETURNING a.id, c.owner_id, c.deals
"""


class Proposal(NamedTuple):
    """One account, the user proposed as its owner, and the number of deals that speaks for it."""

    account_id: int
    owner_id: int
    deals: int


def propose_owners() -> list[Proposal]:
    """Give every ownerless account the agent with most of its deals (ties: the latest one), and that agent's region."""
    with connection.cursor() as cursor:
        cursor.execute(_PROPOSED)
        proposals = [Proposal(*row) for row in cursor.fetchall()]
    emit_many(
        "account.owner_proposed",
        [
            (
                Subject(Account._meta.model_name or "", p.account_id),
                p.account_id,
                {"owner": p.owner_id, "deals": p.deals},
            )
            for p in proposals
        ],
    )
    return proposals
