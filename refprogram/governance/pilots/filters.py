"""What narrows pilots."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from refprogram.governance.pilots.enums import OPEN, PilotState
from refprogram.governance.pilots.states import KINDS, STATES
from refprogram.kernel import filters


class OpenFilter(filters.YesNoFilter):
    """Whether it is not decided yet."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to those that are open, or to the rest."""
        if not value:
            return qs
        return qs.filter(state__in=OPEN) if value == "yes" else qs.exclude(state__in=OPEN)


def _states() -> list[tuple[str, Any]]:
    return [(state.value, STATES[state].word) for state in PilotState]


def _kinds() -> list[tuple[str, Any]]:
    return [(kind.value, word) for kind, word in KINDS.items()]


class PilotFilter(filters.FilterSet):
    """How far it is, what is tried, from when to when."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=_states)
    kind = filters.MultiChoiceFilter(label=_("What is tried"), field_name="kind", choices=_kinds)
    open = OpenFilter(label=_("Not decided yet"), field_name="state")
    customers = filters.YesNoFilter(label=_("Touches customers"), field_name="touches_customers")
    starts = filters.DateRangeFilter(label=_("From"), field_name="starts_on")
    ends = filters.DateRangeFilter(label=_("Until"), field_name="ends_on")
