"""How pilots look."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.governance.pilots.enums import Answer, PilotKind, PilotState
from refprogram.kernel.tables import Pill

STATES: Final = {
    PilotState.DRAFT: Pill(_("Draft"), ""),
    PilotState.CONSULTING: Pill(_("Sales is asked"), "wait"),
    PilotState.READY: Pill(_("Ready"), "info"),
    PilotState.RUNNING: Pill(_("Running"), "mine"),
    PilotState.ENDED: Pill(_("To decide"), "wait"),
    PilotState.ROLLED_OUT: Pill(_("Rolled out"), "ok"),
    PilotState.REPEATED: Pill(_("Tried again"), "info"),
    PilotState.STOPPED: Pill(_("Stopped"), "stop"),
    PilotState.CANCELLED: Pill(_("Called off"), "rest"),
}
KINDS: Final = {
    PilotKind.RULE: _("Rule"),
    PilotKind.WAVE: _("Wave"),
    PilotKind.MESSAGE: _("Message"),
    PilotKind.FEATURE: _("Feature"),
}
ICONS: Final = {
    PilotKind.RULE: "scale",
    PilotKind.WAVE: "users",
    PilotKind.MESSAGE: "send",
    PilotKind.FEATURE: "star",
}
ANSWERS: Final = {
    Answer.YES: Pill(_("Yes"), "ok"),
    Answer.YES_IF: Pill(_("Yes, if"), "wait"),
    Answer.NO: Pill(_("No"), "stop"),
}
