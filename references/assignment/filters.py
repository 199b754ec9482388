"""What narrows the list of assignments."""

from django.utils.translation import gettext_lazy as _

from refprogram.kernel import filters


class AssignmentFilter(filters.FilterSet):
    """The filters of the list of assignments, page and API."""

    made = filters.DateRangeFilter(label=_("Made"), field_name="created_at")
