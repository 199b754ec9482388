"""What the promotion of winners holds about a person: the words that they lent."""

from typing import Any

from django.db.models import Q

from awards.promotion.models import WinnerQuote


def erase_person(person_id: int) -> None:
    """Their words go with them."""
    WinnerQuote.objects.filter(_theirs(person_id)).delete()


def export_person(person_id: int) -> dict[str, Any]:
    """Return the words they lent, or were proposed."""
    rows = WinnerQuote.objects.filter(_theirs(person_id)).order_by("pk")
    return {"winner_quotes": rows.values("award__contest__name", "text", "released_at")}


def _theirs(person_id: int) -> Q:
    return Q(released_by=person_id) | Q(award__place__entry__owner=person_id)
