"""What the demo company wants of its program this quarter: some figures are there, some are not yet."""

from decimal import Decimal
from typing import Final

from refprogram.dashboards.history import Quarter
from refprogram.dashboards.models import Target
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker

OF_400: Final = {  # for 400 accounts; a larger company wants more in proportion
    "pipeline": 10_000_000, "revenue": 2_000_000, "answered": 24, "references": 160, "free": 120, "enrolled": 45,
    "influenced_revenue": 4_000_000,
}  # fmt: skip
# Whatever the size: days and working hours to a yes, percent, percentage points.
OF_ANY: Final = {
    "days": 4, "turnaround": 24, "matched_lift": 5, "fill_rate": 95, "coverage": 85, "strain": 70,
    "nomination_to_active": 60, "roi": 100,
}  # fmt: skip


def build(maker: Maker, company: Company) -> None:
    """Set the targets of the present quarter, on its first day."""
    maker, starts_on = maker.apart("targets"), Quarter.now().starts_on
    values = {figure: max(Decimal(1), Decimal(wanted * maker.scale // 400)) for figure, wanted in OF_400.items()}
    values |= {figure: Decimal(wanted) for figure, wanted in OF_ANY.items()}
    targets = Target.objects.bulk_create(
        [Target(figure=key, starts_on=starts_on, value=value, set_by=company.marketer) for key, value in values.items()]
    )
    at = maker.moment(starts_on)
    for row in targets:
        maker.tell("target.set", row, at, account_id=None, actor_id=company.marketer.person_id, value=f"{row.value:f}")
    maker.flush()
