"""What the ledger holds about a person: figures, which stay for the books; it has no words of theirs."""

from typing import Any

from incentives.ledger.models import Posting, Wallet


def erase_person(person_id: int) -> None:
    """Leave the books as they are: points name nobody, their person is called "someone" from now on."""
    del person_id


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person earned, spent and what for."""
    postings = Posting.objects.filter(wallet__person=person_id).order_by("pk")
    wallet = Wallet.objects.filter(person=person_id)
    return {
        "balances": wallet.values("pending", "available", "reserved", "redeemed", "expired"),
        "points": postings.values("entry__memo", "book", "amount", "entry__occurred_at"),
    }
