"""What draws hold about a person: tickets, which stay (the list was hashed with them), and what was won."""

from typing import Any

from incentives.draws.models import Ticket, Win


def erase_person(person_id: int) -> None:
    """Leave the tickets as they are: they name a number, and their person is called "someone" from now on."""
    del person_id


def export_person(person_id: int) -> dict[str, Any]:
    """Return the tickets that a person held, and what they won."""
    tickets = Ticket.objects.filter(person=person_id).order_by("pk")
    return {
        "tickets": tickets.values("draw__name", "count", "occurred_at"),
        "draws_won": Win.objects.filter(person=person_id).order_by("pk").values("draw__name", "draw__prize"),
    }
