"""What happens to approvals, and who may read it. Reasons and comments stay on the rows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from refprogram.governance.approvals.enums import ApprovalKind, Verdict
from refprogram.governance.approvals.rules import KNOW_OF_RESTRICTIONS, OVERVIEW
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic
from refprogram.people.enums import Role


def concerned(user: Any, event: Event) -> bool:
    """Who runs or pays for the program, who asked, who was asked, and who acted."""
    everybodys = event.payload.get("kind") != ApprovalKind.EXCEPTION
    if user.role in KNOW_OF_RESTRICTIONS or (everybodys and user.role in OVERVIEW):
        return True
    facts = event.payload
    return user.person_id in {event.actor_id, facts.get("requester"), *facts.get("asked", ())}


def runs_chains(user: Any, _event: Event) -> bool:
    """Every colleague may know whose blessing is needed."""
    return bool(user.role != Role.JUDGE)


def _topic(name: str, sentence: Any, *fields: str, tone: str, icon: str, silent: bool = False) -> Topic:
    words = {"verdict": {Verdict.APPROVE: _("approved"), Verdict.REJECT: _("rejected")}}
    return Topic(
        name,
        sentence,
        fields=("kind", "requester", "asked", *fields),
        refs={"requester": "person"},
        words=words if "verdict" in fields else {},
        visible=concerned,
        tone=tone,
        icon=icon,
        silent=silent,
    )


TOPICS = [
    _topic("approval.requested", _("{actor} asked for approval: {subject}"), tone="info", icon="inbox", silent=True),
    _topic("approval.asked", _("{subject} waits for its next approver"), "turn", tone="wait", icon="clock"),
    _topic("approval.escalated", _("{subject} went on to somebody else"), "turn", tone="wait", icon="up", silent=True),
    _topic("approval.stuck", _("Nobody can decide on {subject}"), "turn", tone="stop", icon="alert"),
    Topic(
        "approval.handed_over",
        _("{actor} handed {subject} over to {to}"),
        fields=("kind", "requester", "asked", "turn", "to"),
        refs={"requester": "person", "to": "person"},
        visible=concerned,
        tone="info",
        icon="swap",
        silent=True,  # whoever it goes to is told by approval.asked
    ),
    _topic("approval.turn_approved", _("{actor} approved {subject}"), "turn", tone="ok", icon="check", silent=True),
    _topic("approval.questioned", _("{actor} asked a question about {subject}"), "turn", tone="wait", icon="chat"),
    _topic("approval.answered", _("{actor} answered the question about {subject}"), tone="info", icon="chat"),
    _topic(
        "approval.decided",
        _("{subject} is {verdict}"),
        *("verdict", "subject_type", "subject_id"),
        tone="info",
        icon="flag",
    ),
    _topic(
        "approval.withdrawn",
        _("{actor} withdrew {subject}"),
        *("subject_type", "subject_id"),
        tone="idle",
        icon="undo",
    ),
    Topic(
        "chain.published",
        _("{actor} published version {version} of the chain: {subject}"),
        fields=("version",),
        visible=runs_chains,
        tone="info",
        icon="flag",
        silent=True,
    ),
]
