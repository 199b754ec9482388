"""What can be had for points, and how far a redemption is."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.governance.approvals.enums import ApprovalKind
from refprogram.kernel.moves import Moves


class ItemKind(TextChoices):
    """What is given."""

    VOUCHER = "voucher", _("Voucher")
    GIFT_CARD = "gift_card", _("Gift card")
    DAY_OFF = "day_off", _("Day off")
    AFTERNOON_OFF = "afternoon", _("Afternoon off")
    LUNCH = "lunch", _("Lunch with an executive")
    CONFERENCE = "conference", _("Conference pass and flight")
    TRAINING = "training", _("Training")
    CITY_TOUR = "city_tour", _("City tour")
    DONATION = "donation", _("Donation")
    TICKETS = "tickets", _("Tickets")
    ELECTRONICS = "electronics", _("Electronics")
    DISCOUNT = "discount", _("Discount")
    FREE_SERVICE = "service", _("Free service")
    OTHER = "other", _("Something else")


class Clientele(TextChoices):
    """Who may have it."""

    COLLEAGUES = "colleagues", _("colleagues")
    CUSTOMERS = "customers", _("customers")


class RedemptionState(TextChoices):
    """Where a redemption stands. While it is ASKED, its gift (governance.fulfilment) says how far the yes is."""

    ASKED = "asked", _("asked for")
    ORDERED = "ordered", _("on its way")
    FAILED = "failed", _("could not be had")
    DELIVERED = "delivered", _("handed over")
    CONFIRMED = "confirmed", _("confirmed")
    REJECTED = "rejected", _("not approved")
    CANCELLED = "cancelled", _("called off")
    REFUNDED = "refunded", _("points given back")


R = RedemptionState
REDEMPTION_MOVES: Moves = {
    R.ASKED: {R.ORDERED, R.DELIVERED, R.CONFIRMED, R.REJECTED, R.CANCELLED},
    R.ORDERED: {R.DELIVERED, R.CONFIRMED, R.FAILED, R.REFUNDED},
    R.FAILED: {R.ORDERED, R.DELIVERED, R.CONFIRMED, R.REFUNDED},
    R.DELIVERED: {R.CONFIRMED, R.ORDERED, R.REFUNDED},  # ordered again: it has not arrived
    R.CONFIRMED: {R.ORDERED, R.REFUNDED},
}
# The points are with the wallet again.
POINTS_BACK: Final = (R.REJECTED, R.CANCELLED, R.REFUNDED)
# The points are spent.
POINTS_SPENT: Final = (R.ORDERED, R.FAILED, R.DELIVERED, R.CONFIRMED)
# Whose item is out of the shelf.
HOLDS_STOCK: Final = (R.ASKED, *POINTS_SPENT)


class DisputeState(TextChoices):
    """What became of an objection."""

    OPEN = "open", _("waits for an answer")
    UPHELD = "upheld", _("stays as it is")
    CORRECTED = "corrected", _("points given back")


class Road(TextChoices):
    """Whose blessing an item needs: one of the common chains."""

    REWARD = ApprovalKind.REWARD.value, _("the manager; finance too for large ones")
    FIELD_INCENTIVE = ApprovalKind.FIELD_INCENTIVE.value, _("the head of sales")
    EXECUTIVE_TIME = ApprovalKind.EXECUTIVE_TIME.value, _("the executive whose time it is")
    CUSTOMER_BENEFIT = ApprovalKind.CUSTOMER_BENEFIT.value, _("who runs the program; an executive from a value on")
