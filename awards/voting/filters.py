"""What narrows the list of votes."""

from django.utils.translation import gettext_lazy as _

from awards.voting.enums import Flag, VoteState
from awards.voting.models import PublicVote
from refprogram.kernel import filters


class VoteFilter(filters.FilterSet):
    """State, what made it odd, company, when."""

    state = filters.MultiChoiceFilter(label=_("State"), choices=VoteState.choices)
    flag = filters.MultiChoiceFilter(label=_("Odd because of"), choices=Flag.choices)
    domain = filters.TextFilter(label=_("Company address"), field_name="domain")
    cast = filters.DateRangeFilter(label=_("Voted"), field_name="cast_at")

    class Meta:
        model = PublicVote
        fields: list[str] = []
