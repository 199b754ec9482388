"""What narrows the lists of this room."""

from django.utils.translation import gettext_lazy as _

from references.accounts.enums import AskState
from references.accounts.models import ActivityType, Ask
from references.goodwill.enums import ReservationState, Team
from references.goodwill.models import Reservation
from refprogram.kernel import filters


def kind_choices() -> list[tuple[str, str]]:
    """Return what customers are asked for."""
    return [(slug, name) for slug, name in ActivityType.objects.values_list("slug", "name")]


class AskFilter(filters.FilterSet):
    """Filters of all asks, of the calendar too."""

    team = filters.MultiChoiceFilter(label=_("Team"), field_name="team", choices=Team.choices)
    kind = filters.MultiChoiceFilter(label=_("For what"), field_name="activity__slug", choices=kind_choices)
    state = filters.MultiChoiceFilter(
        label=_("State"), field_name="state", choices=[one for one in AskState.choices if one[0] != "released"]
    )
    on = filters.DateRangeFilter(label=_("Day"), field_name="planned_on")
    account = filters.TextFilter(label=_("Customer"), field_name="account__name")

    class Meta:
        model = Ask
        fields: list[str] = []


class ReservationFilter(filters.FilterSet):
    """Filters of reservations."""

    team = filters.MultiChoiceFilter(label=_("Team"), field_name="team", choices=Team.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=ReservationState.choices)
    account = filters.TextFilter(label=_("Customer"), field_name="account__name")

    class Meta:
        model = Reservation
        fields: list[str] = []
