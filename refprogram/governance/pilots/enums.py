"""What can be tried, how far a pilot is, what sales said, what became of it."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class PilotKind(TextChoices):
    """What is tried."""

    RULE = "rule", _("rule")
    WAVE = "wave", _("wave")
    MESSAGE = "message", _("message of a campaign")
    FEATURE = "feature", _("feature")


class PilotState(TextChoices):
    """A pilot's life. Ended: its time is over, and somebody has to decide; until then it still reaches its few."""

    DRAFT = "draft", _("draft")
    CONSULTING = "consulting", _("sales is asked")
    READY = "ready", _("ready")
    RUNNING = "running", _("running")
    ENDED = "ended", _("to decide")
    ROLLED_OUT = "rolled_out", _("rolled out to all")
    REPEATED = "repeated", _("changed and tried again")
    STOPPED = "stopped", _("stopped")
    CANCELLED = "cancelled", _("called off")


class Answer(TextChoices):
    """What sales says of a pilot that touches customers."""

    YES = "yes", _("yes")
    YES_IF = "yes_if", _("yes, if")
    NO = "no", _("no")


P = PilotState
DECISIONS: Final = (P.ROLLED_OUT, P.REPEATED, P.STOPPED)
PILOT_MOVES: Moves = {
    P.DRAFT: {P.CONSULTING, P.READY, P.CANCELLED},
    P.CONSULTING: {P.DRAFT, P.READY, P.CANCELLED},
    P.READY: {P.DRAFT, P.RUNNING, P.CANCELLED},
    P.RUNNING: {P.ENDED, *DECISIONS},
    P.ENDED: {*DECISIONS},
}
BEFORE: Final = (P.DRAFT, P.CONSULTING, P.READY)  # it reaches nobody yet; a feature: whom it reached before
REACHING: Final = (P.RUNNING, P.ENDED)  # it reaches the chosen few
OPEN: Final = (*BEFORE, *REACHING)
