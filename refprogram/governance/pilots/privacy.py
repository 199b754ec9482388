"""What pilots hold about a person: what they wrote down and answered in their own words, and what they took part in."""

from typing import Any, Final

import pgtrigger

from refprogram.governance.pilots.models import Pilot, PilotConsult, PilotMember, PilotNote

STANDS: Final = "governance.PilotConsult:pilot_answer_stands"


def erase_person(person_id: int) -> None:
    """Forget what they wrote down and said. Who tried what, and how sales answered, stays without their words."""
    PilotNote.objects.filter(by__person=person_id).update(text="", by=None)
    # The one change that the record allows: words go, the answer stays.
    with pgtrigger.ignore(STANDS):
        PilotConsult.objects.filter(asked__person=person_id).exclude(words="").update(words="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return what they took part in, wrote down, ran, and answered for sales. Never what others wrote."""
    tried = PilotMember.objects.filter(user__person=person_id).order_by("pk")
    notes = PilotNote.objects.filter(by__person=person_id).order_by("pk")
    ran = Pilot.objects.filter(owner__person=person_id).order_by("pk")
    answers = PilotConsult.objects.filter(asked__person=person_id).order_by("pk")
    return {
        "pilots_tried": tried.values("pilot__name", "pilot__state", "pilot__starts_on", "pilot__ends_on"),
        "pilots_log": notes.values("pilot__name", "text", "created_at"),
        "pilots_run": ran.values("name", "state", "hypothesis", "because"),
        "pilots_answered": answers.values("pilot__name", "answer", "condition", "words", "answered_at"),
    }
