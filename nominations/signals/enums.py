"""What good news there is, and for whom links to nominate are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Signal(TextChoices):
    """Good news that drafts a nomination."""

    NPS = "nps", _("A promoter’s score")
    CSAT = "csat", _("A high satisfaction score")
    GO_LIVE = "go_live", _("Live for a while")
    RENEWAL = "renewal", _("A renewal")
    WON = "won", _("A won deal")
    RECOVERED = "recovered", _("A solved escalation")


class LinkFor(TextChoices):
    """Who may nominate by an open link."""

    CUSTOMER = "customer", _("Customers")
    PARTNER = "partner", _("Partners")
    COLLEAGUE = "colleague", _("Colleagues without an account")
