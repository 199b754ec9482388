"""The ledger's accounts and a rule's states."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class Book(TextChoices):
    """One account of the double-entry ledger. ISSUED is the program's side and may go negative; the others may not."""

    ISSUED = "issued", _("issued by the program")
    AVAILABLE = "available", _("available")


class RuleState(TextChoices):
    """Only a live rule posts."""

    DRAFT = "draft", _("draft")
    LIVE = "live", _("on")
    STOPPED = "stopped", _("off")


RULE_MOVES: Moves = {
    RuleState.DRAFT: {RuleState.LIVE},
    RuleState.LIVE: {RuleState.STOPPED},
    RuleState.STOPPED: {RuleState.LIVE},
}
