"""The verbs of this room."""

from references.profiles.services.corrections import (
    close_confirmed,
    propose_correction,
    refuse_correction,
    send_corrections,
)
from references.profiles.services.outcomes import edit_outcome, record_outcome, remove_outcome, verify_outcome
from references.profiles.services.programs import (
    add_participation,
    begin_participation,
    edit_program,
    end_participation,
    end_program,
    end_terms,
    open_program,
)
from references.profiles.services.unmasking import unmask, unmask_for

__all__ = [
    "add_participation",
    "begin_participation",
    "close_confirmed",
    "edit_outcome",
    "edit_program",
    "end_participation",
    "end_program",
    "end_terms",
    "open_program",
    "propose_correction",
    "record_outcome",
    "refuse_correction",
    "remove_outcome",
    "send_corrections",
    "unmask",
    "unmask_for",
    "verify_outcome",
]
