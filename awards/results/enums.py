"""States of tallies and awards."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class TallyState(TextChoices):
    """A tally is computed, looked at, signed by two, and never changed: a later one supersedes it."""

    COMPUTED = "computed", _("computed")
    REVIEWED = "reviewed", _("reviewed")
    CERTIFIED = "certified", _("certified")
    SUPERSEDED = "superseded", _("superseded")


T = TallyState
TALLY_MOVES: Moves = {
    T.COMPUTED: {T.REVIEWED, T.SUPERSEDED},
    T.REVIEWED: {T.CERTIFIED, T.SUPERSEDED},
    T.CERTIFIED: {T.SUPERSEDED},
}


class AwardState(TextChoices):
    """From a proposal to what the world reads (research 3)."""

    PROPOSED = "proposed", _("proposed")
    APPROVED = "approved", _("approved")
    EMBARGOED = "embargoed", _("under embargo")
    NOTIFIED = "notified", _("winner told in confidence")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined by the winner")
    PUBLISHED = "published", _("published")
    REVOKED = "revoked", _("revoked")


O = AwardState  # noqa: E741
AWARD_MOVES: Moves = {
    O.PROPOSED: {O.APPROVED, O.REVOKED},
    O.APPROVED: {O.EMBARGOED, O.PROPOSED, O.REVOKED},
    O.EMBARGOED: {O.NOTIFIED, O.PUBLISHED, O.REVOKED},
    O.NOTIFIED: {O.ACCEPTED, O.DECLINED, O.PUBLISHED, O.REVOKED},
    O.ACCEPTED: {O.PUBLISHED, O.DECLINED, O.REVOKED},
    O.PUBLISHED: {O.REVOKED},
}
STANDING = (O.PROPOSED, O.APPROVED, O.EMBARGOED, O.NOTIFIED, O.ACCEPTED, O.PUBLISHED)


class AwardKind(TextChoices):
    """What an entry is given in a category."""

    WINNER = "winner", _("winner")
    JOINT = "joint", _("joint winner")
    PLACED = "placed", _("placed")
    COMMENDED = "commended", _("commended")
    ALTERNATE = "alternate", _("moves up if a winner declines")
