"""Reading budgets."""

from refprogram.governance.budgets.selectors.figures import (
    Outlook,
    Totals,
    forecast,
    outlooks,
    totals_of,
)
from refprogram.governance.budgets.selectors.funds import FOR_PAGE as FUND_FOR_PAGE
from refprogram.governance.budgets.selectors.funds import (
    book_of,
    by_id,
    commitment_labels,
    commitments_visible_to,
    entries_visible_to,
    first_promises_of,
    fund_labels,
    latest_entries_of,
    lines_visible_to,
    of_quarter,
    open_funds,
    open_promises_of,
    visible_to,
    who_hears,
)

__all__ = [
    "FUND_FOR_PAGE",
    "Outlook",
    "Totals",
    "book_of",
    "by_id",
    "commitment_labels",
    "commitments_visible_to",
    "entries_visible_to",
    "first_promises_of",
    "forecast",
    "fund_labels",
    "latest_entries_of",
    "lines_visible_to",
    "of_quarter",
    "open_funds",
    "open_promises_of",
    "outlooks",
    "totals_of",
    "visible_to",
    "who_hears",
]
