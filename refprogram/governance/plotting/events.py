"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic

FACTS = ("place", "hours", "to", "due_on", "asker")


def reads_plotted(user: Any, event: Event) -> bool:
    """Who runs or backs the program, who asked, and whom it was passed on to."""
    facts = event.payload
    return user.has_perm("governance.see_plotted") or user.pk in (facts.get("to"), facts.get("asker"))


def _topic(name: str, sentence: Any, tone: str = "idle", icon: str = "map", **more: Any) -> Topic:
    return Topic(
        name, sentence, fields=FACTS, refs={"to": "user"}, visible=reads_plotted, tone=tone, icon=icon, **more
    )  # fmt: skip


TOPICS = [
    _topic("plotted.kept", _("{actor} plotted {subject}"), silent=True),
    _topic("plotted.taken", _("{actor} took on {subject}"), "ok", "check", silent=True),
    _topic("plotted.redirected", _("{subject} was passed on to {to}"), "wait", "right"),
    _topic("plotted.declined", _("{actor} said no to {subject}"), "stop", "x", silent=True),
    _topic("plotted.settled", _("{subject} was answered elsewhere"), "ok", "check"),
]
