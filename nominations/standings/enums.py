"""Whose standings there are, in which leagues, and who sees the last places."""

from enum import StrEnum
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.people.enums import Role

FIELD: Final = (Role.REP, Role.SUPPORT)  # who is in the field; others are ranked once they have nominated


class By(StrEnum):
    """Whose standings. A rep's key is their person's id."""

    REP = "rep"
    TEAM = "team"
    REGION = "region"


class League(TextChoices):
    """People who start from a like place: those of one role, and those who are new (docs/decisions/0007-leagues.md)."""

    ALL = "", _("Everybody")
    SALES = "sales", _("Sales")
    SUPPORT = "support", _("Support")
    NEW = "new", _("New here")


class ShownTo(TextChoices):
    """Who reads the last places."""

    SELF = "self", _("nobody: each reads their own place")
    MANAGER = "manager", _("managers, those of their own team")
    ANONYMOUS = "anonymous", _("everybody, without names")
    TEAM = "team", _("each team, its own")
    PUBLIC = "public", _("everybody, with names")
