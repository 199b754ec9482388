"""States of votes, and why one is set aside."""

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
# Somebody's one vote: it stands, also while it is looked at.
STANDING_VOTES = (V.COUNTED, V.QUARANTINED)


class Flag(TextChoices):
    """Why a vote is looked at before it counts."""

    NETWORK = "network", _("many from one network")
    DEVICE = "device", _("several from one browser")
    BURST = "burst", _("many within minutes")
    EMPLOYER = "employer", _("many from one company")
    THROWAWAY = "throwaway", _("a throw-away mail address")
    AGAIN = "again", _("again, after a vote that was not counted")
    HAND = "hand", _("set aside by hand")
