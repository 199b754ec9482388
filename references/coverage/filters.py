"""What narrows the list of recruiting targets."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from references.coverage.enums import PlanState, TargetState
from references.coverage.models import RecruitingTarget, TargetPlan
from refprogram.kernel import filters


class OwnFilter(filters.YesNoFilter):
    """Whether it is the reader's."""

    by_value = False

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to one's own, or to the others."""
        if not value:
            return qs
        own = {"owner": self.parent.request.user}
        return qs.filter(**own) if value == "yes" else qs.exclude(**own)


class RecruitingFilter(filters.FilterSet):
    """Filters of the list of targets."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=TargetState.choices)
    due = filters.DateRangeFilter(label=_("Until"), field_name="due_on")
    mine = OwnFilter(label=_("My targets"))

    class Meta:
        model = RecruitingTarget
        fields: list[str] = []


class PlanFilter(filters.FilterSet):
    """Filters of plans over the API."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=PlanState.choices)
    due = filters.DateRangeFilter(label=_("Until"), field_name="due_on")

    class Meta:
        model = TargetPlan
        fields: list[str] = []
