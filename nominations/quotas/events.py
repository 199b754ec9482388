"""What this room emits. What somebody owes is between them, their manager, and who oversees the program."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from nominations import rules
from nominations.quotas.enums import Rung
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic

SHARE = ("person", "manager", "plan")
PLAN = ("people", "behind", "fields", "rung")


def colleagues(user: Any, _event: Event) -> bool:
    """That there is a quota is no secret."""
    return rules.is_colleague(user)


def reads_share(user: Any, event: Event) -> bool:
    """Whose it is, their manager, and who oversees the program."""
    facts = event.payload
    own = facts.get("person") == user.person_id or facts.get("manager") == user.pk
    return bool(own or rules.has_overview(user))


def oversees(user: Any, _event: Event) -> bool:
    """Who oversees the program."""
    return rules.has_overview(user)


def _plan(name: str, sentence: Any, tone: str, icon: str, *, silent: bool = False, visible: Any = colleagues) -> Topic:
    return Topic(
        name, sentence, fields=PLAN, words={"rung": dict(Rung.choices)}, visible=visible, tone=tone, icon=icon,
        silent=silent,
    )  # fmt: skip


def _share(name: str, sentence: Any, tone: str, icon: str) -> Topic:
    refs = {"person": "person", "manager": "user", "plan": "quotaplan"}
    return Topic(name, sentence, fields=SHARE, refs=refs, visible=reads_share, tone=tone, icon=icon, silent=True)


TOPICS = [
    _plan("quota.planned", _("{actor} planned the quota {subject}"), "info", "edit", silent=True, visible=oversees),
    _plan("quota.changed", _("{actor} changed the quota {subject}"), "info", "edit", silent=True, visible=oversees),
    _plan("quota.opened", _("The quota {subject} began for {people} people"), "info", "target", silent=True),
    _plan("quota.ended", _("The period of {subject} is over; what came in time counts"), "wait", "clock", silent=True),
    _plan("quota.closed", _("The quota {subject} was closed"), "rest", "lock", silent=True),
    _plan("quota.final", _("The quota {subject} is final"), "ok", "check", silent=True),
    _plan(
        "quota.rung_taken", _("{subject}: “{rung}” for {behind} people"), "wait", "scale", silent=True,
        visible=oversees,
    ),
    _share("quota.share_appealed", _("{person} objected to their count in {plan}"), "wait", "chat"),
    _share("quota.share_upheld", _("{actor} answered {person}: the count in {plan} stands"), "rest", "scale"),
    _share("quota.share_waived", _("{actor} waived the rest of {plan} for {person}"), "ok", "check"),
]  # fmt: skip
