"""Kinds of countings, and how often something is mailed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CountingKind(TextChoices):
    """Why all metrics were counted."""

    LIVE = "live", _("as it stands")
    MONTH = "month", _("end of the month")
    HAND = "hand", _("kept by hand")


class Rhythm(TextChoices):
    """How often a mail comes."""

    WEEKLY = "weekly", _("each week")
    MONTHLY = "monthly", _("each month")
