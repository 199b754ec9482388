"""What prizes hold about a person: what they told us so that we could hand it over, and what they hosted."""

from typing import Any

from awards.prizes.models import PrizeGrant


def erase_person(person_id: int) -> None:
    """Empty what a winner said; what was won, and its money, stays."""
    rows = PrizeGrant.objects.filter(award__place__entry__owner=person_id)
    rows.update(details={}, cause="", where="", note="", reason="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return the prizes that a person won, with what they told us for it, and those they hosted."""
    won = PrizeGrant.objects.filter(award__place__entry__owner=person_id).order_by("pk")
    hosted = PrizeGrant.objects.filter(host__person=person_id).order_by("pk")
    fields = ("award__contest__name", "item", "value", "state", "cause", "details", "on", "where", "note", "reason")
    return {"prizes": won.values(*fields), "prizes_hosted": hosted.values("award__contest__name", "item", "on")}
