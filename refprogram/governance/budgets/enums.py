"""Kinds of cost, and the states of funds and commitments."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class CostKind(TextChoices):
    """What the money is for."""

    VIDEO = "video", _("video")
    TRAVEL = "travel", _("travel")
    WRITER = "writer", _("writer")
    EVENT = "event", _("event")
    INCENTIVE = "incentive", _("incentive")
    OTHER = "other", _("other")


class FundState(TextChoices):
    """A quarter's fund from the wish to the closed book."""

    REQUESTED = "requested", _("requested")
    OPEN = "open", _("open")
    FROZEN = "frozen", _("frozen")
    REJECTED = "rejected", _("rejected")
    CLOSED = "closed", _("closed")


F = FundState
FUND_MOVES: Moves = {
    F.REQUESTED: {F.OPEN, F.REJECTED},
    F.OPEN: {F.FROZEN, F.CLOSED},
    F.FROZEN: {F.OPEN, F.CLOSED},
}


class CommitmentState(TextChoices):
    """Money promised for one thing."""

    ASKED = "asked", _("waiting for approval")
    WAITING = "waiting", _("waiting for money")
    COMMITTED = "committed", _("committed")
    SPENT = "spent", _("spent")
    RELEASED = "released", _("released")


C = CommitmentState
COMMITMENT_MOVES: Moves = {
    C.ASKED: {C.WAITING, C.COMMITTED, C.RELEASED},
    C.WAITING: {C.COMMITTED, C.RELEASED},
    C.COMMITTED: {C.SPENT, C.RELEASED},
}


PENDING = (C.ASKED, C.WAITING)
OPEN_COMMITMENTS = (C.ASKED, C.WAITING, C.COMMITTED)


class EntryKind(TextChoices):
    """One movement in a fund's book."""

    ALLOCATE = "allocate", _("allocated")
    COMMIT = "commit", _("committed")
    RELEASE = "release", _("released")
    SPEND = "spend", _("spent")
    REFUND = "refund", _("refunded")
