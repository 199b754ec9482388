"""What the ground holds about a person: files, answers, links, what pages keep; and what the stream says they did."""

from typing import Any

from refprogram.kernel.enums import AnswerState
from refprogram.kernel.files import services as files
from refprogram.kernel.models import (
    Event,
    FormAnswer,
    IdempotencyKey,
    SavedView,
    SignedLink,
    StoredFile,
    SubmittedForm,
)

MOST_EVENTS = 20_000


def erase_person(person_id: int) -> None:
    """Delete drafts, kept pages and what was sent by link; a file that belongs to somebody else's case stays."""
    for file in StoredFile.objects.filter(person_id=person_id):
        files.remove(file=file)
    StoredFile.objects.filter(person_id=person_id).update(name="removed", verdict="")
    for file in StoredFile.objects.filter(uploaded_by__person=person_id, subject_id__isnull=True):
        files.remove(file=file)
    FormAnswer.objects.filter(person_id=person_id, state=AnswerState.DRAFT).update(values={})
    SignedLink.objects.filter(person_id=person_id).delete()
    for model in (SavedView, IdempotencyKey, SubmittedForm):
        model._default_manager.filter(user__person=person_id).delete()


def export_person(person_id: int) -> dict[str, Any]:
    """Return the files a person sent, the views they keep, and what they did."""
    events = Event.objects.filter(actor_id=person_id).order_by("pk")
    views = SavedView.objects.filter(user__person=person_id).order_by("pk")
    sent = files_of(person_id).order_by("pk")
    return {
        "files_sent": sent.values("public_id", "name", "media_type", "size", "sha256", "created_at"),
        "answers": (
            FormAnswer.objects.filter(person_id=person_id)
            .order_by("pk")
            .values("version__design__name", "state", "values", "submitted_at")
        ),
        "links_sent": (
            SignedLink.objects.filter(person_id=person_id)
            .order_by("pk")
            .values("purpose", "created_at", "expires_at", "used_at")
        ),
        "saved_views": views.values("page", "name", "query"),
        "done": events.values("topic", "subject_type", "payload", "occurred_at")[:MOST_EVENTS],
    }


def files_of(person_id: int) -> Any:
    """Return the files that a person sent and that are still there."""
    own = StoredFile.objects.filter(person_id=person_id) | StoredFile.objects.filter(uploaded_by__person=person_id)
    return own.filter(removed_at__isnull=True)
