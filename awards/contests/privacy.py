"""What contests hold about a person: their parts, their lines of the plan, the names and questions they threw in."""

from typing import Any

from awards.models import ContestMember, NameIdea, PlanItem, Question


def erase_person(person_id: int) -> None:
    """Take them out of what they asked, voted for and were to do; what was asked and answered stays for all."""
    Question.objects.filter(asked_by=person_id).update(asked_by=None)
    NameIdea.voters.through.objects.filter(user__person=person_id).delete()
    PlanItem.objects.filter(owner__person=person_id, done_at__isnull=True).update(owner=None)


def export_person(person_id: int) -> dict[str, Any]:
    """Return their parts, their lines of a plan, their ideas and their questions."""
    members = ContestMember.objects.filter(user__person=person_id).order_by("pk")
    items = PlanItem.objects.filter(owner__person=person_id).order_by("pk")
    ideas = NameIdea.objects.filter(by__person=person_id).order_by("pk")
    questions = Question.objects.filter(asked_by=person_id).order_by("pk")
    return {
        "contest_parts": members.values("contest__name", "part"),
        "contest_plan": items.values("contest__name", "name", "due_on", "done_at"),
        "contest_names": ideas.values("contest__name", "name"),
        "contest_questions": questions.values("contest__name", "text", "asked_at", "answer"),
    }
