"""What this room knows of a person, and how it is forgotten. Figures of the account stay, as figures of the account."""

from typing import Any

from references.accounts import clock
from references.profiles.enums import ParticipationState
from references.profiles.models import Correction, Outcome, Participation, Unmasking


def export_person(person_id: int) -> dict[str, Any]:
    """Return what a person reported, takes part in, proposed to the CRM, and whose names they asked to see."""
    outcomes = Outcome.objects.filter(contact__person=person_id).order_by("pk")
    programs = Participation.objects.filter(contact__person=person_id).order_by("pk")
    proposed = Correction.objects.filter(proposed_by__person=person_id).order_by("pk")
    seen = Unmasking.objects.filter(user__person=person_id).order_by("pk")
    return {
        "outcomes_reported": outcomes.values("metric", "before", "after", "unit", "period"),
        "linked_programs": programs.values("program__name", "state", "since", "until"),
        "corrections_proposed": proposed.values("field", "stood", "proposed", "note", "state"),
        "names_uncovered": seen.values("account__name", "reason", "at", "until"),
    }


def erase_person(person_id: int) -> None:
    """Outcomes are nobody's word any more; what they take part in ends; the words they wrote are emptied."""
    Outcome.objects.filter(contact__person=person_id).update(contact=None)
    Participation.objects.filter(contact__person=person_id).exclude(state=ParticipationState.ENDED).update(
        state=ParticipationState.ENDED, until=clock.today()
    )
    Correction.objects.filter(proposed_by__person=person_id).exclude(note="").update(note="")
