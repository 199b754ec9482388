"""What this room vouches for before a customer takes part: a result that somebody verified (`VERIFIED_FACTS`)."""

from django.utils.translation import gettext as _

from references.accounts.models import Account
from references.profiles.models import Outcome


def verified_outcome(account: Account) -> str:
    """Return the newest verified result in words; empty where there is none."""
    verified = Outcome.objects.filter(account=account, verified_at__isnull=False).order_by("-verified_at")
    metric = verified.values_list("metric", flat=True).first()
    return _("a verified result: %(metric)s") % {"metric": metric} if metric else ""
