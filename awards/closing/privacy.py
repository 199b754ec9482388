"""What the end of a contest holds about a person: what judges said of their entries, and what they decided of comments.

A judge's comment that was passed on stands without their name; it goes with the entry of whoever reads it.
"""

from typing import Any

from awards.closing.models import Closing, Feedback, FollowUp


def erase_person(person_id: int) -> None:
    """Empty what was said of their entries, and take them out of what they decided or were to write."""
    Feedback.objects.filter(entry__owner=person_id).update(text="–")
    Feedback.objects.filter(passed_by__person=person_id).update(passed_by=None)
    Closing.objects.filter(feedback_opened_by__person=person_id).update(feedback_opened_by=None)
    FollowUp.objects.filter(writer__person=person_id).update(writer=None)


def export_person(person_id: int) -> dict[str, Any]:
    """Return the comments they could read, those they decided on, and the stories they were to write."""
    read = Feedback.objects.filter(entry__owner=person_id, passed_at__isnull=False).order_by("pk")
    decided = Feedback.objects.filter(passed_by__person=person_id).order_by("pk")
    writes = FollowUp.objects.filter(writer__person=person_id).order_by("pk")
    return {
        "contest_feedback": read.values("entry__contest__name", "entry__code", "text", "passed_at"),
        "contest_comments_decided": decided.values("entry__contest__name", "entry__code", "passed_at", "held_back"),
        "contest_stories": writes.values("entry__contest__name", "entry__code", "state"),
    }
