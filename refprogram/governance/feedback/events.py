"""What this room emits. What was said, and answered, stands in no payload."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.governance.feedback.enums import NoteKind
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic

FACTS = ("kind", "sender", "to", "change")


def reads_note(user: Any, event: Event) -> bool:
    """Who runs the program, who said it, and whom it went to."""
    facts = event.payload
    return user.has_perm("governance.see_feedback") or user.pk in (facts.get("sender"), facts.get("to"))


def _topic(name: str, sentence: Any, tone: str, icon: str, *more: str, silent: bool = False) -> Topic:
    return Topic(
        name, sentence, fields=(*FACTS, *more), words={"kind": dict(NoteKind.choices)}, visible=reads_note, tone=tone,
        icon=icon, silent=silent,
    )  # fmt: skip


TOPICS = [
    _topic("fieldnote.given", _("{actor} said something about the program: {kind}"), "info", "chat"),
    _topic("fieldnote.replied", _("{actor} answered"), "ok", "check", "minutes", "late"),
    _topic("fieldnote.settled", _("{actor} settled it"), "rest", "check", silent=True),
]
