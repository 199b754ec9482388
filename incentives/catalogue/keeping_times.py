"""How long it is kept what people told us so that a reward could be handed over: addresses, names, diets."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from incentives.catalogue.enums import POINTS_BACK, RedemptionState
from incentives.catalogue.models import Redemption
from refprogram.kernel.retention import Policy

OVER = (RedemptionState.CONFIRMED, *POINTS_BACK)


def _empty(rows: list[Any]) -> None:
    Redemption.objects.filter(pk__in=[row.pk for row in rows]).update(details={})


POLICIES = [
    Policy(
        "reward_details",
        _("What people told us for their rewards: addresses, travellers, guests"),
        180,
        _("Until it is handed over and nobody asks any more. What was given stays for the books."),
        lambda before: Redemption.objects.filter(state__in=OVER, updated_at__lt=before).exclude(details={}),
        _empty,
    ),
]
