"""What this room holds about a person: what is thought of them, what they need and answered, what they know."""

from typing import Any

from refprogram.governance.stakeholders.models import (
    DirectoryEntry,
    Pulse,
    Requirement,
    Stakeholder,
    StakeholderContact,
)
from refprogram.kernel.edit_history.nouns import copies_of


def erase_person(person_id: int) -> None:
    """Forget them as a stakeholder and in the directory (also lines taken out of it), and what they wrote of others."""
    Stakeholder.objects.filter(user__person=person_id).delete()
    DirectoryEntry.objects.filter(user__person=person_id).delete()
    copies_of(DirectoryEntry)._default_manager.filter(user__person=person_id).delete()
    StakeholderContact.objects.filter(by__person=person_id).update(note="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return what the register says of them, their answers, and what the directory says they know."""
    stakes = Stakeholder.objects.filter(user__person=person_id).order_by("pk")
    needs = Requirement.objects.filter(stakeholder__user__person=person_id).order_by("pk")
    contacts = StakeholderContact.objects.filter(stakeholder__user__person=person_id).order_by("pk")
    pulses = Pulse.objects.filter(stakeholder__user__person=person_id).order_by("pk")
    entries = DirectoryEntry.objects.filter(user__person=person_id).order_by("pk")
    return {
        "stakeholder": stakes.values("part", "group__name", "influence", "interest", "success", "every_days"),
        "stakeholder_needs": needs.values("text", "due_on", "met_on"),
        "stakeholder_contacts": contacts.values("on", "note"),
        "stakeholder_pulses": pulses.values("score", "words", "answered_at"),
        "directory": entries.values("knows", "topics", "reach"),
    }
