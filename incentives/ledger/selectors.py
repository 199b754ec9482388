"""Reading the ledger: lines, wallets, what is owed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import overload

from django.db.models import BigIntegerField, Count, Prefetch, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incentives.ledger.enums import STANDING, Book, WalletKind
from incentives.ledger.models import Entry, Posting, Wallet
from refprogram.kernel.labels import Label
from refprogram.kernel.prepared import Given, Prepared, PreparedCount, PreparedValues
from refprogram.kernel.templatetags import rp
from refprogram.people.models import Person, User

OWN = (Book.PENDING, Book.AVAILABLE)  # what a statement shows: what waits, and what can be spent


def visible_to(user: User) -> QuerySet[Posting]:
    """Return the ledger's lines, one per wallet and book that an entry moved; none to who does not read the ledger."""
    lines = Posting.objects.filter(wallet__isnull=False)
    return lines if user.has_perm("incentives.view_ledger") else lines.none()


def entries_visible_to(user: User) -> QuerySet[Entry]:
    """Return the entries of the ledger to who reads it, with all that their pages and the API say."""
    entries = Entry.objects.select_related("rule", "event", "actor__person", "reverses", "reversed_by")
    entries = entries.prefetch_related(
        Prefetch("postings", Posting.objects.select_related("wallet__person", "wallet__account").order_by("amount"))
    )
    return entries if user.has_perm("incentives.view_ledger") else entries.none()


def wallets_visible_to(user: User) -> QuerySet[Wallet]:
    """Return people's wallets to who reads the ledger, otherwise one's own."""
    wallets = Wallet.objects.filter(kind=WalletKind.PERSON)
    if user.has_perm("incentives.view_ledger"):
        return wallets
    return wallets.filter(person=user.person_id)


def balance_of(person: Person) -> int:
    """Return how many points a person can spend."""
    return next((available for (available,) in _AVAILABLE(person=person.pk)), 0)


_AVAILABLE = PreparedValues(
    lambda: Wallet.objects.filter(person=Given("person", BigIntegerField())).values_list("available")
)


def earners() -> QuerySet[Person]:
    """Return everybody who ever had points, by name: whom the ledger can be narrowed to."""
    return Person.objects.filter(wallet__isnull=False).order_by("name")


def in_full(lines: QuerySet[Posting]) -> QuerySet[Posting]:
    """Add all that a line's reason needs."""
    return lines.select_related(
        *("wallet__person", "wallet__account", "entry__rule", "entry__event"),
        *("entry__actor__person", "entry__reversed_by", "entry__reverses"),
    )


def _own_lines() -> QuerySet[Posting]:
    return Posting.objects.filter(wallet__person=Given("person", BigIntegerField()), book__in=OWN).order_by("-id")


_LINES = Prepared(
    lambda: _own_lines().select_related("entry__rule", "entry__event", "entry__reversed_by"), portion=True
)
_NUMBER_OF_LINES = PreparedCount(lambda: _own_lines().order_by())


class Statement(Sequence[Posting]):
    """A person's own lines, newest first, with what their reasons need: as many of them as a page asks for."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def __len__(self) -> int:
        """How many there are."""
        return _NUMBER_OF_LINES(person=self.person.pk)

    @overload
    def __getitem__(self, part: int) -> Posting: ...
    @overload
    def __getitem__(self, part: slice) -> list[Posting]: ...
    def __getitem__(self, part: int | slice) -> Posting | list[Posting]:
        """Return the line at a place, or those from a place to another one."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        first, last = part.start or 0, part.stop
        return _LINES(person=self.person.pk, start=first, most=last - first)


def main_side(sides: Iterable[Posting]) -> Posting:
    """Return the side of an entry by which it is told: what became somebody's own, else what somebody else's book got.

    `sides` are all sides of one entry.
    """
    return min(sides, key=lambda side: (side.wallet_id is None, side.book != Book.AVAILABLE, -side.amount, side.pk))


def ledger_facts() -> list[str]:
    """Return how many points people hold, and how many people."""
    held = _held()
    points, people = held["points"] or 0, held["people"]
    return [
        ngettext("%(n)s point held", "%(n)s points held", points) % {"n": rp.number(points)},
        ngettext("by %(n)s person", "by %(n)s people", people) % {"n": rp.number(people)},
        _("append-only"),
    ]


def _held() -> dict[str, int]:
    """Return the points that can be spent, and by how many."""
    return Wallet.objects.filter(available__gt=0).aggregate(points=Sum("available"), people=Count("pk"))


@dataclass(frozen=True)
class Liability:
    """What the program owes in points, and how that moved since a moment."""

    held: int
    people: int
    given: int
    taken_back: int


def liability(*, since: dt.datetime) -> Liability:
    """Return what is owed now, and what counts since then: two queries."""
    owed = _held()
    lines = Posting.objects.filter(
        Q(entry__kind__in=STANDING) | Q(entry__reverses__kind__in=STANDING),
        book=Book.AVAILABLE,
        entry__occurred_at__gte=since,
    )
    moved = lines.aggregate(
        given=Sum("amount", filter=Q(entry__reverses__isnull=True)),
        back=Sum("amount", filter=Q(entry__reverses__isnull=False)),
    )
    return Liability(owed["points"] or 0, owed["people"], moved["given"] or 0, -(moved["back"] or 0))


def entry_labels(ids: Iterable[int], viewer: User) -> dict[int, Label]:
    """Return how ledger entries are called in sentences: by why they were made."""
    may_open = viewer.has_perm("incentives.view_ledger")
    return {
        pk: Label(memo, reverse("incentives:entry", args=[public_id]) if may_open else "")
        for pk, memo, public_id in Entry.objects.filter(pk__in=list(ids)).values_list("pk", "memo", "public_id")
    }
