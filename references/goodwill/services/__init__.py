"""What is done in this room."""

from references.goodwill.services.booking import ask_against_rules
from references.goodwill.services.ledger import correct, note_ask, note_gift, record_give
from references.goodwill.services.reservations import release, reserve, use

__all__ = ["ask_against_rules", "correct", "note_ask", "note_gift", "record_give", "release", "reserve", "use"]
