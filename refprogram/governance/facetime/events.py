"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.governance.facetime.enums import FollowUp, GuestAnswer, Side
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def reads_face_time(user: Any, _event: Event) -> bool:
    """Whoever may see executives' hours; with whom a talk is, its label says to those who may know."""
    return bool(user.has_perm("governance.see_face_time"))


def _topic(
    name: str,
    sentence: Any,
    *fields: str,
    tone: str = "info",
    icon: str = "clock",
    words: Any = None,
    silent: bool = False,
) -> Topic:
    refs = {"executive": "person"}
    return Topic(
        name, sentence, visible=reads_face_time, fields=("executive", *fields), refs=refs, tone=tone, icon=icon,
        words=words or {}, silent=silent,
    )  # fmt: skip


_SIDE = {"side": dict(Side.choices)}
TOPICS = [
    _topic("facetime.published", _("{actor} offered time of {executive}, {slots} times"), "slots", silent=True),
    _topic("facetime.withdrawn", _("{actor} took back {subject}"), tone="rest", icon="undo", silent=True),
    _topic("facetime.slot_moved", _("{actor} moved {subject}"), icon="calendar", silent=True),
    _topic("facetime.unused", _("Nobody asked for {subject}"), tone="rest", silent=True),
    _topic("facetime.requested", _("{actor} asked {executive} for an hour: {subject}"), "guests", "to_approve",
           tone="wait", icon="inbox"),
    _topic("facetime.cleared", _("{subject} is approved; {executive} is asked"), tone="wait", icon="check"),
    _topic("facetime.booked", _("{executive} agreed: {subject}"), tone="ok", icon="check"),
    _topic("facetime.declined", _("{executive} has no time: {subject}"), "side", "invited", tone="rest", icon="x",
           words=_SIDE),
    _topic("facetime.lapsed", _("{executive} did not answer in time: {subject}"), "side", "invited", tone="rest",
           words=_SIDE),
    _topic("facetime.cancelled", _("{subject} was called off ({side})"), "side", "invited", tone="rest", icon="x",
           words=_SIDE),
    _topic("facetime.moved", _("{subject} has another time or place"), "invited", icon="calendar"),
    _topic("facetime.guest_answered", _("{actor} answered the invitation: {answer}"), "guest", "answer", icon="chat",
           words={"answer": dict(GuestAnswer.choices)}),
    _topic("facetime.reminded", _("Both sides were reminded of {subject}"), icon="mail"),
    _topic("facetime.held", _("{subject} took place"), "minutes", tone="ok", icon="check"),
    _topic("facetime.noted", _("{actor} noted what came of {subject}"), icon="edit", silent=True),
    _topic("facetime.no_show", _("Nobody came: {subject}"), tone="stop", icon="alert", silent=True),
    _topic("facetime.feedback", _("{actor} said how it was: {score} of 5"), "feedback", "score", icon="heart"),
    _topic("facetime.decided", _("{actor} decided what follows from it: {verdict}"), "feedback", "verdict",
           icon="scale", words={"verdict": dict(FollowUp.choices)}, silent=True),
    _topic("facetime.told", _("{actor} answered a guest of {subject}"), "feedback", tone="ok", icon="mail"),
    _topic("facetime.closed", _("{subject} is closed"), tone="ok", icon="check", silent=True),
]  # fmt: skip
