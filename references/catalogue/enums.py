"""Who must agree to an activity beside the account's owner."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Agrees(TextChoices):
    """Somebody who must agree before a customer is asked; routing puts names to it."""

    CSM = "csm", _("Customer success")
    MANAGER = "manager", _("The owner’s manager")
    LEGAL = "legal", _("Legal")
    EXECUTIVE = "executive", _("Executive sponsor")
