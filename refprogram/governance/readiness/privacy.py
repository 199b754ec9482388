"""What this room holds about a person: what they own and did. Plans name colleagues by their key alone."""

from typing import Any

from refprogram.governance.readiness.models import Change, ChangeStep


def erase_person(person_id: int) -> None:
    """Nothing here is theirs to be emptied: a plan is the company's, and an erased colleague is "someone" in it."""


def export_person(person_id: int) -> dict[str, Any]:
    """Return the changes that they own, and the steps that they see to or did."""
    changes = Change.objects.filter(owner__person=person_id).order_by("pk")
    steps = ChangeStep.objects.filter(owner__person=person_id).order_by("pk")
    done = ChangeStep.objects.filter(done_by__person=person_id).order_by("pk")
    return {
        "changes": changes.values("name", "starts_on", "state"),
        "change_steps": steps.values("name", "due_on", "done_on"),
        "change_steps_done": done.values("name", "done_on"),
    }
