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
from references.profiles.selectors.programs import (
    open_programs,
    participation_labels,
    participations_of,
    participations_visible_to,
    program_labels,
    programs_visible_to,
    satisfaction_programs,
    surveys_of,
)
from references.profiles.selectors.unmaskings import unmaskings_visible_to

__all__ = [
    "correction_labels",
    "corrections_visible_to",
    "desk_items",
    "open_corrections_of",
    "open_programs",
    "outcome_labels",
    "outcomes_of",
    "outcomes_visible_to",
    "outcomes_with_files_for",
    "participation_labels",
    "participations_of",
    "participations_visible_to",
    "program_labels",
    "programs_visible_to",
    "satisfaction_programs",
    "surveys_of",
    "unmaskings_visible_to",
    "with_around",
]
