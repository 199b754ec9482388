"""What narrows the list of campaigns."""

from django.utils.translation import gettext_lazy as _

from nominations.campaigns.enums import CampaignState
from nominations.campaigns.models import Campaign
from refprogram.kernel import filters


class CampaignFilter(filters.FilterSet):
    """Filters of the list of campaigns, page and API."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=CampaignState.choices)
    starts = filters.DateRangeFilter(label=_("First day"), field_name="starts_on")

    class Meta:
        model = Campaign
        fields: list[str] = []
