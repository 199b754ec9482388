"""How far a prize is before it becomes a gift, and after an award was taken back. In between the gift says it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.kernel.moves import Moves


class GrantState(TextChoices):
    """From the offer to the winner's word; while it is TAKEN, its gift (governance.fulfilment) says how far it is."""

    OFFERED = "offered", _("waits for the winner")
    HELD = "held", _("cannot be offered yet")
    TAKEN = "taken", _("taken")
    REFUSED = "refused", _("refused by the winner")
    CANCELLED = "cancelled", _("called off")
    RECALLED = "recalled", _("to be brought back")
    KEPT = "kept", _("left with the receiver")


G = GrantState
GRANT_MOVES: Moves = {
    G.OFFERED: {G.TAKEN, G.HELD, G.REFUSED, G.CANCELLED},
    G.HELD: {G.OFFERED, G.CANCELLED},
    G.TAKEN: {G.OFFERED, G.CANCELLED, G.RECALLED},  # offered again: something else, where the first came to nothing
    G.REFUSED: {G.OFFERED},
    G.CANCELLED: {G.OFFERED},
    G.RECALLED: {G.CANCELLED, G.KEPT},  # cancelled: it is back, or was never handed over
}

F = FulfilmentState
# A gift that came to nothing: its prize may be offered again, as something else.
FELL_THROUGH = (F.REJECTED, F.REFUSED, F.RETURNED, F.REFUNDED, F.CANCELLED, F.ORDER_CANCELLED)
# A gift that may still be called off without anybody giving anything back.
NOT_ORDERED = (F.IN_APPROVAL, F.WAITING_MONEY, F.READY, F.SCHEDULED)
# Out of our hands: with the supplier, or with the receiver.
OUT = (F.ORDERED, F.DELIVERED, F.ACKNOWLEDGED)
HANDED_OVER = (F.DELIVERED, F.ACKNOWLEDGED)
# Nobody has anything more to do.
AT_REST = (F.DELIVERED, F.ACKNOWLEDGED, F.REFUSED, F.RETURNED, F.REFUNDED, F.CANCELLED, F.ORDER_CANCELLED)


class Answer(TextChoices):
    """What a winner says to the offer."""

    TAKE = "take", _("Take it")
    CHARITY = "charity", _("Give it to a good cause instead")
    REFUSE = "refuse", _("Rather not")
