"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def own_or_ledger(user: Any, event: Event) -> bool:
    """What somebody earned or lost: that person, and who reads the ledger."""
    return bool(user.person_id == event.payload.get("person") or user.has_perm("incentives.view_ledger"))


def rule_readers(user: Any, _event: Event) -> bool:
    """Who reads the rules."""
    return bool(user.has_perm("incentives.view_rules"))


TOPICS = [
    Topic(
        "points.posted",
        _("{person} got {points} points: {subject}"),
        fields=("person", "points"),
        refs={"person": "person"},
        visible=own_or_ledger,
        tone="ok",
        icon="coins",
        silent=True,
    ),
    Topic(
        "points.reversed",
        _("{actor} took back {points} points of {person}: {subject}"),
        fields=("person", "points"),
        refs={"person": "person"},
        visible=own_or_ledger,
        tone="stop",
        icon="undo",
    ),
    Topic(
        "rule.started",
        _("{actor} switched {subject} on (version {version})"),
        fields=("version",),
        visible=rule_readers,
        tone="ok",
        icon="play",
        silent=True,
    ),
    Topic(
        "rule.limited",
        _("{subject} now gives to the people of its pilot alone: {people}"),
        fields=("people",),
        visible=rule_readers,
        tone="info",
        icon="flag",
        silent=True,
    ),
    Topic(
        "rule.for_all",
        _("{subject} now gives to everybody"),
        visible=rule_readers,
        tone="ok",
        icon="users",
        silent=True,
    ),
    Topic(
        "rule.stopped",
        _("{actor} switched {subject} off"),
        fields=("version",),
        visible=rule_readers,
        tone="rest",
        icon="pause",
        silent=True,
    ),
]
