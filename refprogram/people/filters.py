"""What narrows the lists of this room."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel import filters
from refprogram.people import selectors
from refprogram.people.enums import Role, UserState


class PeopleFilter(filters.FilterSet):
    """Filters of colleagues; the rows carry `standing` (selectors.with_state)."""

    role = filters.MultiChoiceFilter(label=_("Role"), field_name="role", choices=Role.choices)
    team = filters.MultiChoiceFilter(label=_("Team"), field_name="team__public_id", choices=selectors.team_choices)
    region = filters.MultiChoiceFilter(
        label=_("Region"), field_name="team__region__public_id", choices=selectors.region_choices
    )
    standing = filters.MultiChoiceFilter(label=_("State"), field_name="standing", choices=UserState.choices)


class TeamFilter(filters.FilterSet):
    """Filters of teams."""

    region = filters.MultiChoiceFilter(
        label=_("Region"), field_name="region__public_id", choices=selectors.region_choices
    )


class LeaveFilter(filters.FilterSet):
    """Filters of days away."""

    user = filters.TextFilter(label=_("The colleague’s id"), field_name="user__public_id", lookup_expr="exact")
    ends_on = filters.DateRangeFilter(label=_("Last day"), field_name="ends_on")


class CoverFilter(filters.FilterSet):
    """Filters of who stands in for whom."""

    principal = filters.TextFilter(label=_("For whom: an id"), field_name="principal__public_id", lookup_expr="exact")
    delegate = filters.TextFilter(
        label=_("Who stands in: an id"), field_name="delegate__public_id", lookup_expr="exact"
    )
    ends_on = filters.DateRangeFilter(label=_("Last day"), field_name="ends_on")
