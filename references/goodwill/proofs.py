"""What must always hold about give and take, asked of the live data by `manage.py verify`."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q

from references.accounts import policy
from references.accounts.models import Account, Contact
from references.goodwill.giving import keys_by
from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterable[Proof]:
    """The ledger says what the asks say; what is kept of gives says what the ledger says; plans do not overlap."""
    yield by_query(
        "each ask that was held or declined stands in the ledger once",
        "SELECT k.public_id AS ask FROM references_ask k"
        " LEFT JOIN references_goodwillentry e ON e.source_type = 'ask' AND e.source_id = k.id"
        " WHERE k.state IN ('spent', 'declined') AND k.activity_id IS NOT NULL"
        # The stream carries asks to the ledger; within an hour it has.
        " AND k.ended_at < now() - interval '1 hour' AND k.updated_at < now() - interval '1 hour'"
        " AND (k.state = 'declined' OR k.effort > 0)"
        " GROUP BY k.id HAVING count(e.id) <> 1",
        {},
    )
    yield by_query(
        "no entry speaks of an ask that took nothing",
        "SELECT e.id AS entry FROM references_goodwillentry e JOIN references_ask k ON k.id = e.source_id"
        " WHERE e.source_type = 'ask' AND k.state NOT IN ('spent', 'declined')",
        {},
    )
    yield Proof("accounts and contacts keep what was given to them", list(_miscounted()))
    yield by_query(
        "an account kept as a whole is not kept for another plan in the same days",
        "SELECT a.public_id AS reservation FROM references_reservation a JOIN references_reservation b"
        " ON b.account_id = a.account_id AND b.id > a.id AND b.state = 'active' AND a.state = 'active'"
        " AND daterange(a.starts_on, a.ends_on, '[]') && daterange(b.starts_on, b.ends_on, '[]')"
        " AND (a.contact_id IS NULL OR b.contact_id IS NULL)",
        {},
    )


def _miscounted() -> Iterator[str]:
    half_life = policy.now().half_life
    for owner, model in (("account_id", Account), ("contact_id", Contact)):
        said = keys_by(owner, half_life)
        rows: Any = model._default_manager.filter(Q(pk__in=list(said)) | Q(given_key__isnull=False))
        for pk, public_id, found in rows.values_list("pk", "public_id", "given_key"):
            wanted = said.get(pk)
            same = found == wanted or (
                found is not None and wanted is not None and math.isclose(found, wanted, abs_tol=1e-6)
            )
            if not same:
                yield f"{model._meta.model_name}={public_id} given_key={found} should be {wanted}"
