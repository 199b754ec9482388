"""What this room emits."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic

FIELDS = ("receiver", "requester", "kind", "amount", "source_type", "source_id")


def gift_readers(user: Any, event: Event) -> bool:
    """Who reads all gifts, and who asked for this one."""
    return bool(user.has_perm("governance.view_all_fulfilments") or user.pk == event.payload.get("requester"))


def _topic(name: str, sentence: Any, tone: str = "idle", icon: str = "gift", *, silent: bool = False) -> Topic:
    return Topic(
        name, sentence, fields=FIELDS, refs={"receiver": "person"}, money=("amount",), visible=gift_readers, tone=tone,
        icon=icon, silent=silent,
    )  # fmt: skip


TOPICS = [
    _topic("gift.requested", _("{actor} asked for a gift to {receiver}: {subject}"), "info", silent=True),
    _topic("gift.rejected", _("{subject} for {receiver} was not approved"), "stop", "x", silent=True),
    _topic("gift.waiting", _("{subject} for {receiver} waits for {amount}"), "wait", "clock", silent=True),
    _topic("gift.ready", _("{subject} for {receiver} can be ordered"), "ok"),
    _topic("gift.scheduled", _("{actor} set a day for {subject}"), "info", "calendar", silent=True),
    _topic("gift.ordered", _("{actor} ordered {subject} for {receiver}"), "info", silent=True),
    _topic("gift.delivered", _("{subject} was delivered to {receiver}"), "ok", "check"),
    _topic("gift.acknowledged", _("{receiver} confirmed {subject}"), "ok", "heart"),
    _topic("gift.missing", _("{receiver} says that {subject} has not arrived"), "stop", "alert"),
    _topic("gift.refused", _("{receiver} would rather not have {subject}"), "rest", "x"),
    _topic("gift.substituted", _("{subject} was replaced by something else"), "info", "swap", silent=True),
    _topic("gift.returned", _("{subject} came back"), "rest", "undo", silent=True),
    _topic("gift.refunded", _("The money of {subject} came back"), "rest", "undo", silent=True),
    _topic("gift.cancelled", _("{subject} was called off"), "rest", "x", silent=True),
    _topic("gift.order_cancelled", _("{actor} cancelled the order of {subject}"), "rest", "x", silent=True),
]
