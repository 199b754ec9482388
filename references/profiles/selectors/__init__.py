"""What can be read of what is known of customers. Whether a row may be seen at all: `accounts.selectors.visible_to`."""

from references.profiles.selectors.corrections import (
    correction_labels,
    corrections_visible_to,
    desk_items,
    open_corrections_of,
)
from references.profiles.selectors.outcomes import (
    outcome_labels,
    outcomes_of,
    outcomes_visible_to,
    outcomes_with_files_for,
    with_around,
)

__all__ = [
    "correction_labels",
    "corrections_visible_to",
    "desk_items",
    "open_corrections_of",
    "outcome_labels",
    "outcomes_of",
    "outcomes_visible_to",
    "outcomes_with_files_for",
    "with_around",
]
