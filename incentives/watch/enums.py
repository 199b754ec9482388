"""Why something is looked at, and what becomes of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class Why(TextChoices):
    """What makes a booking worth a look."""

    OWN = "own", _("decided by who gets it")
    RING = "ring", _("two who give to each other")
    BURST = "burst", _("many on one day")
    SAMPLE = "sample", _("drawn at random")


class LookState(TextChoices):
    """Taking back needs two: one doubts, another confirms."""

    OPEN = "open", _("to look at")
    DOUBTED = "doubted", _("to be confirmed")
    CLEARED = "cleared", _("in order")
    TAKEN_BACK = "taken_back", _("taken back")


LOOK_MOVES: Moves = {
    LookState.OPEN: {LookState.CLEARED, LookState.DOUBTED},
    LookState.DOUBTED: {LookState.CLEARED, LookState.TAKEN_BACK},
}
