"""What narrows promises and books."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from refprogram.governance.budgets.enums import CommitmentState, CostKind, EntryKind, FundState
from refprogram.governance.budgets.selectors import visible_to
from refprogram.kernel import filters


def _funds(request: HttpRequest) -> QuerySet[Any]:
    return visible_to(request.user).order_by("-starts_on", "name")  # type: ignore[arg-type]


class FundFilter(filters.FilterSet):
    """For the API: state, quarter by its first day, and name."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=FundState.choices)
    starts = filters.DateRangeFilter(label=_("First day of the quarter"), field_name="starts_on")
    name = filters.TextFilter(label=_("Name"), field_name="name")


class CommitmentFilter(filters.FilterSet):
    """Which fund, how far, for which kind of cost, how much."""

    fund = filters.ModelChoiceFilter(label=_("Fund"), field_name="fund", queryset=_funds)
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=CommitmentState.choices)
    kind = filters.MultiChoiceFilter(label=_("Kind of cost"), field_name="line__kind", choices=CostKind.choices)
    amount = filters.RangeFilter(label=_("Promised"), field_name="amount")
    asked = filters.DateRangeFilter(label=_("Asked"), field_name="created_at")


class BookFilter(filters.FilterSet):
    """Which fund, which movement, when."""

    fund = filters.ModelChoiceFilter(label=_("Fund"), field_name="fund", queryset=_funds)
    kind = filters.MultiChoiceFilter(label=_("Movement"), field_name="kind", choices=EntryKind.choices)
    cost = filters.MultiChoiceFilter(label=_("Kind of cost"), field_name="line__kind", choices=CostKind.choices)
    day = filters.DateRangeFilter(label=_("When"), field_name="at")
