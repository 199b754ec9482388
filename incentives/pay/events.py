"""What pay emits. What somebody earns is read by that person and by who answers for pay, nobody else."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def own_pay(user: Any, event: Event) -> bool:
    """The person it is about, and who answers for pay."""
    return bool(user.person_id == event.payload.get("person") or user.has_perm("incentives.view_pay"))


def pay_readers(user: Any, _event: Event) -> bool:
    """Who answers for pay."""
    return bool(user.has_perm("incentives.view_pay"))


def colleagues(user: Any, _event: Event) -> bool:
    """Everybody who may earn."""
    return bool(user.has_perm("incentives.view_rewards"))


_PERSON = {"person": "person"}
_AMOUNT = ("amount",)
TOPICS = [
    Topic("pay.accrued", _("{person} earned {amount}: {subject}"), ("person", "amount"), _PERSON, own_pay, "ok",
          "coins", silent=True, money=_AMOUNT),
    Topic("pay.corrected", _("{actor} corrected pay of {person} by {amount}: {subject}"), ("person", "amount"), _PERSON,
          own_pay, "wait", "undo", silent=True, money=_AMOUNT),
    Topic("pay.closing", _("{actor} closed {subject}; it waits for a second person"), visible=pay_readers, tone="wait",
          icon="lock", silent=True),
    Topic("pay.reopened", _("{actor} opened {subject} again"), visible=pay_readers, icon="undo", silent=True),
    Topic("pay.closed", _("{actor} agreed to {subject}: it is closed"), ("people", "amount"), visible=pay_readers,
          tone="ok", icon="lock", silent=True, money=_AMOUNT),
    Topic("pay.exported", _("{actor} made the file for payroll of {subject}"), visible=pay_readers, icon="download",
          silent=True),
    Topic("pay.disputed", _("{person} asked about {subject}"), ("person",), _PERSON, own_pay, "wait", "chat",
          silent=True),
    Topic("pay.answered", _("{actor} answered {subject}: {verdict}"), ("person", "verdict"), _PERSON, own_pay, "info",
          "chat", silent=True),
    Topic("escalator.started", _("{actor} switched {subject} on"), visible=colleagues, tone="ok", icon="play",
          silent=True),
    Topic("escalator.stopped", _("{actor} switched {subject} off"), visible=colleagues, tone="rest", icon="pause",
          silent=True),
    Topic("spiff.started", _("{actor} started {subject}"), visible=colleagues, tone="ok", icon="play", silent=True),
    Topic("spiff.ended", _("{subject} is over; {asked} were asked for proof"), ("asked",), visible=colleagues,
          tone="info", icon="clock", silent=True),
    Topic("spiff.settled", _("{subject} is settled"), ("winners",), visible=colleagues, tone="ok", icon="trophy",
          silent=True),
    Topic("spiff.cancelled", _("{actor} called {subject} off"), visible=colleagues, tone="stop", icon="x", silent=True),
]  # fmt: skip
