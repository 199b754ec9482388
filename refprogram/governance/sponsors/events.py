"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def reads_sponsors(user: Any, event: Event) -> bool:
    """Whoever may read of sponsors, and the sponsor it is about."""
    return bool(user.has_perm("governance.see_sponsors")) or event.payload.get("sponsor") == user.person_id


def _topic(name: str, sentence: Any, tone: str = "idle", icon: str = "flag", **more: Any) -> Topic:
    fields = ("sponsor", *more.pop("fields", ()))
    refs = {"sponsor": "person", **more.pop("refs", {})}
    return Topic(name, sentence, fields=fields, refs=refs, visible=reads_sponsors, tone=tone, icon=icon, **more)


PERSON = {"before": "person"}
TOPICS = [
    _topic("sponsorship.begun", _("{sponsor} backs {subject}"), "ok"),
    _topic("sponsorship.changed", _("{actor} changed how long {sponsor} backs {subject}"), icon="edit", silent=True),
    _topic("sponsorship.alerted", _("{sponsor} may be lost as a sponsor of {subject}"), "stop", "alert",
           fields=("cause", "open")),
    _topic("sponsorship.kept", _("{sponsor} goes on backing {subject}"), "ok", silent=True),
    _topic("sponsorship.handed_over", _("{sponsor} takes over {subject} from {before}"), "ok", "swap",
           fields=("before", "open"), refs=PERSON),
    _topic("pledge.promised", _("{sponsor} promised: {subject}"), "info", fields=("kind", "due_on"), silent=True),
    _topic("pledge.changed", _("{actor} changed the promise: {subject}"), icon="edit", fields=("due_on",), silent=True),
    _topic("pledge.worded", _("{actor} wrote the words for: {subject}"), icon="edit", fields=("text",), silent=True),
    _topic("pledge.done", _("{sponsor} did it: {subject}"), "ok", "check", fields=("kind", "on_time"), silent=True),
    _topic("pledge.missed", _("The day passed: {subject}"), "stop", "clock", fields=("kind", "due_on")),
    _topic("pledge.released", _("{actor} released {sponsor} from: {subject}"), "rest", "x", fields=("kind",)),
    _topic("pledge.unheld", _("{sponsor} cannot keep it any more: {subject}"), "wait", "alert", silent=True),
    _topic("pledge.handed_over", _("{before} hands over to {sponsor}: {subject}"), "wait", "swap",
           fields=("before", "alone"), refs=PERSON),
    _topic("pledge.accepted", _("{sponsor} says yes to: {subject}"), "ok", "check", fields=("due_on",), silent=True),
    _topic("pledge.refused", _("{sponsor} says no to: {subject}"), "stop", "x"),
]  # fmt: skip
