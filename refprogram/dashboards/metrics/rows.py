"""Rows behind metrics that no room lists itself: deals that closed, each with a reference or without."""

from django.db.models import Exists, OuterRef, QuerySet

from references.accounts.enums import OPEN_STAGES
from references.accounts.models import Opportunity
from refprogram.dashboards.metrics.deals import held_for


def closed_deals() -> QuerySet[Opportunity]:
    """Return the deals that closed; `had_reference`: one took place on or before that day."""
    return (
        Opportunity.objects.exclude(stage__in=OPEN_STAGES)
        .filter(closes_on__isnull=False)
        .annotate(had_reference=Exists(held_for("pk").filter(day__lte=OuterRef("closes_on"))))
    )
