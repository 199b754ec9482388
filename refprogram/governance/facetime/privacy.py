"""What this room holds about a person: as an executive, as whoever asked, and as a guest with what they said."""

from typing import Any

from refprogram.governance.facetime.models import FaceTimeFeedback, FaceTimeGuest, FaceTimeSlot, FaceTimeTalk


def erase_person(person_id: int) -> None:
    """Empty what they said as a guest, and what we wrote about it; that a talk took place is a figure and stays."""
    guests = FaceTimeGuest.objects.filter(person=person_id)
    talks = FaceTimeTalk.objects.filter(guests__in=guests).values("pk")
    FaceTimeFeedback.objects.filter(guest__in=guests).update(gained="", wish="", because="", reply="")
    FaceTimeTalk.objects.filter(pk__in=list(talks.values_list("pk", flat=True))).update(
        reason="", outcome="", next_steps="", why=""
    )
    guests.update(words="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return the talks they were invited to, what they said and were told; and the hours they offered or asked for."""
    guests = FaceTimeGuest.objects.filter(person=person_id).order_by("pk")
    said = FaceTimeFeedback.objects.filter(guest__person=person_id).order_by("pk")
    offered = FaceTimeSlot.objects.filter(executive__person=person_id).order_by("pk")
    asked = FaceTimeTalk.objects.filter(asked_by__person=person_id).order_by("pk")
    return {
        "face_time_invitations": guests.values(
            "talk__slot__starts_at", "talk__topic", "talk__state", "answer", "words"
        ),
        "face_time_feedback": said.values("score", "gained", "wish", "given_at", "verdict", "because", "reply"),
        "face_time_offered": offered.values("starts_at", "ends_at", "manner", "place", "state"),
        "face_time_asked_for": asked.values("label", "reason", "state", "outcome", "next_steps"),
    }
