"""What narrows the ledger."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from incentives.selectors import earners, rules_visible_to
from refprogram.kernel import filters


def _rules(request: HttpRequest) -> QuerySet[Any]:
    return rules_visible_to(request.user).order_by("name")  # type: ignore[arg-type]


def _earners(_request: HttpRequest) -> QuerySet[Any]:
    return earners()


class LedgerFilter(filters.FilterSet):
    """Who, by which rule, when it counts, and reversals alone."""

    person = filters.ModelChoiceFilter(label=_("Who"), field_name="person", queryset=_earners)
    rule = filters.ModelChoiceFilter(label=_("Rule"), field_name="entry__rule", queryset=_rules)
    day = filters.DateRangeFilter(label=_("Counts for"), field_name="entry__occurred_at")
    reversal = filters.YesNoFilter(
        label=_("Taken back"), field_name="entry__reverses", lookup_expr="isnull", exclude=True
    )
