"""What this room emits. What a pilot's people wrote down is never told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.governance.pilots.enums import Answer
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic

PEOPLE = "people"  # the persons who run it, try it or were asked about it


def reads_pilot(user: Any, event: Event) -> bool:
    """Who runs or backs the program, and whoever has to do with this pilot."""
    return bool(user.has_perm("governance.see_all_pilots")) or user.person_id in event.payload.get(PEOPLE, ())


def _topic(name: str, sentence: Any, tone: str = "idle", icon: str = "flag", **more: Any) -> Topic:
    fields = (PEOPLE, *more.pop("fields", ()))
    return Topic(name, sentence, visible=reads_pilot, tone=tone, icon=icon, fields=fields, **more)


TOPICS = [
    _topic("pilot.planned", _("{actor} planned the pilot {subject}"), silent=True),
    _topic("pilot.changed", _("{actor} changed the pilot {subject}"), icon="edit", silent=True),
    _topic("pilot.consulted", _("{actor} asked {asked} of sales about {subject}"), "wait", "chat",
           fields=("consult", "asked"), refs={"asked": "person"}),
    _topic("pilot.answered", _("{actor} answered for sales about {subject}: {answer}"), "info", "chat",
           fields=("consult", "answer"), words={"answer": dict(Answer.choices)}),
    _topic("pilot.condition_met", _("{actor} says that the condition of sales is met"), "ok", "check", silent=True,
           fields=("consult",)),
    _topic("pilot.ready", _("{subject} is ready"), "info", "check"),
    _topic("pilot.begun", _("{subject} began with {count} people"), "ok", "play", fields=("count",)),
    _topic("pilot.ending", _("{subject} ends soon"), "wait", "clock"),
    _topic("pilot.ended", _("The time of {subject} is over"), "wait", "clock"),
    _topic("pilot.noted", _("{actor} wrote in the log of {subject}"), icon="edit", silent=True),
    _topic("pilot.judged", _("{actor} said what came of a criterion of {subject}"), icon="check", silent=True),
    _topic("pilot.rolled_out", _("{actor} rolled {subject} out to all"), "ok", "check"),
    _topic("pilot.repeated", _("{actor} wants {subject} changed and tried again"), "info", "refresh"),
    _topic("pilot.stopped", _("{actor} stopped {subject}"), "stop", "x"),
    _topic("pilot.cancelled", _("{actor} called {subject} off"), "rest", "x"),
]  # fmt: skip
