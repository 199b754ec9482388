"""States of quotas, what they count, and the rungs of the ladder."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class QuotaState(TextChoices):
    """A quota's period: planned, open, then grace, closed, appealed where somebody objects, final."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    GRACE = "grace", _("grace")
    CLOSED = "closed", _("closed")
    APPEALED = "appealed", _("under appeal")
    FINAL = "final", _("final")


Q = QuotaState
QUOTA_MOVES: Moves = {
    Q.PLANNED: {Q.OPEN},
    Q.OPEN: {Q.GRACE},
    Q.GRACE: {Q.CLOSED},
    Q.CLOSED: {Q.APPEALED, Q.FINAL},
    Q.APPEALED: {Q.CLOSED, Q.FINAL},
}


class Counts(TextChoices):
    """From when on a nomination counts."""

    APPROVED = "approved", _("when it is approved")
    ENROLLED = "enrolled", _("when the customer is enrolled")


class Rung(TextChoices):
    """What happens to who is behind, step by step; each can be off."""

    NUDGE = "nudge", _("A friendly reminder")
    MANAGER = "manager", _("Their manager is told")
    RESTRICTED = "restricted", _("Requests for references are restricted")
    REVIEW = "review", _("A note for the review")
