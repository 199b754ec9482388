"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def reads_changes(user: Any, _event: Event) -> bool:
    """Every colleague: what changes is no secret."""
    return bool(user.has_perm("governance.see_changes"))


def _topic(name: str, sentence: Any, tone: str = "idle", icon: str = "flag", **more: Any) -> Topic:
    return Topic(name, sentence, visible=reads_changes, tone=tone, icon=icon, **{"silent": True, **more})


TOPICS = [
    _topic("change.opened", _("{actor} planned {subject}"), "info"),
    _topic("change.changed", _("{actor} changed the plan of {subject}"), icon="edit"),
    _topic("change.closed", _("{actor} closed {subject}"), "ok", "check", fields=("state",)),
    _topic("change.reopened", _("{actor} took {subject} up again"), "wait", "refresh"),
    _topic("change.step_done", _("{actor} did a step of {subject}"), "ok", "check", fields=("step", "late")),
    _topic("change.step_late", _("Steps of {subject} are overdue"), "stop", "clock", fields=("steps", "to"),
           silent=False),
]  # fmt: skip
