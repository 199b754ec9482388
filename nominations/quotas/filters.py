"""What narrows the lists of quotas."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from nominations.quotas.enums import QuotaState, Rung
from nominations.quotas.models import QuotaPlan, QuotaShare
from refprogram.kernel import filters
from refprogram.people.models import Region, Team


class BehindFilter(filters.YesNoFilter):
    """Not reached, and nobody waived it."""

    def filter(self, qs: QuerySet[QuotaShare], value: str) -> QuerySet[QuotaShare]:
        """Narrow to those who are behind, or to the others."""
        behind = Q(target__gt=0, counted__lt=F("target"), waived_at__isnull=True)
        if not value:
            return qs
        return qs.filter(behind) if value == "yes" else qs.exclude(behind)


class OwnFilter(filters.YesNoFilter):
    """The reader's own."""

    def filter(self, qs: QuerySet[QuotaShare], value: str) -> QuerySet[QuotaShare]:
        """Narrow to own ones, or to those of others."""
        own = {"user": self.parent.request.user}
        if not value:
            return qs
        return qs.filter(**own) if value == "yes" else qs.exclude(**own)


def plans(request: Any) -> QuerySet[QuotaPlan]:
    """Return all quotas, the latest first."""
    return QuotaPlan.objects.order_by("-starts_on", "name")


class ShareFilter(filters.FilterSet):
    """Which quota, whose, how far."""

    plan = filters.ModelChoiceFilter(label=_("Quota"), field_name="plan", queryset=plans)
    mine = OwnFilter(label=_("My own"))
    behind = BehindFilter(label=_("Behind"))
    state = filters.MultiChoiceFilter(label=_("The quota is"), field_name="plan__state", choices=QuotaState.choices)
    team = filters.ModelChoiceFilter(label=_("Team"), field_name="user__team", queryset=Team.objects)
    region = filters.ModelChoiceFilter(label=_("Region"), field_name="user__team__region", queryset=Region.objects)
    rung = filters.MultiChoiceFilter(label=_("Last step"), choices=Rung.choices)
    ends = filters.DateRangeFilter(label=_("Until"), field_name="ends_on")


class PlanFilter(filters.FilterSet):
    """State and time."""

    state = filters.MultiChoiceFilter(label=_("State"), choices=QuotaState.choices)
    starts = filters.DateRangeFilter(label=_("From"), field_name="starts_on")
