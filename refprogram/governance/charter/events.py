"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def reads_drafts(user: Any, _event: Event) -> bool:
    """Whoever may read versions that do not hold yet."""
    return bool(user.has_perm("governance.see_charter_drafts"))


def _inner(name: str, sentence: Any, tone: str = "idle", icon: str = "book", **more: Any) -> Topic:
    return Topic(name, sentence, visible=reads_drafts, tone=tone, icon=icon, **more)


TOPICS = [
    _inner("charter.drafted", _("{actor} began {subject}"), fields=("number",), silent=True),
    _inner("charter.consulted", _("{actor} asked colleagues what they think of {subject}"), "wait", fields=("people",)),
    _inner("charter.opinion", _("{actor} commented on {subject}"), "info", "chat", fields=("revision",)),
    _inner("charter.returned", _("{subject} is a draft again"), "wait", fields=("because",), silent=True),
    _inner("charter.approved", _("{subject} is approved"), "ok", "check", fields=("revision",)),
    Topic("charter.published", _("{actor} published {subject}"), fields=("number",), tone="ok", icon="book"),
    Topic("charter.superseded", _("{subject} holds no more"), fields=("number",), icon="book", silent=True),
    _inner("charter.acknowledged", _("{actor} knows {subject}"), "ok", "check", fields=("first", "tries"), silent=True),
    _inner("charter.link_made", _("{actor} made a link to the charter"), "info", "link", fields=("days",), silent=True),
    _inner("charter.link_withdrawn", _("{actor} withdrew a link to the charter"), "rest", "link", silent=True),
]
