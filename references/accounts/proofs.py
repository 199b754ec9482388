"""What must always hold about accounts, asked of the live data by `manage.py verify`."""

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from references.accounts import clock, policy
from references.accounts.enums import Membership
from references.accounts.kept import ContactKept, Kept, count, facts_of
from references.accounts.models import Account, Ask, Contact, Freeze
from refprogram.kernel.proofs import Proof, by_query

CHUNK: Final = 1000


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
    for chunk in chunks(touched.order_by("pk")):
        facts, now = facts_of([account.pk for account in chunk]), timezone.now()
        for account in chunk:
            kept, by_contact = count(facts[account.pk], at=now, figures=policy.now())
            yield from _differences("account", account, kept)
            for contact in facts[account.pk].contacts:
                yield from _differences("contact", contact, by_contact[contact.pk])


def _differences(noun: str, row: Account | Contact, kept: Kept | ContactKept) -> Iterator[str]:
    for name, value in asdict(kept).items():
        found = getattr(row, name)
        if not _same(name, found, value):
            yield f"{noun}={row.public_id} {name}={found} should be {value}"


def chunks(accounts: QuerySet[Account]) -> Iterator[list[Account]]:
    """Yield accounts by the thousand: their rows are read together."""
    rows = accounts.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _same(name: str, found: object, value: object) -> bool:
    if isinstance(found, float) and isinstance(value, float):
        return math.isclose(found, value, abs_tol=1e-6)
    if name == "rests_until" and value is None:  # a day that is over means the same as none
        return found is None or str(found) <= clock.today().isoformat()
    return found == value
