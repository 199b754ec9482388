"""What narrows the gifts."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from refprogram.governance.budgets.selectors import visible_to as funds_visible_to
from refprogram.governance.fulfilment.enums import FulfilmentState, GiftKind
from refprogram.kernel import filters


def _funds(request: HttpRequest) -> QuerySet[Any]:
    return funds_visible_to(request.user).order_by("-starts_on", "name")  # type: ignore[arg-type]


class FulfilmentFilter(filters.FilterSet):
    """How far, of which kind, from which fund, how much, when, and whether the tax office wants to know."""

    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=FulfilmentState.choices)
    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="kind", choices=GiftKind.choices)
    fund = filters.ModelChoiceFilter(label=_("Fund"), field_name="fund", queryset=_funds)
    value = filters.RangeFilter(label=_("Value"), field_name="value")
    delivered = filters.DateRangeFilter(label=_("Delivered"), field_name="delivered_at")
    asked = filters.DateRangeFilter(label=_("Asked"), field_name="created_at")
    taxable = filters.YesNoFilter(label=_("Taxable"), field_name="taxable")
