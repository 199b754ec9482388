"""What narrows the lists of this room."""

from django.utils.translation import gettext_lazy as _

from incentives.activity.enums import PresentationState, ProofState, RewardState
from refprogram.kernel import filters
from refprogram.people.models import Region, Team


class WeekFilter(filters.FilterSet):
    """Which week, whose, how far."""

    week = filters.DateRangeFilter(label=_("Week of"), field_name="week")
    state = filters.MultiChoiceFilter(label=_("State"), choices=RewardState.choices)
    points = filters.RangeFilter(label=_("Points"), field_name="points")
    team = filters.ModelChoiceFilter(label=_("Team"), field_name="user__team", queryset=Team.objects)


class ProofFilter(filters.FilterSet):
    """How far, whose, until when."""

    state = filters.MultiChoiceFilter(label=_("State"), choices=ProofState.choices)
    due = filters.DateRangeFilter(label=_("Until"), field_name="due_on")
    team = filters.ModelChoiceFilter(label=_("Team"), field_name="reward__user__team", queryset=Team.objects)


class AdoptionFilter(filters.FilterSet):
    """Which month, whose, how far."""

    month = filters.DateRangeFilter(label=_("Month"), field_name="month")
    percent = filters.RangeFilter(label=_("Percent"), field_name="percent")
    team = filters.ModelChoiceFilter(label=_("Team"), field_name="user__team", queryset=Team.objects)
    region = filters.ModelChoiceFilter(label=_("Region"), field_name="user__team__region", queryset=Region.objects)


class PresentationFilter(filters.FilterSet):
    """How far, and when."""

    state = filters.MultiChoiceFilter(label=_("State"), choices=PresentationState.choices)
    held = filters.DateRangeFilter(label=_("On"), field_name="held_on")
