"""States and channels of campaigns."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from refprogram.kernel.moves import Moves


class CampaignState(TextChoices):
    """A campaign's life."""

    PLANNED = "planned", _("planned")
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")
    CANCELLED = "cancelled", _("cancelled")


C = CampaignState
CAMPAIGN_MOVES: Moves = {C.PLANNED: {C.RUNNING, C.CANCELLED}, C.RUNNING: {C.ENDED, C.CANCELLED}}


class MessageChannel(TextChoices):
    """How a campaign's message goes out."""

    MAIL = "mail", _("Mail to colleagues")
    NOTICE = "notice", _("Notice in the program")
    CUSTOMERS = "customers", _("Mail to customers")
    OUTSIDE = "outside", _("Outside the program (poster, meeting, call)")


class Uses(TextChoices):
    """The teams that use references, each with its own part of the kick-off checklist."""

    SALES = "sales", _("Sales")
    PR = "pr", _("Press relations")
    ADVERTISING = "advertising", _("Advertising")
    PRODUCT = "product", _("Product management")
    SUPPORT = "support", _("Customer support")
    EVENTS = "events", _("Events")
