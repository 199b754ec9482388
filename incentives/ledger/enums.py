"""The books of the ledger, and what a booking is."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Book(TextChoices):
    """One account of the double-entry ledger. ISSUED is the program's side and goes below zero; no other does."""

    ISSUED = "issued", _("issued by the program")
    BUDGET = "budget", _("set aside")
    PENDING = "pending", _("waiting")
    AVAILABLE = "available", _("available")
    RESERVED = "reserved", _("reserved")
    REDEEMED = "redeemed", _("redeemed")
    EXPIRED = "expired", _("expired")


# Each wallet keeps one sum per book, in a column of the book's name.
KEPT: Final = (Book.BUDGET, Book.PENDING, Book.AVAILABLE, Book.RESERVED, Book.REDEEMED, Book.EXPIRED)


class WalletKind(TextChoices):
    """Whose points a wallet holds."""

    PERSON = "person", _("person")
    ACCOUNT = "account", _("customer")
    POT = "pot", _("pot")


class BookingKind(TextChoices):
    """What a booking does."""

    EARNED = "earned", _("earned")
    VESTED = "vested", _("vested")
    VOIDED = "voided", _("not earned after all")
    ADJUSTED = "adjusted", _("booked by hand")
    RESERVED = "reserved", _("reserved for a reward")
    RELEASED = "released", _("given back")
    REDEEMED = "redeemed", _("redeemed")
    REFUNDED = "refunded", _("refunded")
    EXPIRED = "expired", _("expired")
    FUNDED = "funded", _("pot filled")
    REVERSED = "reversed", _("taken back")
    MERGED = "merged", _("gone over")


# What moves the standings: points that became somebody's own, whoever spent them later.
STANDING: Final = (BookingKind.EARNED, BookingKind.VESTED, BookingKind.ADJUSTED)
