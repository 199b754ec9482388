"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def reads_stakeholders(user: Any, _event: Event) -> bool:
    """Whoever may read the register."""
    return bool(user.has_perm("governance.see_stakeholders"))


def _topic(name: str, sentence: Any, tone: str = "idle", icon: str = "users", **more: Any) -> Topic:
    return Topic(name, sentence, visible=reads_stakeholders, tone=tone, icon=icon, **more)


TOPICS = [
    _topic("stakeholder.added", _("{actor} added {subject}"), silent=True),
    _topic("stakeholder.changed", _("{actor} changed what is known of {subject}"), icon="edit", silent=True),
    _topic("stakeholder.contacted", _("{actor} spoke to {subject}"), "ok", "chat", fields=("on",), silent=True),
    _topic("stakeholder.met", _("A requirement of {subject} is met"), "ok", "check", silent=True),
    _topic("stakeholder.pulse_asked", _("{actor} asked {subject} how they are served"), "wait", "heart",
           fields=("pulse",)),
    _topic("stakeholder.pulse_given", _("{subject} gave {score} of 5"), "info", "heart", fields=("score",)),
]  # fmt: skip
