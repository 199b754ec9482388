"""What is recognised, and how far a letter is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class RecognitionSide(TextChoices):
    """In what somebody can be good; each has its figure and its levels."""

    VOLUME = "volume", _("References brought in")
    QUALITY = "quality", _("Good nominations")
    GAPS = "gaps", _("Gaps closed")
    HELP = "help", _("Help to others")


class LetterState(TextChoices):
    """An executive's letter: nothing leaves before its writer sends it."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    DROPPED = "dropped", _("dropped")


LETTER_MOVES: Moves = {LetterState.DRAFT: {LetterState.SENT, LetterState.DROPPED}}


class PostKind(TextChoices):
    """What stands in the feed."""

    LETTER = "letter", _("Letters")
    BADGE = "badge", _("Badges")
    THANKS = "thanks", _("Thanks")
    WIN = "win", _("Wins")
