"""What narrows the list of waves."""

from django.utils.translation import gettext_lazy as _

from nominations.campaigns.models import Campaign
from nominations.waves.enums import WaveCut, WaveState
from nominations.waves.models import Wave
from refprogram.kernel import filters


class WaveFilter(filters.FilterSet):
    """Filters of the list of waves, page and API."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=WaveState.choices)
    cut = filters.MultiChoiceFilter(label=_("Divided by"), field_name="cut", choices=WaveCut.choices)
    campaign = filters.ModelChoiceFilter(label=_("Campaign"), queryset=Campaign.objects)

    class Meta:
        model = Wave
        fields: list[str] = []
