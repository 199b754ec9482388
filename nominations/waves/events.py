"""What happens to waves and their cohorts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def planners(user: Any, event: Event) -> bool:
    """Who may look at waves."""
    return bool(user.has_perm("nominations.see_waves"))


_REFS = {"wave": "wave"}

TOPICS = [
    Topic("wave.planned", _("{actor} planned the wave {subject}"), ("cohorts",), visible=planners, tone="info",
          icon="calendar", silent=True),
    Topic("wave.changed", _("{actor} changed the wave {subject}"), ("fields",), visible=planners, tone="idle",
          icon="edit", silent=True),
    Topic("wave.started", _("{actor} started the wave {subject}"), ("cohorts",), visible=planners, tone="info",
          icon="play", silent=True),
    Topic("wave.paused", _("The wave {subject} is paused"), ("by_itself", "backlog", "days"), visible=planners,
          tone="rest", icon="pause"),
    Topic("wave.resumed", _("The wave {subject} goes on"), ("by_itself", "backlog", "days", "later"),
          visible=planners, tone="info", icon="play"),
    Topic("wave.ended", _("The wave {subject} ended"), (), visible=planners, icon="check", silent=True),
    Topic("cohort.opened", _("{subject} of {wave} may nominate now: {members} colleagues"), ("wave", "members"),
          _REFS, planners, "info", "users"),
    Topic("cohort.closed", _("The time of {subject} of {wave} is over"), ("wave",), _REFS, planners, "idle", "clock",
          silent=True),
]  # fmt: skip
