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


GIVES = (
    GoodwillKind.EXECUTIVE_TIME, GoodwillKind.TRAINING, GoodwillKind.EARLY_ACCESS, GoodwillKind.AWARD,
    GoodwillKind.GIFT, GoodwillKind.VISIBILITY, GoodwillKind.THANKS,
)  # fmt: skip
ASKS = (GoodwillKind.ASK, GoodwillKind.DECLINED)


class Team(TextChoices):
    """Who asks customers. The first six are those of a request (`requests.enums.Wanting`)."""

    SALES = "sales", _("Sales")
    ENGINEERING = "engineering", _("Engineering")
    PRODUCT = "product", _("Product management")
    PR = "pr", _("Public relations")
    ADVERTISING = "advertising", _("Advertising")
    EVENTS = "events", _("Events")
    PROGRAM = "program", _("Reference program")
    COUNCIL = "council", _("Advisory council")
    BETA = "beta", _("Beta program")


class ReservationState(TextChoices):
    """A customer kept free for somebody's plan."""

    ACTIVE = "active", _("reserved")
    USED = "used", _("used")
    RELEASED = "released", _("released")


RESERVATION_MOVES: Moves = {ReservationState.ACTIVE: {ReservationState.USED, ReservationState.RELEASED}}
