"""What can follow from a missed goal, and how far a case has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class Effect(TextChoices):
    """What a case does to the person once it is in force."""

    RESTRICTION = "restriction", _("takes a privilege away for a time")
    TASK = "task", _("gives a task")
    DEMERIT = "demerit", _("costs demerits of data quality")


class GoalDirection(TextChoices):
    """On which side of the threshold the goal is missed."""

    BELOW = "below", _("below")
    ABOVE = "above", _("above")


class Period(TextChoices):
    """How much time is looked at, once it is over."""

    MONTH = "month", _("each month")
    QUARTER = "quarter", _("each quarter")


class LeftOut(TextChoices):
    """Why somebody is not compared; the first that applies, in this order."""

    INACTIVE = "inactive", _("has no access any more")
    OFF = "off", _("switched off for their region or team")
    NEW = "new", _("new in the company")
    LEAVE = "leave", _("away for more than half of the time")


class CaseState(TextChoices):
    """From the proposal to the end; nothing binds before notice and the time to appeal."""

    PROPOSED = "proposed", _("proposed")
    NOTIFIED = "notified", _("notified")
    APPEALED = "appealed", _("appealed")
    IN_FORCE = "in_force", _("in force")
    SERVED = "served", _("over")
    WAIVED = "waived", _("waived")
    DISMISSED = "dismissed", _("dismissed by the board")


S = CaseState
CASE_MOVES: Moves = {
    S.PROPOSED: {S.NOTIFIED, S.DISMISSED, S.WAIVED},
    S.NOTIFIED: {S.APPEALED, S.IN_FORCE, S.WAIVED},
    S.APPEALED: {S.NOTIFIED, S.WAIVED},  # turned down, it takes effect on its day like any other
    S.IN_FORCE: {S.SERVED, S.WAIVED},
}
OPEN_CASES = (S.PROPOSED, S.NOTIFIED, S.APPEALED, S.IN_FORCE)


class TaskState(TextChoices):
    """A task that a case, or a person, gave."""

    OPEN = "open", _("open")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled")


TASK_MOVES: Moves = {TaskState.OPEN: {TaskState.DONE, TaskState.CANCELLED}}
