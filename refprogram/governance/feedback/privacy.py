"""What this room holds about a person: what they said about the program, and what they were answered."""

from typing import Any

from refprogram.governance.feedback.models import FieldNote


def erase_person(person_id: int) -> None:
    """Empty what they said, and the answer to it; that something was said, and how fast it was answered, stays."""
    FieldNote.objects.filter(sender__person=person_id).update(words="", reply="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return what they said with its answers, and what they answered others."""
    said = FieldNote.objects.filter(sender__person=person_id).order_by("pk")
    answered = FieldNote.objects.filter(replied_by__person=person_id).order_by("pk")
    return {
        "feedback_given": said.values("kind", "words", "change__name", "created_at", "reply", "replied_at"),
        "feedback_answered": answered.values("reply", "replied_at"),
    }
