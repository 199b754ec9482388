"""Wallets, entries and postings. What must always hold is refused by Postgres, whoever writes."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from incentives.ledger.enums import Book, BookingKind, WalletKind
from references.models import Account
from refprogram.kernel.addresses import row_url
from refprogram.kernel.models import Event, Noun, new_public_id
from refprogram.kernel.models.base import PUBLIC_ID_LENGTH
from refprogram.people.models import Person, Region, Team, User

# One statement brings all sides of an entry: what it brings has to be whole, and moves the wallets with it. Wallets are
# locked in one order (pots first, for rules hold theirs before they book), so that two bookings never wait for each
# other in a ring; what else is locked before and after: `booking.py`.
KEEP_BALANCED = """
IF EXISTS (SELECT FROM brought GROUP BY entry_id HAVING sum(amount) <> 0) THEN
    RAISE EXCEPTION 'a ledger entry does not balance: %',
        (SELECT min(entry_id) FROM (SELECT entry_id FROM brought GROUP BY entry_id HAVING sum(amount) <> 0) torn)
        USING ERRCODE = 'check_violation', CONSTRAINT = 'entry_balanced';
END IF;
PERFORM FROM incentives_wallet WHERE id IN (SELECT wallet_id FROM brought) ORDER BY kind <> 'pot', id
    FOR NO KEY UPDATE;
UPDATE incentives_wallet SET
    budget = incentives_wallet.budget + moved.budget,
    pending = incentives_wallet.pending + moved.pending,
    available = incentives_wallet.available + moved.available,
    reserved = incentives_wallet.reserved + moved.reserved,
    redeemed = incentives_wallet.redeemed + moved.redeemed,
    expired = incentives_wallet.expired + moved.expired
FROM (
    SELECT wallet_id,
        coalesce(sum(amount) FILTER (WHERE book = 'budget'), 0) AS budget,
        coalesce(sum(amount) FILTER (WHERE book = 'pending'), 0) AS pending,
        coalesce(sum(amount) FILTER (WHERE book = 'available'), 0) AS available,
        coalesce(sum(amount) FILTER (WHERE book = 'reserved'), 0) AS reserved,
        coalesce(sum(amount) FILTER (WHERE book = 'redeemed'), 0) AS redeemed,
        coalesce(sum(amount) FILTER (WHERE book = 'expired'), 0) AS expired
    FROM brought WHERE wallet_id IS NOT NULL GROUP BY wallet_id
) moved
WHERE incentives_wallet.id = moved.wallet_id;
RETURN NULL;
"""


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Return the triggers of a table whose rows are never changed, deleted or emptied out."""
    return [
        pgtrigger.Protect(name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{name}_not_emptied",
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME;",
        ),
    ]


class Wallet(Noun):
    """Whose points: a person's, a customer's, or a pot that rules pay from. Its sums are kept by the postings.

    Only a posting moves them (`KEEP_BALANCED`); none goes below zero, whoever books. One that went into another,
    because two customers or two people were one, is empty and stays so (`ledger/joining.py`).
    """

    kind = models.CharField(max_length=7, choices=WalletKind.choices)
    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="wallet")
    account = models.OneToOneField(Account, null=True, blank=True, on_delete=models.PROTECT, related_name="wallet")
    name = models.CharField(max_length=120, blank=True, help_text="Of a pot.")
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    budget = models.BigIntegerField(default=0)
    pending = models.BigIntegerField(default=0)
    available = models.BigIntegerField(default=0)
    reserved = models.BigIntegerField(default=0)
    redeemed = models.BigIntegerField(default=0)
    expired = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=WalletKind.PERSON, person__isnull=False, account__isnull=True)
                | Q(kind=WalletKind.ACCOUNT, person__isnull=True, account__isnull=False)
                | Q(kind=WalletKind.POT, person__isnull=True, account__isnull=True),
                name="wallet_is_somebodys",
            ),
            models.UniqueConstraint(fields=["name"], condition=Q(kind=WalletKind.POT), name="pot_name_once"),
            models.CheckConstraint(
                condition=Q(budget__gte=0, pending__gte=0, available__gte=0, reserved__gte=0, redeemed__gte=0)
                & Q(expired__gte=0),
                name="wallet_not_overdrawn",
            ),
            models.CheckConstraint(
                condition=Q(kind=WalletKind.POT, pending=0, available=0, reserved=0, redeemed=0, expired=0)
                | Q(~Q(kind=WalletKind.POT), budget=0),
                name="wallet_has_its_books",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True)
                | Q(budget=0, pending=0, available=0, reserved=0, redeemed=0, expired=0),
                name="wallet_gone_is_empty",
            ),
        ]
        indexes = [models.Index(F("available").desc(), name="wallet_ranked")]

    def __str__(self) -> str:
        return self.name or f"{self.kind} {self.person_id or self.account_id}"

    @property
    def holder(self) -> str:
        """How whose it is is called."""
        owner = self.person or self.account
        return owner.name if owner is not None else self.name


class Entry(models.Model):
    """One booking: what it does, why, and by which event and rule version, or by whom. `key` makes twice once."""

    public_id = models.CharField(max_length=PUBLIC_ID_LENGTH, unique=True, default=new_public_id, editable=False)
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=BookingKind.choices, default=BookingKind.EARNED)
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey("incentives.Rule", null=True, on_delete=models.PROTECT, related_name="entries")
    rule_version = models.PositiveSmallIntegerField(null=True)
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    memo = models.CharField(max_length=200)
    # When it counts, and for which team and region: the event's moment, and the person's place as it was then.
    occurred_at = models.DateTimeField(default=timezone.now)
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BookingKind.values), name="entry_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=BookingKind.REVERSED, reverses__isnull=False)
                | Q(~Q(kind=BookingKind.REVERSED), reverses__isnull=True),
                name="entry_reverses_one",
            ),
        ]
        triggers = append_only("entry")

    def __str__(self) -> str:
        return self.memo

    def get_absolute_url(self) -> str:
        """Return the page of the entry."""
        return row_url("incentives:entry", self.public_id)


class Posting(models.Model):
    """One side of an entry: so many points into (plus) or out of (minus) one book of a wallet; ISSUED has no wallet."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    book = models.CharField(max_length=10, choices=Book.choices)
    wallet = models.ForeignKey(Wallet, null=True, on_delete=models.PROTECT, related_name="postings")
    amount = models.IntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="posting_not_zero"),
            models.CheckConstraint(condition=Q(book__in=Book.values), name="posting_book_known"),
            models.CheckConstraint(
                condition=Q(book=Book.ISSUED, wallet__isnull=True) | (~Q(book=Book.ISSUED) & Q(wallet__isnull=False)),
                name="posting_wallet_fits_book",
            ),
        ]
        indexes = [models.Index(fields=["wallet", "book", "-id"], name="posting_of_wallet")]
        triggers = [
            *append_only("posting"),
            pgtrigger.Trigger(
                name="posting_balanced",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                level=pgtrigger.Statement,
                referencing=pgtrigger.Referencing(new="brought"),  # type: ignore[no-untyped-call]
                func=KEEP_BALANCED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.amount:+d}"

    def get_absolute_url(self) -> str:
        """Return the page of the entry that it is a side of."""
        return self.entry.get_absolute_url()


class Seal(models.Model):
    """The hash of a stretch of the ledger, over the hash before it: whoever changes an old line breaks all after."""

    first = models.BigIntegerField(help_text="Its first entry.")
    last = models.BigIntegerField(unique=True, help_text="Its last entry.")
    entries = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["last"]
        triggers = append_only("seal")

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"
