"""What narrows the list of nominations."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from nominations.enums import OwnerAnswer
from nominations.models import Nomination
from nominations.states import STATE_PILLS
from refprogram.kernel import filters
from refprogram.kernel.custom_fields.lists import CustomFilterSet
from refprogram.people.models import Person, Region, Team


class MineFilter(filters.YesNoFilter):
    """Nominated by the reader."""

    def filter(self, qs: QuerySet[Nomination], value: str) -> QuerySet[Nomination]:
        """Narrow to own ones, or to those of others."""
        own = {"nominator": self.parent.request.user}
        if not value:
            return qs
        return qs.filter(**own) if value == "yes" else qs.exclude(**own)


def nominators(request: Any) -> QuerySet[Person]:
    """Return who has nominated, by name."""
    return Person.objects.filter(user__nominations__isnull=False).distinct().order_by("name")


class NominationFilter(CustomFilterSet):
    """State, who, where, when."""

    custom_noun = "nomination"

    state = filters.MultiChoiceFilter(
        label=_("State"), choices=[(state, pill.word) for state, pill in STATE_PILLS.items()]
    )
    mine = MineFilter(label=_("Nominated by me"))
    nominator = filters.ModelChoiceFilter(label=_("Nominated by"), field_name="nominator__person", queryset=nominators)
    team = filters.ModelChoiceFilter(label=_("Team"), queryset=Team.objects)
    region = filters.ModelChoiceFilter(label=_("Region"), queryset=Region.objects)
    answer = filters.MultiChoiceFilter(label=_("Owner says"), field_name="owner_answer", choices=OwnerAnswer.choices)
    submitted = filters.DateRangeFilter(label=_("Nominated"), field_name="submitted_at")
    enrolled = filters.DateRangeFilter(label=_("Enrolled"), field_name="enrolled_at")
    waiting = filters.DateRangeFilter(label=_("In this state since"), field_name="state_since")
