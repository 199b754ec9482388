"""States of a version of the charter, and what it is made of."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves
from refprogram.people.enums import Role


class CharterState(TextChoices):
    """A version's way from the first words to the one that holds."""

    DRAFT = "draft", _("draft")
    CONSULT = "consult", _("being read by colleagues")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


S = CharterState
CHARTER_MOVES: Moves = {
    S.DRAFT: {S.CONSULT},
    S.CONSULT: {S.DRAFT, S.APPROVED},
    S.APPROVED: {S.DRAFT, S.PUBLISHED},
    S.PUBLISHED: {S.SUPERSEDED},
}
IN_WORK = (S.DRAFT, S.CONSULT, S.APPROVED)
WRITABLE = (S.DRAFT, S.CONSULT)


class Horizon(TextChoices):
    """How far ahead a mark of the road lies."""

    SHORT = "short", _("short strategy")
    LONG = "long", _("long strategy")


class MarkKind(TextChoices):
    """What stands on the road."""

    DRIVER = "driver", _("driver")
    MILESTONE = "milestone", _("milestone")


class Circle(TextChoices):
    """From where colleagues look at the program."""

    BOSS = "boss", _("Above us")
    PEERS = "peers", _("Beside us")
    TEAM = "team", _("Our own team")
    FIELD = "field", _("Sales and support")


CIRCLES = {
    Circle.BOSS: (Role.EXECUTIVE, Role.SALES_HEAD),
    Circle.PEERS: (Role.MANAGER, Role.FINANCE, Role.LEGAL),
    Circle.TEAM: (Role.MARKETER, Role.ADMIN),
    Circle.FIELD: (Role.REP, Role.SUPPORT),
}
# Who is asked to acknowledge the charter; sales and support may, too.
ASKED = tuple(role for circle in (Circle.BOSS, Circle.PEERS, Circle.TEAM) for role in CIRCLES[circle])
