"""Reading records as they are looked at: some hundreds at a time, in a few statements."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from incentives.quality.enums import RecordType
from incentives.quality.records import AccountFacts, ContactFacts, DealFacts, Facts
from references.accounts.enums import OPEN_STAGES
from references.models import Account, Contact, Opportunity

CHUNK: Final = 1_000


class Record(NamedTuple):
    """A record: what it is, whose it is to mend, when it was last written."""

    id: int
    label: str
    user_id: int | None
    changed_at: dt.datetime
    facts: Facts


def records(record_type: RecordType, owner_id: int | None = None) -> Iterator[list[Record]]:
    """Yield the records that are looked at, in chunks by key; of one colleague alone if named."""
    rows, read = _READ[record_type]
    wanted = rows()
    if owner_id is not None:
        wanted = wanted.filter(**{_OWNER[record_type]: owner_id})
    after = 0
    while keys := list(wanted.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        yield read(keys)
        after = keys[-1]


_OWNER: Final = {RecordType.ACCOUNT: "owner", RecordType.CONTACT: "account__owner", RecordType.OPPORTUNITY: "owner"}


def accounts() -> QuerySet[Account]:
    """Return the accounts that are looked at."""
    return Account.objects.filter(merged_into__isnull=True)


def contacts() -> QuerySet[Contact]:
    """Return the contacts that are looked at: who still works there."""
    return Contact.objects.filter(
        merged_into__isnull=True, left_company_at__isnull=True, person__erased_at__isnull=True,
        account__merged_into__isnull=True,
    )  # fmt: skip


def deals() -> QuerySet[Opportunity]:
    """Return the deals that are looked at: open ones."""
    return Opportunity.objects.filter(stage__in=OPEN_STAGES)


def _accounts(keys: Sequence[int]) -> list[Record]:
    people = contacts().filter(account=OuterRef("pk")).exclude(person__email="")
    rows = list(
        Account.objects.filter(pk__in=keys).annotate(reachable=Exists(people)).order_by("pk").values(
            "pk", "name", "match_key", "industry", "region", "city", "employees", "owner", "verified_at", "provenance",
            "updated_at", "created_at", "reachable",
        )
    )  # fmt: skip
    names = {row["match_key"] for row in rows}
    twins = _first_of(accounts().filter(match_key__in=names).exclude(match_key=""), "match_key")
    return [
        Record(
            row["pk"], row["name"], row["owner"], row["updated_at"],
            AccountFacts(
                industry=row["industry"], region=row["region"], city=row["city"], employees=row["employees"],
                owner=row["owner"], reachable=row["reachable"], confirmed_on=_confirmed(row),
                twin=twins.get((row["match_key"],), row["pk"]) < row["pk"],
            ),
        )
        for row in rows
    ]  # fmt: skip


def _confirmed(row: Mapping[str, Any]) -> dt.date:
    """Return when somebody last said that the account is right: a colleague, the CRM, or who opened it."""
    said = [dt.datetime.fromisoformat(word["at"]) for word in row["provenance"].values() if word.get("at")]
    return timezone.localdate(max(filter(None, [row["created_at"], row["verified_at"], *said])))


def _first_of(rows: QuerySet[Any], *by: str) -> dict[tuple[Any, ...], int]:
    """Return the oldest of those that are there more than once: the later ones are the copies."""
    several = rows.order_by().values_list(*by).annotate(n=Count("pk"), first=Min("pk")).filter(n__gt=1)
    return {tuple(values): first for *values, _n, first in several}


def _contacts(keys: Sequence[int]) -> list[Record]:
    rows = list(
        Contact.objects.filter(pk__in=keys).order_by("pk").values(
            "pk", "account", "account__owner", "person__name", "person__email", "person__title", "person__phone",
            "person__updated_at", "seniority", "updated_at",
        )
    )  # fmt: skip
    same = contacts().filter(account__in={row["account"] for row in rows}).annotate(named=Lower("person__name"))
    twins = _first_of(same, "account", "named")
    return [
        Record(
            row["pk"], row["person__name"], row["account__owner"], max(row["updated_at"], row["person__updated_at"]),
            ContactFacts(
                email=row["person__email"], title=row["person__title"], phone=row["person__phone"],
                seniority=row["seniority"],
                twin=twins.get((row["account"], row["person__name"].lower()), row["pk"]) < row["pk"],
            ),
        )
        for row in rows
    ]  # fmt: skip


def _deals(keys: Sequence[int]) -> list[Record]:
    rows = list(
        Opportunity.objects.filter(pk__in=keys).order_by("pk").values(
            "pk", "name", "external_ref", "public_id", "owner", "account", "product", "amount", "opened_on",
            "closes_on", "updated_at",
        )
    )  # fmt: skip
    same = deals().filter(account__in={row["account"] for row in rows if row["account"]}).exclude(name="")
    twins = _first_of(same, "account", "name", "amount")
    return [
        Record(
            row["pk"], row["name"] or row["external_ref"] or row["public_id"], row["owner"], row["updated_at"],
            DealFacts(
                account=row["account"], product=row["product"], amount=row["amount"], opened_on=row["opened_on"],
                closes_on=row["closes_on"], touched_on=timezone.localdate(row["updated_at"]),
                twin=twins.get((row["account"], row["name"], row["amount"]), row["pk"]) < row["pk"],
            ),
        )
        for row in rows
    ]  # fmt: skip


_READ: Final[Mapping[RecordType, tuple[Any, Any]]] = {
    RecordType.ACCOUNT: (accounts, _accounts),
    RecordType.CONTACT: (contacts, _contacts),
    RecordType.OPPORTUNITY: (deals, _deals),
}


def kept_by(user_ids: Iterable[int]) -> dict[int, int]:
    """Return how many records are each colleague's to keep right."""
    wanted = list(user_ids)
    found: dict[int, int] = dict.fromkeys(wanted, 0)
    for record_type, (rows, _read) in _READ.items():
        path = _OWNER[record_type]
        counted = rows().filter(**{f"{path}__in": wanted}).order_by().values(path).annotate(n=Count("pk"))
        for row in counted:
            found[row[path]] += row["n"]
    return found
