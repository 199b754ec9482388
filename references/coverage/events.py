"""What happens to recruiting targets and plans. Titles, reasons and offers stay on the rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from references.coverage.enums import PlanState
from references.coverage.rules import READERS
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def recruiters(user: Any, event: Event) -> bool:
    """Who reads coverage, and who did or was asked it."""
    return user.role in READERS or user.person_id in {event.actor_id, event.payload.get("colleague")}


_WHO = {"colleague": "person"}
_STATES = {"state": dict(PlanState.choices)}

TOPICS = [
    Topic("recruiting.opened", _("{actor} set the target {subject}"), ("wanted",), visible=recruiters, tone="info",
          icon="flag", silent=True),
    Topic("recruiting.changed", _("{actor} changed the target {subject}"), ("fields",), visible=recruiters,
          icon="edit", silent=True),
    Topic("recruiting.asked", _("{actor} asked {colleague} to nominate for {subject}"), ("colleague",), _WHO,
          recruiters, "info", "mail", silent=True),
    Topic("recruiting.gained", _("{account} was won for the target {subject}"), visible=recruiters, tone="ok",
          icon="check", silent=True),
    Topic("recruiting.met", _("The target {subject} is met"), visible=recruiters, tone="ok", icon="trophy",
          silent=True),
    Topic("recruiting.closed", _("The target {subject} was closed"), ("overdue",), visible=recruiters, tone="rest",
          icon="x", silent=True),
    Topic("plan.opened", _("{actor} planned how to win {account}"), visible=recruiters, tone="info", icon="flag",
          silent=True),
    Topic("plan.changed", _("{actor} changed the plan to win {account}"), ("fields",), visible=recruiters,
          icon="edit", silent=True),
    Topic("plan.moved", _("{actor} brought the plan to win {account} to: {state}"), ("state",), visible=recruiters,
          tone="info", icon="flag", silent=True, words=_STATES),
    Topic("plan.won", _("{account} became a reference, as planned"), visible=recruiters, tone="ok", icon="trophy",
          silent=True),
]  # fmt: skip
