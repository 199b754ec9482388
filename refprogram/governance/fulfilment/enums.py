"""What is given, under which policy of the receiver's employer, and how far it has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class GiftKind(TextChoices):
    """Why something is given."""

    PRIZE = "prize", _("prize")
    REWARD = "reward", _("reward")
    APPRECIATION = "appreciation", _("appreciation")
    CHARITY = "charity", _("charity gift")


class GiftPolicy(TextChoices):
    """What the receiver's employer allows."""

    ALLOWED = "allowed", _("gifts allowed")
    CEILING = "ceiling", _("gifts up to a value")
    CHARITY_ONLY = "charity_only", _("only a gift to charity")
    NONE = "none", _("no gifts")


class FulfilmentState(TextChoices):
    """From the idea to the thank-you."""

    IN_APPROVAL = "in_approval", _("waiting for approval")
    REJECTED = "rejected", _("rejected")
    WAITING_MONEY = "waiting_money", _("waiting for money")
    READY = "ready", _("ready to order")
    SCHEDULED = "scheduled", _("scheduled")
    ORDERED = "ordered", _("ordered")
    DELIVERED = "delivered", _("delivered")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    REFUSED = "refused", _("refused by the receiver")
    SUBSTITUTED = "substituted", _("replaced by another")
    RETURNED = "returned", _("returned")
    REFUNDED = "refunded", _("refunded")
    CANCELLED = "cancelled", _("called off before it was ordered")
    ORDER_CANCELLED = "unordered", _("order cancelled")


S = FulfilmentState
FULFILMENT_MOVES: Moves = {
    S.IN_APPROVAL: {S.REJECTED, S.WAITING_MONEY, S.READY, S.CANCELLED, S.REFUSED},
    S.WAITING_MONEY: {S.READY, S.CANCELLED, S.REFUSED, S.SUBSTITUTED},
    S.READY: {S.SCHEDULED, S.ORDERED, S.CANCELLED, S.REFUSED, S.SUBSTITUTED},
    S.SCHEDULED: {S.SCHEDULED, S.ORDERED, S.DELIVERED, S.CANCELLED, S.REFUSED, S.SUBSTITUTED},
    S.ORDERED: {S.DELIVERED, S.REFUSED, S.SUBSTITUTED, S.ORDER_CANCELLED},  # what is ordered is owed
    S.DELIVERED: {S.ACKNOWLEDGED, S.RETURNED, S.REFUSED, S.ORDERED},  # ordered again: it has not arrived
    S.ACKNOWLEDGED: {S.RETURNED},
    S.REFUSED: {S.RETURNED, S.SUBSTITUTED, S.REFUNDED},
    S.RETURNED: {S.REFUNDED, S.SUBSTITUTED},
    S.SUBSTITUTED: {S.REFUNDED},
    S.ORDER_CANCELLED: {S.REFUNDED},
}
# Whose money is set aside, and which may still be called off.
UNDER_WAY = (S.IN_APPROVAL, S.WAITING_MONEY, S.READY, S.SCHEDULED, S.ORDERED)
