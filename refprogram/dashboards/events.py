"""What the roof emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def sees_targets(user: Any, _event: Event) -> bool:
    """Who oversees the whole program."""
    return bool(user.has_perm("dashboards.see_targets"))


TOPICS = [
    Topic(
        "target.set",
        _("{actor} set the target {subject} to {value}"),
        fields=("value",),
        visible=sees_targets,
        tone="info",
        icon="flag",
        silent=True,
    ),
    Topic(
        "figures.kept",
        _("{actor} kept the figures {subject}"),
        visible=sees_targets,
        icon="chart",
        silent=True,
    ),
    Topic(
        "target.removed",
        _("{actor} took the target {subject} back"),
        visible=sees_targets,
        icon="flag",
        silent=True,
    ),
]
