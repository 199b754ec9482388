"""Facts about nominations, contests and what colleagues owe."""

import datetime as dt
from functools import cached_property
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum

from nominations.enums import NominationState
from nominations.models import Nomination
from nominations.quotas.models import QuotaShare
from references.requests.selectors.influence import Median
from refprogram.dashboards.metrics.spans import YEAR, Span

NEVER_SENT = (NominationState.DRAFT, NominationState.MERGED)


class Nominations:
    """Nominations of the year that ends with a day."""

    def __init__(self, until: dt.date) -> None:
        self.span = Span(until, YEAR)

    @cached_property
    def funnel(self) -> dict[str, Any]:
        """Sent in, approved, enrolled, first act; and how long it took: one query."""
        since, until = self.span.moments
        rows = Nomination.objects.filter(submitted_at__gte=since, submitted_at__lt=until).exclude(state__in=NEVER_SENT)
        enrolled = Q(enrolled_at__isnull=False, enrolled_at__lt=until)
        taken = ExpressionWrapper(F("enrolled_at") - F("submitted_at"), output_field=DurationField())
        found = rows.aggregate(
            submitted=Count("pk"),
            approved=Count("pk", filter=enrolled | Q(decided_at__lt=until, state__in=APPROVED)),
            enrolled=Count("pk", filter=enrolled),
            acted=Count("pk", filter=Q(first_act_at__isnull=False, first_act_at__lt=until)),
            days=Median(taken, filter=enrolled, output_field=DurationField()),
        )
        days = found.pop("days")
        return found | {"days": None if days is None else round(days / dt.timedelta(days=1), 4)}

    @cached_property
    def reached(self) -> dict[str, int]:
        """Nominations that became references in the year, and those whose customer first spoke in it; one query."""
        since, until = self.span.moments
        found: dict[str, int] = Nomination.objects.exclude(state__in=NEVER_SENT).aggregate(
            enrolled=Count("pk", filter=Q(enrolled_at__gte=since, enrolled_at__lt=until)),
            acted=Count("pk", filter=Q(first_act_at__gte=since, first_act_at__lt=until)),
        )
        return found

    @cached_property
    def quota(self) -> dict[str, Any]:
        """What was owed in quotas that were running that day, and what was counted for it."""
        running = QuotaShare.objects.filter(starts_on__lte=self.span.until, ends_on__gte=self.span.until)
        found = running.filter(waived_at__isnull=True).aggregate(
            people=Count("pk"), target=Sum("target", default=0), counted=Sum("counted", default=0)
        )
        return {"people": found["people"], "target": float(found["target"]), "counted": float(found["counted"])}


APPROVED = (
    NominationState.APPROVED,
    NominationState.OUTREACH,
    NominationState.CUSTOMER_DECLINED,
    NominationState.ENROLLED,
    NominationState.FIRST_ACT,
)
