"""How far a draw is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class DrawState(TextChoices):
    """From taking tickets to the winners."""

    OPEN = "open", _("takes tickets")
    DRAWN = "drawn", _("drawn")
    CANCELLED = "cancelled", _("called off")


DRAW_MOVES: Moves = {DrawState.OPEN: {DrawState.DRAWN, DrawState.CANCELLED}}
