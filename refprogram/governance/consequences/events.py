"""What this room emits, and who reads it: a penalty is between the person, their manager, the board and admins."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.governance.consequences.enums import Effect
from refprogram.governance.consequences.rules import READERS
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic
from refprogram.people.enums import Role

CASE = ("person", "manager", "policy", "told", "effect")
POLICY = ("starts_on", "ends_on", "cohort", "named", "left_out", "too_small", "fields")
TASK = ("person", "giver", "manager")


def reads_case(user: Any, event: Event) -> bool:
    """The board and administrators; from the notice on also the person and their manager."""
    if user.is_role(*READERS):
        return True
    facts = event.payload
    return bool(facts.get("told")) and (facts.get("person") == user.person_id or facts.get("manager") == user.pk)


def reads_policy(user: Any, _event: Event) -> bool:
    """Who looks after policies."""
    return bool(user.is_role(*READERS))


def reads_task(user: Any, event: Event) -> bool:
    """Whose task it is, who gave it, their manager, administrators."""
    facts = event.payload
    return bool(user.is_role(Role.ADMIN)) or facts.get("manager") == user.pk or user.person_id in (
        facts.get("person"), facts.get("giver"),
    )  # fmt: skip


def _case(name: str, sentence: Any, tone: str, icon: str, *, silent: bool = False) -> Topic:
    return Topic(
        name, sentence, fields=CASE, refs={"person": "person", "policy": "consequencepolicy", "manager": "user"},
        words={"effect": dict(Effect.choices)}, visible=reads_case, tone=tone, icon=icon, silent=silent,
    )  # fmt: skip


def _policy(name: str, sentence: Any, tone: str, icon: str) -> Topic:
    return Topic(name, sentence, fields=POLICY, visible=reads_policy, tone=tone, icon=icon, silent=True)


def _task(name: str, sentence: Any, tone: str, icon: str, *, silent: bool = False) -> Topic:
    return Topic(
        name, sentence, fields=TASK, refs={"person": "person", "giver": "person", "manager": "user"},
        visible=reads_task, tone=tone, icon=icon, silent=silent,
    )  # fmt: skip


TOPICS = [
    _policy("policy.written", _("{actor} wrote the policy {subject}"), "info", "edit"),
    _policy("policy.changed", _("{actor} changed the policy {subject}"), "info", "edit"),
    _policy("policy.asked", _("{actor} asked for {subject} to be switched on"), "wait", "clock"),
    _policy("policy.switched_on", _("{subject} was switched on"), "ok", "check"),
    _policy("policy.refused", _("{subject} was not switched on"), "stop", "x"),
    _policy("policy.switched_off", _("{actor} switched {subject} off"), "rest", "lock"),
    _policy("policy.switches_changed", _("{actor} changed where {subject} applies"), "info", "swap"),
    _policy(
        "policy.evaluated",
        _("{subject} looked at a period: {cohort} people compared, {named} named"),
        "info",
        "scale",
    ),
    _case("case.proposed", _("{policy} names {person}"), "wait", "scale", silent=True),
    _case("case.notified", _("{actor} sent {person} a notice"), "wait", "mail"),
    _case("case.dismissed", _("{actor} dismissed the proposal about {person}"), "rest", "x", silent=True),
    _case("case.appealed", _("{person} made an appeal; nothing takes effect until it is answered"), "wait", "chat"),
    _case("case.upheld", _("{actor} turned the appeal of {person} down"), "stop", "scale"),
    _case("case.in_force", _("It took effect for {person}"), "stop", "lock"),
    _case("case.served", _("It is over for {person}"), "ok", "check"),
    _case("case.waived", _("{actor} waived it for {person}"), "ok", "undo"),
    _task("task.given", _("{person} got a task: {subject}"), "wait", "list"),
    _task("task.done", _("{person} finished the task: {subject}"), "ok", "check"),
    _task("task.cancelled", _("The task was called off: {subject}"), "rest", "x", silent=True),
]
