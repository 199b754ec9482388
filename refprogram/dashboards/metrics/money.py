"""Facts about money: what the program cost, what incentives paid, what is owed in points."""

import datetime as dt
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q, Sum

from refprogram.dashboards.metrics import policy
from refprogram.dashboards.metrics.spans import YEAR, Span
from refprogram.governance.budgets.enums import CostKind, EntryKind
from refprogram.governance.budgets.models import FundEntry

CENT = Decimal("0.01")


class Money:
    """Money of the year that ends with a day, from the books of the funds and the program's settings."""

    def __init__(self, until: dt.date) -> None:
        self.span = Span(until, YEAR)

    @cached_property
    def spent(self) -> dict[str, str]:
        """What funds paid less what came back, by kind of cost: one query."""
        since, until = self.span.moments
        rows = FundEntry.objects.filter(at__gte=since, at__lt=until, kind__in=(EntryKind.SPEND, EntryKind.REFUND))
        found: dict[str, Decimal] = {}
        for kind, out, back in (
            rows.order_by()
            .values_list("line__kind")
            .annotate(
                out=Sum("amount", filter=Q(kind=EntryKind.SPEND), default=0),
                back=Sum("amount", filter=Q(kind=EntryKind.REFUND), default=0),
            )
        ):
            name = kind or CostKind.OTHER.value
            found[name] = found.get(name, Decimal(0)) + out - back
        return {name: str(amount.quantize(CENT)) for name, amount in sorted(found.items())}

    @cached_property
    def paid_out(self) -> str | None:
        """What funds paid for incentives, less what came back; None where nothing of it is in the books."""
        return self.spent.get(CostKind.INCENTIVE.value)

    @cached_property
    def cost(self) -> dict[str, Any]:
        """Everything that the program cost, and the margin; None where nobody has said a number."""
        known = policy.now()
        funds = sum((Decimal(amount) for amount in self.spent.values()), Decimal(0))
        staff = known.staff_cost or None
        return {
            "staff": staff,
            "tools": known.tools_cost,
            "funds": str(funds),
            "by_kind": self.spent,
            "margin": known.gross_margin or None,
            "cost": None if staff is None else str((funds + staff + known.tools_cost).quantize(CENT)),
        }
