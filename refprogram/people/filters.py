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
