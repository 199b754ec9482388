"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def reads_capacity(user: Any, _event: Event) -> bool:
    """Whoever may see how much work is asked of the program."""
    return bool(user.has_perm("governance.see_capacity"))


TOPICS = [
    Topic(
        "capacity.short",
        _("{subject} lacks hours: {percent} % more work than there are"),
        fields=("month", "percent", "needed", "available", "worse"),
        visible=reads_capacity,
        tone="stop",
        icon="clock",
    ),
    Topic(
        "capacity.relieved",
        _("{subject} has hours enough again"),
        fields=("month",),
        visible=reads_capacity,
        tone="ok",
        icon="check",
        silent=True,
    ),
]
