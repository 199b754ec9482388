"""What narrows lists of pay."""

from django.utils.translation import gettext_lazy as _

from incentives.pay.enums import (
    AccrualKind,
    DisputeState,
    EscalatorState,
    Metric,
    PeriodState,
    SpiffAudience,
    SpiffState,
)
from refprogram.kernel import filters


class PeriodFilter(filters.FilterSet):
    """How far a month is, and which."""

    state = filters.ChoiceFilter(label=_("State"), choices=PeriodState.choices)
    month = filters.DateRangeFilter(label=_("Month"), field_name="starts_on")


class DisputeFilter(filters.FilterSet):
    """How far a question is, about which month, until when its answer is due."""

    state = filters.ChoiceFilter(label=_("State"), choices=DisputeState.choices)
    month = filters.DateRangeFilter(label=_("Month"), field_name="earned_in")
    due = filters.DateRangeFilter(label=_("Answer due"), field_name="due_on")


class SpiffFilter(filters.FilterSet):
    """What counts, for whom, how far it is."""

    state = filters.MultiChoiceFilter(label=_("State"), choices=SpiffState.choices)
    metric = filters.ChoiceFilter(label=_("What counts"), choices=Metric.choices)
    audience = filters.ChoiceFilter(label=_("For"), choices=SpiffAudience.choices)


class AccrualFilter(filters.FilterSet):
    """Where amounts come from, and for which month; for the API."""

    kind = filters.ChoiceFilter(label=_("Kind"), choices=AccrualKind.choices)
    earned = filters.DateRangeFilter(label=_("For"), field_name="earned_in")
    paid = filters.DateRangeFilter(label=_("Paid with"), field_name="period__starts_on")


class EscalatorFilter(filters.FilterSet):
    """Which versions; for the API."""

    state = filters.ChoiceFilter(label=_("State"), choices=EscalatorState.choices)
