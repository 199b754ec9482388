"""What narrows what was asked."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.plotting.enums import Place, PlotState
from refprogram.kernel import filters


class LateFilter(filters.YesNoFilter):
    """Whether it should have been answered elsewhere by now."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to what is late, or to the rest."""
        if not value:
            return qs
        late = Q(state=PlotState.REDIRECTED, due_on__lt=timezone.localdate())
        return qs.filter(late) if value == "yes" else qs.exclude(late)


class PlottedFilter(filters.FilterSet):
    """Where the charter has it, how far it is, whose it is, how much."""

    place = filters.MultiChoiceFilter(label=_("Charter"), field_name="place", choices=Place.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=PlotState.choices)
    late = LateFilter(label=_("Late"), field_name="due_on")
    hours = filters.RangeFilter(label=_("Hours"), field_name="hours")
    decided = filters.DateRangeFilter(label=_("Decided"), field_name="decided_at")
    line = filters.TextFilter(label=_("Line"), field_name="line_name")
