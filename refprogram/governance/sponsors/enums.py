"""What sponsors back, what they promise, how far a promise is, and why a sponsor is lost."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class Backs(TextChoices):
    """What a sponsor stands for."""

    PROGRAM = "program", _("the whole program")
    REGION = "region", _("a region")
    CONTEST = "contest", _("a contest")


class Cause(TextChoices):
    """Why a sponsor may be lost. The first two stay sponsors until somebody decides; the others are none any more."""

    ROLE = "role", _("has another role now")
    LEAVE = "leave", _("is away for long")
    DEACTIVATED = "deactivated", _("has left")
    TERM = "term", _("does not back it any more")


class PledgeKind(TextChoices):
    """What a sponsor can do for the program."""

    ANNOUNCE = "announce", _("Announce")
    REPEAT = "repeat", _("Repeat")
    ATTEND = "attend", _("Attend")
    UNBLOCK = "unblock", _("Unblock")


class PledgeState(TextChoices):
    """How far a promise is."""

    PROMISED = "promised", _("promised")
    HANDED = "handed", _("waits for the new sponsor’s yes")
    UNHELD = "unheld", _("needs a new sponsor")
    DONE = "done", _("done")
    MISSED = "missed", _("missed")
    RELEASED = "released", _("released")


class Reminder(TextChoices):
    """Which of the three reminders went out last; each goes once for a due day."""

    BEFORE = "before", _("some days before")
    DAY = "day", _("on the day")
    AFTER = "after", _("once after")


S = PledgeState
# Who did it and told late has done it; nobody is held to what the program released them from.
PLEDGE_MOVES: Moves = {
    S.PROMISED: {S.DONE, S.MISSED, S.RELEASED, S.HANDED, S.UNHELD},
    S.HANDED: {S.PROMISED, S.UNHELD, S.RELEASED, S.HANDED},
    S.UNHELD: {S.HANDED, S.RELEASED},
    S.MISSED: {S.DONE, S.RELEASED},
}
OPEN = (S.PROMISED, S.HANDED, S.UNHELD)
SETTLED = (S.DONE, S.MISSED, S.RELEASED)
