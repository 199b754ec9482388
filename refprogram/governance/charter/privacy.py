"""What this room holds about a person: their opinions, what they know, what they see to."""

from typing import Any

from refprogram.governance.charter.models import Acknowledgement, CharterOpinion, PlanStep


def erase_person(person_id: int) -> None:
    """Empty their opinions, and forget what they knew; drafts and plans stay without them."""
    CharterOpinion.objects.filter(user__person=person_id).update(text="")
    Acknowledgement.objects.filter(user__person=person_id).delete()


def export_person(person_id: int) -> dict[str, Any]:
    """Return what they said about drafts, when they acknowledged a charter, what of the plan is theirs."""
    opinions = CharterOpinion.objects.filter(user__person=person_id).order_by("pk")
    known = Acknowledgement.objects.filter(user__person=person_id).order_by("pk")
    steps = PlanStep.objects.filter(owner__person=person_id).order_by("pk")
    return {
        "charter_opinions": opinions.values("version__number", "text", "said_at"),
        "charter_acknowledged": known.values("version__number", "tries", "acknowledged_at"),
        "charter_plan": steps.values("version__number", "month", "name", "done_on"),
    }
