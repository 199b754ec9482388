"""What this room holds about a person: what their weeks earned, what they proved, presented and gave."""

from typing import Any

from incentives.activity.models import ActivityProof, AdoptionMonth, PanelMark, Pledge, Presentation, WeekReward


def erase_person(person_id: int) -> None:
    """Empty the words by and about them; what was paid stays, without a name."""
    ActivityProof.objects.filter(reward__user__person=person_id).update(words="", link="", verdict="")
    Presentation.objects.filter(user__person=person_id).update(letter="", verdict="")
    PanelMark.objects.filter(user__person=person_id).update(words="")
    PanelMark.objects.filter(presentation__user__person=person_id).update(words="")
    Pledge.objects.filter(user__person=person_id).update(words="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return their weeks, proofs, months of use, presentations and pledges."""
    mine = {"user__person": person_id}
    proofs = ActivityProof.objects.filter(reward__user__person=person_id).order_by("pk")
    facts = ("activity__detail", "state", "words", "link", "verdict")
    return {
        "activity_weeks": WeekReward.objects.filter(**mine).order_by("week").values("week", "points", "lines", "state"),
        "activity_proofs": proofs.values(*facts),
        "adoption_months": AdoptionMonth.objects.filter(**mine).order_by("month").values("month", "used", "due"),
        "presentations": Presentation.objects.filter(**mine).order_by("pk").values(
            "topic", "state", "held_on", "letter", "verdict"
        ),
        "pledges": Pledge.objects.filter(**mine).order_by("pk").values("pot__name", "amount", "words", "withdrawn_at"),
    }  # fmt: skip
