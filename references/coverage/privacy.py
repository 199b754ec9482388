"""What this room knows of a person: colleagues in plans and targets, and what was written there."""

from typing import Any

from references.coverage.models import Connector, PlanStep, RecruitingTarget, TargetAsk, TargetPlan


def erase_person(person_id: int) -> None:
    """Take a colleague out of the plans: how they know whom goes, open steps are nobody’s; what is done stays."""
    Connector.objects.filter(user__person=person_id).exclude(knows="").update(knows="")
    PlanStep.objects.filter(who__person=person_id, done_at=None).update(who=None)


def export_person(person_id: int) -> dict[str, Any]:
    """Return the plans a colleague takes part in, their steps, and what they were asked to nominate for."""
    steps = PlanStep.objects.filter(who__person=person_id).order_by("pk")
    asks = TargetAsk.objects.filter(user__person=person_id).order_by("pk")
    return {
        "connects_to": Connector.objects.filter(user__person=person_id)
        .order_by("pk")
        .values("plan__account__name", "knows"),
        "plan_steps": steps.values("plan__account__name", "text", "due_on", "done_at"),
        "asked_to_nominate_for": asks.values("target__title", "asked_at"),
        "own_plans": TargetPlan.objects.filter(owner__person=person_id).order_by("pk").values("account__name", "state"),
        "own_recruiting_targets": RecruitingTarget.objects.filter(owner__person=person_id)
        .order_by("pk")
        .values("title", "state"),
    }
