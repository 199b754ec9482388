"""What happens to draws."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def colleagues(user: Any, _event: Event) -> bool:
    """Every colleague: draws are held in public."""
    return bool(user.has_perm("incentives.view_rewards"))


def _topic(name: str, sentence: Any, tone: str, icon: str) -> Topic:
    return Topic(name, sentence, ("owner",), {"owner": "person"}, colleagues, tone, icon, silent=True)


TOPICS = [
    _topic("draw.opened", _("{actor} opened the draw {subject}"), "info", "play"),
    _topic("draw.drawn", _("{subject} was drawn"), "ok", "trophy"),
    _topic("draw.cancelled", _("{actor} called off the draw {subject}"), "rest", "x"),
]
