"""The verbs of this room."""

from references.profiles.services.corrections import (
    close_confirmed,
    propose_correction,
    refuse_correction,
    send_corrections,
)
from references.profiles.services.outcomes import edit_outcome, record_outcome, remove_outcome, verify_outcome

__all__ = [
    "close_confirmed",
    "edit_outcome",
    "propose_correction",
    "record_outcome",
    "refuse_correction",
    "remove_outcome",
    "send_corrections",
    "verify_outcome",
]
