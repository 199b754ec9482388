"""What is done after a contest: people thanked, comments passed on, stories begun, results noted, names let go."""

from awards.closing.services.following import follow, note_result, note_results
from awards.closing.services.moderating import (
    hold_back,
    offer_feedback,
    open_feedback,
    pass_comment,
    pass_many,
    prepare,
)
from awards.closing.services.pseudonyms import pseudonymise
from awards.closing.services.thanking import save_letters, send_thanks

__all__ = [
    "follow",
    "hold_back",
    "note_result",
    "note_results",
    "offer_feedback",
    "open_feedback",
    "pass_comment",
    "pass_many",
    "prepare",
    "pseudonymise",
    "save_letters",
    "send_thanks",
]
