"""Filters of the rows behind figures."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from references.accounts.enums import OPEN_STAGES
from refprogram.kernel import filters


class InfluencedFilter(filters.FilterSet):
    """Open deals or won ones, and when they closed or should."""

    open = filters.YesNoFilter(label=_("Still open"), method="filter_open")
    closed = filters.DateRangeFilter(label=_("Closes"), field_name="closes_on")

    def filter_open(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep deals that are open, or those that are not."""
        return rows.filter(stage__in=OPEN_STAGES) if value == "yes" else rows.exclude(stage__in=OPEN_STAGES)
