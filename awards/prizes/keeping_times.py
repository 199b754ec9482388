"""How long it is kept what winners told us so that a prize could be handed over: addresses, names, diets."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from awards.prizes.enums import GrantState
from awards.prizes.models import PrizeGrant
from refprogram.governance.fulfilment.enums import FulfilmentState
from refprogram.kernel.retention import Policy

OVER = Q(state__in=[GrantState.REFUSED, GrantState.CANCELLED, GrantState.KEPT]) | Q(
    state=GrantState.TAKEN, fulfilment__state__in=[FulfilmentState.DELIVERED, FulfilmentState.ACKNOWLEDGED]
)


def _empty(rows: list[Any]) -> None:
    PrizeGrant.objects.filter(pk__in=[row.pk for row in rows]).update(details={})


POLICIES = [
    Policy(
        "prize_details",
        _("What winners told us for their prizes: addresses, travellers, guests"),
        180,
        _("Until it is handed over and nobody asks any more. What was given stays for the books."),
        lambda before: PrizeGrant.objects.filter(OVER, updated_at__lt=before).exclude(details={}),
        _empty,
    ),
]
