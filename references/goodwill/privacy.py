"""What this room knows of a person, and how it is forgotten. Points stay, as figures of the account."""

from typing import Any

from references.goodwill.models import AskOverride, GoodwillEntry, Reservation


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person was given and asked, for which plans they were kept, and what they did here themselves."""
    entries = GoodwillEntry.objects.filter(contact__person=person_id).order_by("pk")
    kept = Reservation.objects.filter(contact__person=person_id).order_by("pk")
    made = Reservation.objects.filter(reserved_by__person=person_id).order_by("pk")
    overrides = AskOverride.objects.filter(made_by__person=person_id).order_by("pk")
    return {
        "given_and_asked": entries.values("kind", "points", "at", "note"),
        "kept_for_plans": kept.values("purpose", "starts_on", "ends_on", "state"),
        "plans_made": made.values("purpose", "starts_on", "ends_on", "state"),
        "asked_past_rules": overrides.values("rules", "reason", "created_at"),
    }


def erase_person(person_id: int) -> None:
    """Empty the words; what was planned with them is free again."""
    GoodwillEntry.objects.filter(contact__person=person_id).exclude(note="").update(note="")
    kept = Reservation.objects.filter(contact__person=person_id)
    kept.filter(state="active").update(state="released")
    kept.update(note="", purpose="–")
    AskOverride.objects.filter(ask__contact__person=person_id).update(reason="–")
