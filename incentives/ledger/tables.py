"""How the ledger is listed."""

from django.utils.translation import gettext_lazy as _

from incentives.ledger.enums import Book, BookingKind
from incentives.ledger.models import Posting
from refprogram.kernel import tables

TONES = {
    BookingKind.REVERSED: "stop",
    BookingKind.VOIDED: "stop",
    BookingKind.EXPIRED: "rest",
    BookingKind.RESERVED: "wait",
    BookingKind.REDEEMED: "wait",
}
KINDS = {kind.value: tables.Pill(kind.label, TONES.get(kind, "")) for kind in BookingKind}
BOOKS = {book.value: tables.Pill(book.label) for book in Book}


def holder(posting: Posting) -> str:
    """Return whose points a line moves."""
    return posting.wallet.holder if posting.wallet is not None else ""


def rule_name(posting: Posting) -> str:
    """Return the rule behind a line, where the line's own words do not name it."""
    rule = posting.entry.rule
    return rule.name if rule is not None and rule.name != posting.entry.memo else ""


class LedgerTable(tables.Table):
    """One line per wallet and book that an entry moved: when, whose, why, by which rule, how many."""

    who = tables.NameColumn(
        _("Who"),
        holder,
        avatar="person",
        order_by="wallet__person__name",
        related=("wallet__person", "wallet__account"),
    )
    points = tables.NumberColumn(_("Points"), "amount", order_by="amount", desc_first=True, phone="end")
    book = tables.PillColumn(_("Book"), "book", words=BOOKS, order_by="book")
    why = tables.TextColumn(_("Why"), "entry.memo", small=rule_name, phone="wide", related=("entry__rule",))
    state = tables.PillColumn(_("Kind"), "entry.kind", words=KINDS, related=("entry",))
    counts = tables.DateColumn(_("Counts for"), "entry.occurred_at", order_by="entry__occurred_at", desc_first=True)
    booked = tables.AgoColumn(_("Booked"), "entry.created_at", order_by="id", desc_first=True)
