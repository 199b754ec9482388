"""The dictionary, part five: those who back the program."""

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from refprogram.dashboards.metrics import places
from refprogram.dashboards.metrics.dictionary import Example, Group, Metric, Unit
from refprogram.dashboards.metrics.formulas import share
from refprogram.dashboards.metrics.spans import YEAR, Span
from refprogram.dashboards.metrics.world import World
from refprogram.governance.sponsors import selectors


def _delivery(world: World) -> dict[str, int]:
    span = Span(world.until, YEAR)
    return selectors.delivery(span.after, span.until)


METRICS: Final = (
    Metric(
        "sponsor_delivery", _("Sponsors keep their promises"), Group.PROGRAM,
        _("Promises of sponsors done by their day / promises that fell due in the last twelve months. What they were "
          "released from, and what waits for a new sponsor, is not due."),
        _("Promises of executive sponsors"), _("Reference manager"), Unit.PERCENT, _delivery,
        share(("on_time",), ("due",)),
        Example({"on_time": 9, "late": 2, "due": 12, "released": 3}, Decimal(75),
                _("9 on time of 12 due, 3 more released: 75 %.")),
        places.promises,
    ),
)  # fmt: skip
