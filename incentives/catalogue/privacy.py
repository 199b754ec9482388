"""What the catalogue holds about a person: what they had for their points, and what they told us for it."""

from typing import Any

from incentives.catalogue.models import Dispute, Redemption, TrustHold


def erase_person(person_id: int) -> None:
    """Empty what somebody said; what was had, its points and its money stay for the books."""
    rows = Redemption.objects.filter(person=person_id)
    Dispute.objects.filter(redemption__in=rows).update(words="…", answer="")
    rows.update(details={}, cause="", reason="", worth_words="")
    TrustHold.objects.filter(person=person_id).update(reason="…")


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person had for their points, what they said of it."""
    rows = Redemption.objects.filter(person=person_id).order_by("pk")
    fields = ("item__name", "points", "state", "details", "cause", "created_at", "delivered_at", "worth", "worth_words")
    disputes = Dispute.objects.filter(redemption__person=person_id).order_by("pk")
    return {
        "rewards": rows.values(*fields),
        "objections": disputes.values("redemption__item__name", "words", "answer", "created_at"),
    }
