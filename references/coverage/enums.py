"""Dimensions of coverage, and states of targets and plans."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class Dimension(TextChoices):
    """By what the pool is divided."""

    INDUSTRY = "industry", _("Industry")
    REGION = "region", _("Region")
    PRODUCT = "product", _("Product")
    USE_CASE = "use_case", _("Use case")
    SIZE = "size", _("Size")
    PERSONA = "persona", _("Persona")


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
PLAN_MOVES: Moves = {
    P.PLANNED: {P.CONNECTING, P.OFFERED, P.DROPPED},
    P.CONNECTING: {P.PLANNED, P.OFFERED, P.AGREED, P.DROPPED},
    P.OFFERED: {P.CONNECTING, P.AGREED, P.DROPPED},
    P.AGREED: {P.OFFERED, P.ACTIVE, P.DROPPED},
    P.DROPPED: {P.PLANNED},
}
OPEN_PLANS = (P.PLANNED, P.CONNECTING, P.OFFERED, P.AGREED)
