"""What is introduced, how far it is, and by which way people hear of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class ChangeKind(TextChoices):
    """What is introduced."""

    PROGRAM = "program", _("the program itself")
    RULE = "rule", _("a rule")
    WAVE = "wave", _("a wave or campaign")
    TOOL = "tool", _("a tool")
    OTHER = "other", _("something else")


class ChangeState(TextChoices):
    """How far a change is."""

    OPEN = "open", _("under way")
    DONE = "done", _("settled in")
    DROPPED = "dropped", _("called off")


C = ChangeState
CHANGE_MOVES: Moves = {C.OPEN: {C.DONE, C.DROPPED}, C.DONE: {C.OPEN}, C.DROPPED: {C.OPEN}}


class StepKind(TextChoices):
    """What is done so that people are ready."""

    MESSAGE = "message", _("message")
    TRAINING = "training", _("training")


class Channel(TextChoices):
    """How a message reaches people."""

    MAIL = "mail", _("mail")
    MEETING = "meeting", _("meeting")
    CHAT = "chat", _("chat")
    PAGE = "page", _("page in the intranet")
    VIDEO = "video", _("video")
    PERSONAL = "personal", _("in person")
