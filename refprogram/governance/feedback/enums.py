"""What people say about the program, and how far the answer is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class NoteKind(TextChoices):
    """What somebody wants to say."""

    HURTS = "hurts", _("It hurts")
    HELPS = "helps", _("It helps")
    IDEA = "idea", _("An idea")
    QUESTION = "question", _("A question")


class NoteState(TextChoices):
    """How far the answer is."""

    NEW = "new", _("waits for an answer")
    REPLIED = "replied", _("answered")
    SETTLED = "settled", _("settled")


N = NoteState
NOTE_MOVES: Moves = {N.NEW: {N.REPLIED, N.SETTLED}, N.REPLIED: {N.SETTLED}}
