"""What the ledger holds about a person: figures, which stay for the books; it has no words of theirs."""

from typing import Any

from incentives.models import Balance, Posting


def erase_person(person_id: int) -> None:
    """Leave the books as they are: points name nobody, their person is called "someone" from now on."""
    del person_id


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person earned and what for."""
    postings = Posting.objects.filter(person=person_id).order_by("pk")
    return {
        "balances": Balance.objects.filter(person=person_id).values("book", "amount"),
        "points": postings.values("entry__memo", "book", "amount", "entry__occurred_at"),
    }
