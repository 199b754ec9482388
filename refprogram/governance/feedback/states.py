"""How feedback looks."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.governance.feedback.enums import NoteKind, NoteState
from refprogram.kernel.tables import Pill

STATES: Final = {
    NoteState.NEW: Pill(_("Waits for an answer"), "wait"),
    NoteState.REPLIED: Pill(_("Answered"), "ok"),
    NoteState.SETTLED: Pill(_("Settled"), "rest"),
}
LATE: Final = Pill(_("Answer is late"), "stop")
KINDS: Final = {
    NoteKind.HURTS: Pill(_("It hurts"), "stop"),
    NoteKind.HELPS: Pill(_("It helps"), "ok"),
    NoteKind.IDEA: Pill(_("An idea"), "info"),
    NoteKind.QUESTION: Pill(_("A question"), "wait"),
}
