"""What happens to badges."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def colleagues(user: Any, _event: Event) -> bool:
    """Every colleague: a badge is worn in public."""
    return bool(user.has_perm("incentives.view_rewards"))


def own_or_badge_readers(user: Any, event: Event) -> bool:
    """Whose badge it was, and who looks after badges."""
    return bool(user.person_id == event.payload.get("person") or user.has_perm("incentives.run_badges"))


_REFS = {"person": "person", "badge": "badge"}
TOPICS = [
    Topic("badge.granted", _("{person} got the badge {badge}"), ("person", "badge"), _REFS, colleagues, "ok", "star"),
    Topic(
        "badge.revoked",
        _("{actor} took back the badge {badge} of {person}"),
        ("person", "badge"),
        _REFS,
        own_or_badge_readers,
        "stop",
        "undo",
    ),
    Topic("badge.added", _("{actor} added the badge {subject}"), (), {}, colleagues, "info", "plus", silent=True),
    Topic(
        "badge.changed", _("{actor} changed the badge {subject}"), ("fields",), {}, colleagues, "info", "edit",
        silent=True,
    ),
]  # fmt: skip
