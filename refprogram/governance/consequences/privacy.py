"""What this room holds about a person: their words are emptied, the plain facts stay."""

from typing import Any

from refprogram.governance.consequences.models import ConsequenceCase, Task


def erase_person(person_id: int) -> None:
    """Empty what was said by and about a person; that there was a case, its figure and its days stay."""
    cases = ConsequenceCase.objects.filter(user__person=person_id)
    cases.update(appeal="", appeal_answer="", reason="")
    Task.objects.filter(assignee__person=person_id).update(title="-", detail="", note="", label="", url="")
    Task.objects.filter(given_by__person=person_id).update(detail="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return the cases and tasks of a person, proposals included: they are about them."""
    cases = ConsequenceCase.objects.filter(user__person=person_id).order_by("pk")
    tasks = Task.objects.filter(assignee__person=person_id).order_by("pk")
    facts = (
        "policy__name", "period_starts_on", "period_ends_on", "value", "threshold", "cohort", "state", "notified_at",
        "takes_effect_at", "ends_at", "appeal", "appeal_answer", "reason",
    )  # fmt: skip
    return {
        "consequences": cases.values(*facts),
        "tasks": tasks.values("title", "detail", "due_on", "state", "note", "finished_at"),
    }
