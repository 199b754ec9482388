"""What is done in recognition: thanks, letters, the feed, and one's own choice."""

from incentives.recognition.services.choosing import choose
from incentives.recognition.services.letters import change_letter, draft_letter, drop_letter, send_letter
from incentives.recognition.services.posting import hide_post, post, take_down
from incentives.recognition.services.thanking import give_thanks, take_thanks_back

__all__ = [
    "change_letter",
    "choose",
    "draft_letter",
    "drop_letter",
    "give_thanks",
    "hide_post",
    "post",
    "send_letter",
    "take_down",
    "take_thanks_back",
]
