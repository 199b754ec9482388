"""What happens in recognition."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def colleagues(user: Any, _event: Event) -> bool:
    """Every colleague but judges, who come from outside."""
    return bool(user.has_perm("incentives.view_rewards"))


def concerned(user: Any, event: Event) -> bool:
    """Whom it is about, who did it, and who runs recognition."""
    named = (event.actor_id, event.payload.get("person"))
    return bool(user.person_id in named or user.has_perm("incentives.run_recognition"))


_PERSON = {"person": "person"}
TOPICS = [
    Topic("thanks.given", _("{actor} thanked {person}"), ("person",), _PERSON, colleagues, "ok", "heart"),
    Topic("thanks.taken_back", _("{actor} took back thanks to {person}"), ("person",), _PERSON, concerned, "rest",
          "undo"),
    Topic("letter.drafted", _("{actor} drafted a letter to {person}"), ("person",), _PERSON, concerned, "info", "edit"),
    Topic("letter.sent", _("{actor} wrote a letter to {person}"), ("person", "public"), _PERSON, concerned, "ok",
          "mail"),
    Topic("letter.dropped", _("{actor} dropped the letter to {person}"), ("person",), _PERSON, concerned, "rest", "x",
          silent=True),
    Topic("post.hidden", _("{actor} took something out of the feed"), ("person",), _PERSON, concerned, "stop", "eye",
          silent=True),
]  # fmt: skip
