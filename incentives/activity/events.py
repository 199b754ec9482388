"""What this room emits: what somebody earns or owes is between them, their manager, and who oversees the program."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from incentives.activity.enums import ProofState
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic
from refprogram.people.enums import Role

OVERSEERS = (Role.MARKETER, Role.ADMIN, Role.SALES_HEAD)


def concerned(user: Any, event: Event) -> bool:
    """Whose it is, their manager, and who oversees the program."""
    facts = event.payload
    own = facts.get("person") == user.person_id or facts.get("manager") == user.pk
    return bool(own or user.is_role(*OVERSEERS))


def concerned_or_executive(user: Any, event: Event) -> bool:
    """And the executives, who ask for presentations."""
    return concerned(user, event) or bool(user.is_role(Role.EXECUTIVE))


def _proof(name: str, sentence: Any, tone: str, *more: str) -> Topic:
    return Topic(
        name, sentence, fields=("person", "reward", "manager", *more), refs={"person": "person", "manager": "user"},
        words={"state": dict(ProofState.choices)}, visible=concerned, tone=tone, icon="eye",
    )  # fmt: skip


def _presentation(name: str, sentence: Any, tone: str) -> Topic:
    return Topic(
        name, sentence, fields=("person", "manager"), refs={"person": "person", "manager": "user"},
        visible=concerned_or_executive, tone=tone, icon="users",
    )  # fmt: skip


TOPICS = [
    _proof("proof.asked", _("{person} was asked to prove an activity"), "wait"),
    _proof("proof.given", _("{person} proved an activity"), "info"),
    _proof("proof.judged", _("The proof of {person}: {state}"), "info", "state"),
    Topic(
        "adoption.counted",
        _("{person} used the CRM on {percent} % of their working days"),
        fields=("person", "team", "region", "percent", "days"),
        refs={"person": "person", "team": "team"},
        visible=concerned,
        tone="info",
        icon="chart",
        silent=True,
    ),
    Topic(
        "week.counted",
        _("The activity of {person} in a week came to {score}"),
        fields=("person", "team", "region", "score", "activities"),
        refs={"person": "person", "team": "team"},
        visible=concerned,
        tone="info",
        icon="chart",
        silent=True,
    ),
    _presentation("presentation.drafted", _("{person} is to present: {subject}"), "wait"),
    _presentation("presentation.asked", _("{actor} asked {person} to present: {subject}"), "wait"),
    _presentation("presentation.again", _("{actor} asked {person} to present it once more: {subject}"), "wait"),
    _presentation("presentation.passed", _("{person} presented: {subject}"), "ok"),
    _presentation("presentation.called_off", _("{person} need not present any more: {subject}"), "rest"),
    Topic("pot.proposed", _("{actor} proposed a charity pot: {subject}"), tone="wait", icon="heart"),
    Topic("pot.opened", _("{actor} signed the charity pot off: {subject}"), tone="ok", icon="heart", silent=True),
    Topic("pot.closed", _("{actor} closed the charity pot: {subject}"), tone="rest", icon="heart", silent=True),
]
