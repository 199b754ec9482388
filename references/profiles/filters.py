"""What narrows the lists of this room."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from references.accounts.filters import industry_choices
from references.accounts.models import Account
from references.accounts.provenance import WORDS
from references.profiles.enums import CorrectionState, Direction, ParticipationState, ProgramKind
from references.profiles.models import Correction, LinkedProgram, Outcome, Participation, Unmasking
from refprogram.kernel import filters
from refprogram.people.selectors import region_choices


class VerifiedFilter(filters.YesNoFilter):
    """What somebody looked at, or what waits for that."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to verified outcomes, or to the others."""
        return qs.filter(verified_at__isnull=value != "yes") if value else qs


class OutcomeFilter(filters.FilterSet):
    """Filters of the outcomes, page and API."""

    verified = VerifiedFilter(label=_("Verified"))
    industry = filters.MultiChoiceFilter(label=_("Industry"), field_name="account__industry", choices=industry_choices)
    region = filters.MultiChoiceFilter(
        label=_("Region"), field_name="account__region__public_id", choices=region_choices
    )
    direction = filters.ChoiceFilter(label=_("Better is"), field_name="direction", choices=Direction.choices)
    account = filters.TextFilter(label=_("Customer"), field_name="account__name")

    class Meta:
        model = Outcome
        fields: list[str] = []


class CorrectionFilter(filters.FilterSet):
    """Filters of the corrections, page and API."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=CorrectionState.choices)
    field = filters.MultiChoiceFilter(label=_("Field"), field_name="field", choices=list(WORDS.items()))
    account = filters.TextFilter(label=_("Customer"), field_name="account__name")

    class Meta:
        model = Correction
        fields: list[str] = []


class MaskedFilter(filters.FilterSet):
    """Masked customers cannot be narrowed: whoever narrows often enough names them."""

    class Meta:
        model = Account
        fields: list[str] = []


class UnmaskingFilter(filters.FilterSet):
    """Filters of who was shown which name."""

    at = filters.DateRangeFilter(label=_("When"), field_name="at")
    account = filters.TextFilter(label=_("Customer"), field_name="account__name")

    class Meta:
        model = Unmasking
        fields: list[str] = []


class ProgramFilter(filters.FilterSet):
    """Filters of linked programs."""

    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="kind", choices=ProgramKind.choices)

    class Meta:
        model = LinkedProgram
        fields: list[str] = []


def program_choices() -> list[tuple[str, str]]:
    """Return the programs by their public ids."""
    return list(LinkedProgram.objects.order_by("name").values_list("public_id", "name"))


class MemberFilter(filters.FilterSet):
    """Filters of who takes part, on their page."""

    program = filters.MultiChoiceFilter(label=_("Program"), field_name="program__public_id", choices=program_choices)
    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="program__kind", choices=ProgramKind.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=ParticipationState.choices)
    until = filters.DateRangeFilter(label=_("Ends"), field_name="until")

    class Meta:
        model = Participation
        fields: list[str] = []


class ParticipationFilter(filters.FilterSet):
    """Filters of who takes part, over the API."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=ParticipationState.choices)
    program = filters.TextFilter(label=_("Program"), field_name="program__name")

    class Meta:
        model = Participation
        fields: list[str] = []
