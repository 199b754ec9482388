"""States and kinds of corrections, outcomes and linked programs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class CorrectionState(TextChoices):
    """A change to a field that the CRM owns: proposed here, carried out there."""

    PROPOSED = "proposed", _("proposed")
    SENT = "sent", _("sent to the CRM")
    DONE = "done", _("the CRM says so now")
    REFUSED = "refused", _("refused")


CORRECTION_MOVES: Moves = {
    CorrectionState.PROPOSED: {CorrectionState.SENT, CorrectionState.DONE, CorrectionState.REFUSED},
    CorrectionState.SENT: {CorrectionState.DONE, CorrectionState.REFUSED},
}
OPEN_CORRECTIONS = (CorrectionState.PROPOSED, CorrectionState.SENT)


class Direction(TextChoices):
    """Which way a measure gets better."""

    DOWN = "down", _("less is better")
    UP = "up", _("more is better")


class ProgramKind(TextChoices):
    """Programs beside the reference program that ask the same people."""

    COUNCIL = "council", _("Advisory council")
    BETA = "beta", _("Beta test")
    COMMUNITY = "community", _("Community")
    SATISFACTION = "satisfaction", _("Satisfaction program")


class ParticipationState(TextChoices):
    """How a customer stands in a linked program."""

    INVITED = "invited", _("invited")
    ACTIVE = "active", _("takes part")
    ENDED = "ended", _("ended")


PARTICIPATION_MOVES: Moves = {
    ParticipationState.INVITED: {ParticipationState.ACTIVE, ParticipationState.ENDED},
    ParticipationState.ACTIVE: {ParticipationState.ENDED},
}
