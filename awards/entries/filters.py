"""What narrows the lists of entries and invitations."""

from django.utils.translation import gettext_lazy as _

from awards.contests.models import Category, Contest
from awards.entries.enums import EntryState, InviteState
from awards.entries.models import ContestEntry, EntryInvite
from refprogram.kernel import filters


class EntryFilter(filters.FilterSet):
    """State, category, when; page and API."""

    state = filters.MultiChoiceFilter(label=_("State"), choices=EntryState.choices)
    contest = filters.ModelChoiceFilter(label=_("Contest"), queryset=Contest.objects)
    category = filters.ModelChoiceFilter(label=_("Category"), field_name="places__category", queryset=Category.objects)
    submitted = filters.DateRangeFilter(label=_("Handed in"), field_name="submitted_at")

    class Meta:
        model = ContestEntry
        fields: list[str] = []


class InviteFilter(filters.FilterSet):
    """State, when; page and API."""

    state = filters.MultiChoiceFilter(label=_("State"), choices=InviteState.choices)
    contest = filters.ModelChoiceFilter(label=_("Contest"), queryset=Contest.objects)
    proposed = filters.DateRangeFilter(label=_("Proposed"), field_name="proposed_at")

    class Meta:
        model = EntryInvite
        fields: list[str] = []
