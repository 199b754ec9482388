"""How and when people are told."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MailState(TextChoices):
    """A mail's way out."""

    QUEUED = "queued", _("waiting")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    DROPPED = "dropped", _("not wanted")


class Channel(TextChoices):
    """How a person wants one kind of notice by mail."""

    NOW = "now", _("at once")
    DIGEST = "digest", _("in the daily digest")
    OFF = "off", _("not by mail")
