"""What the watch emits: read by who looks into bookings, nobody else."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from incentives.watch.enums import Why
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def watchers(user: Any, event: Event) -> bool:
    """Who looks into bookings; not that their own are looked at."""
    return bool(user.has_perm("incentives.watch") and event.payload.get("person") != user.person_id)


_PERSON = {"person": "person"}
TOPICS = [
    Topic("look.asked", _("A booking of {person} is to be looked at"), ("person", "why"), _PERSON, watchers, "wait",
          "eye", silent=True, words={"why": dict(Why.choices)}),
    Topic("look.doubted", _("{actor} doubts a booking of {person}"), ("person",), _PERSON, watchers, "wait", "scale",
          silent=True),
    Topic("look.cleared", _("{actor} found a booking of {person} in order"), ("person",), _PERSON, watchers, "ok",
          "check", silent=True),
    Topic("look.taken_back", _("{actor} confirmed that points of {person} are taken back"), ("person",), _PERSON,
          watchers, "stop", "undo", silent=True),
]  # fmt: skip
