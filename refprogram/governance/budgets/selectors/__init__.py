"""Reading budgets."""

from refprogram.governance.budgets.selectors.figures import (
    Outlook,
    Totals,
    forecast,
    outlooks,
    totals_of,
)
from refprogram.governance.budgets.selectors.funds import (
    book_of,
    by_id,
    commitment_labels,
    commitments_visible_to,
    entries_visible_to,
    fund_labels,
    lines_visible_to,
    of_quarter,
    open_funds,
    open_promises_of,
    visible_to,
    who_hears,
)

__all__ = [
    "Outlook",
    "Totals",
    "book_of",
    "by_id",
    "commitment_labels",
    "commitments_visible_to",
    "entries_visible_to",
    "forecast",
    "fund_labels",
    "lines_visible_to",
    "of_quarter",
    "open_funds",
    "open_promises_of",
    "outlooks",
    "totals_of",
    "visible_to",
    "who_hears",
]
