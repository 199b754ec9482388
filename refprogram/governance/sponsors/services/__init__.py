"""The verbs of this room."""

from refprogram.governance.sponsors.services.clock import end_terms, follow_up, miss_late, remind
from refprogram.governance.sponsors.services.pledges import (
    FACTS,
    LINK,
    accept,
    change,
    decline,
    finish,
    miss,
    offer,
    promise,
    release,
)
from refprogram.governance.sponsors.services.sponsors import (
    change_sponsor,
    end_sponsor,
    hand_over,
    keep_on,
    name_sponsor,
    see_change,
)
from refprogram.governance.sponsors.services.texts import write_anew, write_text

__all__ = [
    "FACTS",
    "LINK",
    "accept",
    "change",
    "change_sponsor",
    "decline",
    "end_sponsor",
    "end_terms",
    "finish",
    "follow_up",
    "hand_over",
    "keep_on",
    "miss",
    "miss_late",
    "name_sponsor",
    "offer",
    "promise",
    "release",
    "remind",
    "see_change",
    "write_anew",
    "write_text",
]
