"""Kinds of what is given to and asked of a customer, and states of reservations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class GoodwillKind(TextChoices):
    """What was given (points up) or asked (points down)."""

    EXECUTIVE_TIME = "executive_time", _("Time of an executive")
    TRAINING = "training", _("Training")
    EARLY_ACCESS = "early_access", _("Early access")
    AWARD = "award", _("Award")
    GIFT = "gift", _("Gift")
    VISIBILITY = "visibility", _("Joint marketing")
    THANKS = "thanks", _("Thanks")
    ASK = "ask", _("What they did for us")
    DECLINED = "declined", _("An ask they declined")
    CORRECTION = "correction", _("Correction")


class ReservationState(TextChoices):
    """A customer kept free for somebody's plan."""

    ACTIVE = "active", _("reserved")
    USED = "used", _("used")
    RELEASED = "released", _("released")


RESERVATION_MOVES: Moves = {ReservationState.ACTIVE: {ReservationState.USED, ReservationState.RELEASED}}
