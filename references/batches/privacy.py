"""What batches hold about a person: for what they were asked to be named, and what they noted as who needed names."""

from typing import Any

from references.batches.services import forget_name
from references.requests.enums import NameState
from references.requests.models import BatchName, RequestBatch


def erase_person(person_id: int) -> None:
    """They are named nowhere any more; their words go. That it was asked stays."""
    named = BatchName.objects.filter(contact__person=person_id)
    for name in named.filter(state__in=(NameState.PROPOSED, NameState.ASKED, NameState.ALLOWED)):
        forget_name(name=name)
    named.update(note="")
    RequestBatch.objects.filter(requester__person=person_id).update(note="")


def export_person(person_id: int) -> dict[str, Any]:
    """Return for what a person was asked to be named, and what they collected names for."""
    named = BatchName.objects.filter(contact__person=person_id).order_by("pk")
    made = RequestBatch.objects.filter(requester__person=person_id).order_by("pk")
    return {
        "asked_to_be_named": named.values("batch__name", "batch__kind", "state", "note", "answered_at"),
        "names_collected": made.values("name", "kind", "needed_by", "note", "state"),
    }
