"""States of targets and plans; dimensions come from the accounts' own definition."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from references.accounts.segments import Dimension
from refprogram.kernel.moves import Moves

__all__ = ["OPEN_PLANS", "PLAN_MOVES", "TARGET_MOVES", "Dimension", "PlanState", "TargetState"]


class TargetState(TextChoices):
    """A recruiting target: so many new references in one cell."""

    OPEN = "open", _("open")
    MET = "met", _("met")
    CLOSED = "closed", _("closed")


TARGET_MOVES: Moves = {TargetState.OPEN: {TargetState.MET, TargetState.CLOSED}, TargetState.MET: {TargetState.OPEN}}


class PlanState(TextChoices):
    """The way of a plan to win one certain customer (columns of the board)."""

    PLANNED = "planned", _("planned")
    CONNECTING = "connecting", _("in contact")
    OFFERED = "offered", _("offer made")
    AGREED = "agreed", _("agreed")
    ACTIVE = "active", _("reference")
    DROPPED = "dropped", _("dropped")


P = PlanState
# A customer may say yes before the plan has come so far: every open plan can end in a reference, by the event alone.
PLAN_MOVES: Moves = {
    P.PLANNED: {P.CONNECTING, P.OFFERED, P.DROPPED, P.ACTIVE},
    P.CONNECTING: {P.PLANNED, P.OFFERED, P.AGREED, P.DROPPED, P.ACTIVE},
    P.OFFERED: {P.CONNECTING, P.AGREED, P.DROPPED, P.ACTIVE},
    P.AGREED: {P.OFFERED, P.ACTIVE, P.DROPPED},
    P.DROPPED: {P.PLANNED},
}
OPEN_PLANS = (P.PLANNED, P.CONNECTING, P.OFFERED, P.AGREED)
