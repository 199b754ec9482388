"""What this room holds about a person: what they plotted, and what was passed on to them."""

from typing import Any

from refprogram.governance.plotting.models import PlottedRequest


def erase_person(person_id: int) -> None:
    """Empty who asked where the person themselves typed it in; what was asked, and the program's answer, stay."""
    PlottedRequest.objects.filter(plotted_by__person=person_id).update(asked_by="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return what they plotted, and what they were to answer."""
    plotted = PlottedRequest.objects.filter(plotted_by__person=person_id).order_by("pk")
    passed = PlottedRequest.objects.filter(redirect_to__person=person_id).order_by("pk")
    return {
        "plotted_requests": plotted.values("text", "asked_by", "place", "state", "because", "created_at"),
        "passed_on_to_them": passed.values("text", "because", "due_on", "outcome"),
    }
