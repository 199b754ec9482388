"""The verbs of this room."""

from refprogram.governance.facetime.services.asking import agree, clear, decline, refuse, request_talk
from refprogram.governance.facetime.services.circle import answer, decide, give_feedback
from refprogram.governance.facetime.services.clock import go_on
from refprogram.governance.facetime.services.guests import address_of, answer_invitation
from refprogram.governance.facetime.services.holding import cancel, hold, move_talk, no_show, note_outcome
from refprogram.governance.facetime.services.publishing import (
    Offer,
    Published,
    move_slot,
    publish,
    set_terms,
    withdraw,
)

__all__ = [
    "Offer",
    "Published",
    "address_of",
    "agree",
    "answer",
    "answer_invitation",
    "cancel",
    "clear",
    "decide",
    "decline",
    "give_feedback",
    "go_on",
    "hold",
    "move_slot",
    "move_talk",
    "no_show",
    "note_outcome",
    "publish",
    "refuse",
    "request_talk",
    "set_terms",
    "withdraw",
]
