"""Which names of a batch may be used now, and what of them: the customer's word for it, and the consent ledger."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from references.accounts import clock
from references.accounts.enums import Membership
from references.batches import policy
from references.consents.enums import Scope
from references.consents.models import ConsentTerm
from references.requests.enums import BatchKind, NameState
from references.requests.models import BatchName, RequestBatch


@dataclass(frozen=True)
class Usable:
    """What of one name may be shown: always the company; person and title where those were agreed to."""

    name: BatchName
    scopes: frozenset[str]

    @property
    def person(self) -> str:
        """Who may be named."""
        return self.name.contact.person.name if Scope.NAME in self.scopes else ""

    @property
    def title(self) -> str:
        """Their title, where that may be shown."""
        return self.name.contact.person.title if Scope.TITLE in self.scopes else ""


def usable(batch: RequestBatch, names: Iterable[BatchName]) -> list[Usable]:
    """Return the names that may be used now, in their order. One query."""
    allowed = [name for name in names if name.state == NameState.ALLOWED and not _shut(name)]
    held: dict[int, set[str]] = defaultdict(set)
    for contact, scope in in_force(batch, [name.contact_id for name in allowed]):
        held[contact].add(scope)
    return [
        Usable(name, frozenset(held[name.contact_id])) for name in allowed if Scope.COMPANY in held[name.contact_id]
    ]


def in_force(batch: RequestBatch, contacts: Iterable[int]) -> Iterable[tuple[int, str]]:
    """Return what contacts agree to for the purpose of a batch, as (contact, scope).

    A term that asks before each use counts: this use was asked for.
    """
    kind = BatchKind(batch.kind)
    rows = ConsentTerm.objects.filter(
        ~Q(contact__state=Membership.DO_NOT_CONTACT),
        contact__in=list(contacts),
        revoked_at__isnull=True,
        consent__revoked_at__isnull=True,
        expires_on__gte=clock.today(),
        audience__gte=policy.AUDIENCES[kind],
        channel__in=["", policy.CHANNELS[kind]] if policy.CHANNELS[kind] else [""],
        territory__in=["", _territory(batch)],
    )
    return rows.values_list("contact", "scope")


def _territory(batch: RequestBatch) -> str:
    """The region of who reads it; empty, which asks for consent everywhere, where nobody knows."""
    reader = batch.opportunity.account if batch.opportunity else None
    return reader.region.name if reader is not None and reader.region is not None else ""


def _shut(name: BatchName) -> bool:
    """Whether nothing of the account may be shown now, whatever was agreed to."""
    account = name.account
    return account.frozen or account.merged_into_id is not None or account.state == Membership.DO_NOT_CONTACT
