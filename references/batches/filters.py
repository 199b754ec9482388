"""What narrows the list of batches."""

from django.utils.translation import gettext_lazy as _

from references.requests.enums import BatchKind, BatchState
from refprogram.kernel import filters


class BatchFilter(filters.FilterSet):
    """The filters of batches, page and API."""

    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="kind", choices=BatchKind.choices)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=BatchState.choices)
    needed = filters.DateRangeFilter(label=_("Needed by"), field_name="needed_by")
