"""What narrows the list of open links."""

from django.utils.translation import gettext_lazy as _

from nominations.signals.enums import LinkFor
from refprogram.kernel import filters


class LinkFilter(filters.FilterSet):
    """For whom, and whether something came in by it."""

    made_for = filters.MultiChoiceFilter(label=_("For"), choices=LinkFor.choices)
    brought = filters.RangeFilter(label=_("Brought"), field_name="brought")
    made = filters.DateRangeFilter(label=_("Made"), field_name="created_at")
