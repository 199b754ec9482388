"""Where a request stands on the map, and what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class Place(TextChoices):
    """Where the charter has it."""

    INSIDE = "inside", _("in scope")
    OUTSIDE = "outside", _("out of scope")
    OFF = "off", _("not in the charter")


class PlotState(TextChoices):
    """What became of what was asked."""

    PLOTTED = "plotted", _("to decide")
    TAKEN = "taken", _("taken on")
    REDIRECTED = "redirected", _("passed on")
    DECLINED = "declined", _("said no to")
    SETTLED = "settled", _("answered elsewhere")


P = PlotState
PLOT_MOVES: Moves = {
    P.PLOTTED: {P.TAKEN, P.REDIRECTED, P.DECLINED},
    P.TAKEN: {P.REDIRECTED, P.DECLINED},
    P.REDIRECTED: {P.SETTLED, P.DECLINED, P.TAKEN},
}
# What the program did not do, whoever did it then.
SAID_NO = (P.REDIRECTED, P.DECLINED, P.SETTLED)
