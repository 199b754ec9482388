"""What narrows the catalogue."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from refprogram.kernel import filters


class OfferedFilter(filters.YesNoFilter):
    """Whether it is offered now."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to what is offered, or to what was retired."""
        return qs.filter(retired_at__isnull=value == "yes") if value else qs


class ActivityFilter(filters.FilterSet):
    """The filters of the catalogue, page and API."""

    offered = OfferedFilter(label=_("Offered"))
    live = filters.YesNoFilter(label=_("Takes place"), field_name="live")
    self_serve = filters.YesNoFilter(label=_("Without the program"), field_name="self_serve")
