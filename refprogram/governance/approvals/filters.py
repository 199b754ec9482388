"""What narrows the list of approvals."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from refprogram.governance.approvals import selectors
from refprogram.governance.approvals.enums import ApprovalKind, ApprovalState
from refprogram.kernel import filters


class WaitsFilter(filters.YesNoFilter):
    """Whether it waits for the reader: to decide, or to answer a question."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to what waits for the reader, or to the rest."""
        if not value:
            return qs
        mine = selectors.waiting_for(self.parent.request.user).values("pk")
        return qs.filter(pk__in=mine) if value == "yes" else qs.exclude(pk__in=mine)


class MineFilter(filters.YesNoFilter):
    """Whether the reader asked."""

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to the reader's own, or to those of others."""
        if not value:
            return qs
        user = self.parent.request.user
        return qs.filter(requester=user) if value == "yes" else qs.exclude(requester=user)


class ApprovalFilter(filters.FilterSet):
    """The filters of approvals, page and API."""

    waits = WaitsFilter(label=_("Waits for me"))
    mine = MineFilter(label=_("Asked by me"))
    state = filters.MultiChoiceFilter(label=_("State"), field_name="state", choices=ApprovalState.choices)
    kind = filters.MultiChoiceFilter(label=_("Kind"), field_name="kind", choices=ApprovalKind.choices)
    amount = filters.RangeFilter(label=_("Amount"), field_name="amount")
    asked = filters.DateRangeFilter(label=_("Asked"), field_name="created_at")
