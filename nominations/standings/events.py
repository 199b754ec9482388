"""What standings tell the stream beside their figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from nominations import rules
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def leaders(user: Any, _event: Event) -> bool:
    """Who runs or oversees the program."""
    return rules.has_overview(user)


TOPICS = [
    Topic(
        "standings.reminded", _("{actor} reminded their team of nominations"), fields=("people",), visible=leaders,
        tone="info", icon="clock", silent=True,
    ),
    Topic(
        "standings.thanked", _("{actor} thanked the first team"), fields=("people",), visible=leaders, tone="ok",
        icon="trophy", silent=True,
    ),
]  # fmt: skip
