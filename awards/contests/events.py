"""What happens to contests. Payloads hold ids and facts; why somebody went back is read by who runs contests."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from awards.contests.enums import ContestState, Step
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic


def colleagues(user: Any, event: Event) -> bool:
    """Every colleague; judges from outside read their own pages."""
    return bool(user.has_perm("awards.see_contests"))


def runners(user: Any, event: Event) -> bool:
    """Who runs contests, and who did it."""
    return bool(user.has_perm("awards.start_contests")) or user.person_id == event.actor_id


_STATES = {"from": dict(ContestState.choices), "to": dict(ContestState.choices)}
_STEPS = {"step": dict(Step.choices)}
_CONTEST = {"contest": "contest"}

TOPICS = [
    Topic("contest.started", _("{actor} planned {subject}"), ("series", "year", "audience"), visible=runners,
          tone="info", icon="plus", silent=True),
    Topic("contest.changed", _("{actor} changed {subject}"), ("fields",), visible=runners, icon="edit"),
    Topic("contest.moved", _("{subject} is now: {to}"), ("from", "to", "reason"), visible=runners, tone="info",
          icon="right", silent=True, words=_STATES),
    Topic("contest.announced", _("{subject} is announced"), (), visible=colleagues, tone="info", icon="send",
          silent=True),
    Topic("contest.opened", _("{subject} takes entries"), ("again",), visible=colleagues, tone="ok", icon="play"),
    Topic("contest.closed", _("{subject} takes no more entries"), ("by_itself",), visible=colleagues, tone="rest",
          icon="clock", silent=True),
    Topic("contest.published", _("The winners of {subject} are announced"), (), visible=colleagues, tone="ok",
          icon="trophy"),
    Topic("contest.cancelled", _("{subject} was called off"), (), visible=colleagues, tone="stop", icon="x",
          silent=True),
    Topic("question.asked", _("Somebody asked about {contest}"), ("contest",), _CONTEST, colleagues, "wait", "chat"),
    Topic("question.answered", _("A question about {contest} was answered"), ("contest",), _CONTEST, colleagues, "ok",
          "chat"),
    Topic("plan.item_due", _("Due for {contest}: {subject}"), ("contest", "step", "late"), _CONTEST, runners, "wait",
          "flag", words=_STEPS),
]  # fmt: skip
