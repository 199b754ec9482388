"""What can be read of this room."""

from references.goodwill.selectors.balance import (
    Balance,
    Price,
    balance_of,
    entries_for,
    latest_entries,
    price_of,
    prices,
)
from references.goodwill.selectors.calendar import (
    Cell,
    asks_visible_to,
    collisions,
    entry_labels,
    feed,
    reservation_labels,
    reservations_visible_to,
    spans,
    weeks,
)
from references.goodwill.selectors.report import (
    desk_items,
    overdrawn,
    overrides_visible_to,
    pool,
    pool_lately,
    unreported,
)

__all__ = [
    "Balance",
    "Cell",
    "Price",
    "asks_visible_to",
    "balance_of",
    "collisions",
    "desk_items",
    "entries_for",
    "entry_labels",
    "feed",
    "latest_entries",
    "overdrawn",
    "overrides_visible_to",
    "pool",
    "pool_lately",
    "price_of",
    "prices",
    "reservation_labels",
    "reservations_visible_to",
    "spans",
    "unreported",
    "weeks",
]
