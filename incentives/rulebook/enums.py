"""The states of rules, and of what they promised."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


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


class PromiseState(TextChoices):
    """What became of points that waited for a milestone."""

    OPEN = "open", _("waiting")
    KEPT = "kept", _("came true")
    LOST = "lost", _("did not come true")
