"""Filters of the rows behind figures, and of the figures themselves."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from references.accounts.enums import OPEN_STAGES, Stage
from refprogram.dashboards.enums import CountingKind, Rhythm
from refprogram.dashboards.metrics.dictionary import Group
from refprogram.dashboards.metrics.registry import METRICS
from refprogram.kernel import filters


class InfluencedFilter(filters.FilterSet):
    """Open deals or won ones, and when they closed or should."""

    open = filters.YesNoFilter(label=_("Still open"), method="filter_open")
    closed = filters.DateRangeFilter(label=_("Closes"), field_name="closes_on")

    def filter_open(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep deals that are open, or those that are not."""
        return rows.filter(stage__in=OPEN_STAGES) if value == "yes" else rows.exclude(stage__in=OPEN_STAGES)


class ClosedDealFilter(filters.FilterSet):
    """With a reference or without, won or lost, and when."""

    reference = filters.YesNoFilter(label=_("With a reference"), field_name="had_reference")
    won = filters.YesNoFilter(label=_("Won"), method="filter_won")
    closed = filters.DateRangeFilter(label=_("Closed"), field_name="closes_on")

    def filter_won(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep won deals, or lost ones."""
        return rows.filter(stage=Stage.WON) if value == "yes" else rows.exclude(stage=Stage.WON)


def metric_choices() -> list[tuple[str, str]]:
    """Return every metric by its name."""
    return [(key, str(metric.name)) for key, metric in METRICS.items()]


class ReadingFilter(filters.FilterSet):
    """Which metric, about what, of which day, kept why."""

    metric = filters.MultiChoiceFilter(label=_("Metric"), field_name="metric", choices=metric_choices)
    group = filters.ChoiceFilter(label=_("About"), choices=Group.choices, method="filter_group")
    kind = filters.MultiChoiceFilter(label=_("Kept"), field_name="counting__kind", choices=CountingKind.choices)
    day = filters.DateRangeFilter(label=_("As of"), field_name="counting__as_of")
    counting = filters.TextFilter(label=_("Id of what was kept"), field_name="counting__public_id", lookup_expr="exact")

    def filter_group(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep the metrics about one thing."""
        return rows.filter(metric__in=[key for key, metric in METRICS.items() if metric.group == value])


class CountingFilter(filters.FilterSet):
    """Why figures were kept, and of when."""

    kind = filters.ChoiceFilter(label=_("Kept"), field_name="kind", choices=CountingKind.choices)
    day = filters.DateRangeFilter(label=_("As of"), field_name="as_of")


class MailPlanFilter(filters.FilterSet):
    """How often, and when next."""

    rhythm = filters.ChoiceFilter(label=_("How often"), field_name="rhythm", choices=Rhythm.choices)
    due = filters.DateRangeFilter(label=_("Next"), field_name="due_on")
