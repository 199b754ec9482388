"""What this room does when events arrive. Each is safe to run twice."""

from refprogram.governance.feedback import letters, selectors
from refprogram.governance.feedback.enums import NoteState
from refprogram.governance.feedback.models import FieldNote
from refprogram.kernel.models import Event


def _row(event: Event) -> FieldNote | None:
    return selectors.with_facts(FieldNote.objects.all()).filter(pk=event.subject_id).first()


def ask_for_answer(event: Event) -> None:
    """Somebody said something: who answers hears it."""
    note = _row(event)
    if note is not None and note.state == NoteState.NEW:
        for reader in selectors.readers(note):
            letters.given(note, reader, key=f"fieldnote.given:{event.pk}")


def tell_sender(event: Event) -> None:
    """It was answered: who said it reads the answer."""
    note = _row(event)
    if note is not None and note.sender is not None and note.sender.is_active:
        letters.replied(note, note.sender, key=f"fieldnote.replied:{event.pk}")
