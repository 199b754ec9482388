"""How often a badge can be won by one person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Often(TextChoices):
    """How often one person may have the same badge."""

    ONCE = "once", _("once")
    MONTHLY = "monthly", _("once a month")
    ALWAYS = "always", _("each time")


class Tone(TextChoices):
    """How a badge is drawn: a disc of one of the program's colours."""

    PLAIN = "plain", _("Quiet")
    INFO = "info", _("Blue")
    OK = "ok", _("Green")
    WAIT = "wait", _("Amber")
    MINE = "mine", _("The program’s own")


class Picture(TextChoices):
    """What is drawn on it: names of the program's icons."""

    TROPHY = "trophy", _("Cup")
    STAR = "star", _("Star")
    HEART = "heart", _("Heart")
    FLAG = "flag", _("Flag")
    MAP = "map", _("Map")
    QUOTE = "quote", _("Quotation mark")
    CHAT = "chat", _("Conversation")
    SHIELD = "shield", _("Shield")
    IDEA = "idea", _("Idea")
    TARGET = "target", _("Target")
    UP = "up", _("Arrow up")
    USERS = "users", _("People")
