"""States of votes."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class VoteState(TextChoices):
    """A vote counts once its mail address answered; odd ones are set aside and looked at, never deleted."""

    UNVERIFIED = "unverified", _("mail not confirmed")
    COUNTED = "counted", _("counted")
    QUARANTINED = "quarantined", _("set aside")
    VOIDED = "voided", _("not counted")


V = VoteState
VOTE_MOVES: Moves = {
    V.UNVERIFIED: {V.COUNTED, V.QUARANTINED, V.VOIDED},
    V.COUNTED: {V.QUARANTINED, V.VOIDED},
    V.QUARANTINED: {V.COUNTED, V.VOIDED},
}
