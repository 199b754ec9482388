"""What must always hold about accounts, asked of the live data by `manage.py verify`."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from django.db.models import Q

from references.accounts import clock
from references.accounts.enums import Membership
from references.accounts.kept import recount
from references.accounts.models import Account, Ask, Freeze
from refprogram.kernel.proofs import Proof, by_query


def proofs() -> Iterable[Proof]:
    """Kept columns say what the rows say; every reference rests on a consent; one open ask at a time."""
    facts = {
        "active": Membership.ACTIVE.value,
        "due": Membership.REVIEW_DUE.value,
        # The nightly round has one night's time to let a consent lapse.
        "day": (clock.today() - dt.timedelta(days=1)).isoformat(),
    }
    yield Proof("accounts keep what their asks and freezes say", list(_miscounted()))
    yield by_query(
        "whoever takes part has a consent in force",
        "SELECT c.public_id AS contact FROM references_contact c"
        " WHERE c.state IN (%(active)s, %(due)s) AND c.left_company_at IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM references_consent s"
        "  WHERE s.contact_id = c.id AND s.revoked_at IS NULL AND s.expires_on >= %(day)s::date"
        "    AND s.activities <> '{}')",
        facts,
    )
    yield by_query(
        "every reference account has a contact who takes part",
        "SELECT a.public_id AS account FROM references_account a"
        " WHERE a.state IN (%(active)s, %(due)s) AND a.merged_into_id IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM references_contact c"
        "  WHERE c.account_id = a.id AND c.state = %(active)s AND c.left_company_at IS NULL)",
        facts,
    )


def _miscounted() -> Iterator[str]:
    """Yield the accounts whose kept columns differ from a recount; those never asked or frozen need none."""
    touched = Account.objects.filter(
        Q(pk__in=Ask.objects.values("account"))
        | Q(pk__in=Freeze.objects.values("account"))
        | Q(frozen=True)
        | Q(fatigue_key__isnull=False)
        | Q(open_asks__gt=0)
        | Q(activities_done__gt=0)
    )
    for account in touched.order_by("pk").iterator(chunk_size=500):
        for name, value in asdict(recount(account)).items():
            found = getattr(account, name)
            if not _same(name, found, value):
                yield f"account={account.public_id} {name}={found} should be {value}"


def _same(name: str, found: object, value: object) -> bool:
    if isinstance(found, float) and isinstance(value, float):
        return math.isclose(found, value, abs_tol=1e-6)
    if name == "rests_until" and value is None:  # a day that is over means the same as none
        return found is None or str(found) <= clock.today().isoformat()
    return found == value
