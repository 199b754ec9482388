"""What narrows changes."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from refprogram.governance.readiness import selectors
from refprogram.governance.readiness.enums import ChangeKind, ChangeState
from refprogram.kernel import filters


class LateFilter(filters.YesNoFilter):
    """Whether a step is overdue."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to changes with an overdue step, or to the rest."""
        if not value:
            return qs
        late = selectors.late_keys(timezone.localdate())
        return qs.filter(pk__in=late) if value == "yes" else qs.exclude(pk__in=late)


class ChangeFilter(filters.FilterSet):
    """What is introduced, how far it is, when it starts, whether something is overdue."""

    kind = filters.MultiChoiceFilter(label=_("What it is"), field_name="kind", choices=ChangeKind.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=ChangeState.choices)
    starts = filters.DateRangeFilter(label=_("Starts"), field_name="starts_on")
    late = LateFilter(label=_("A step is overdue"), field_name="steps")
