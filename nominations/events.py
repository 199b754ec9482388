"""What this room emits. Reasons, notes and scores are in no payload: they belong to who may open the nomination."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from nominations import rules
from nominations.enums import NominationState, OwnerAnswer
from nominations.signals.enums import Signal
from refprogram.kernel.models import Event
from refprogram.kernel.topics import Topic

WHO = {"nominator": "person"}
# `credits`: [[person, team, region, percent], …]; events of earlier versions have none: all is the nominator's.
FACTS = (
    *("nominator", "team", "region", "industry", "target"),
    *("credits", "in_gap", "channel", "campaign", "cohort"),
)
# What becomes of a nomination is told together with the recruiting target that it was made for.
FOR_TARGET = frozenset(
    f"nomination.{verb}" for verb in ("submitted", "enrolled", "decided", "withdrawn", "merged", "first_act")
)


def colleagues(user: Any, event: Event) -> bool:
    """Every colleague but judges: that somebody was nominated, or enrolled, is no secret (it avoids twins)."""
    return rules.is_colleague(user)


def concerned(user: Any, event: Event) -> bool:
    """Who runs or oversees the program, who nominated, and who was asked as the owner."""
    person = getattr(user, "person_id", None)
    named = (event.actor_id, event.payload.get("nominator"), event.payload.get("owner"))
    return bool(rules.has_overview(user) or (person is not None and person in named))


TOPICS = [
    Topic(
        "nomination.submitted",
        _("{actor} nominated {account}"),
        fields=FACTS,
        refs=WHO,
        visible=colleagues,
        tone="info",
        icon="star",
    ),
    Topic(
        "nomination.amended",
        _("{actor} changed the nomination of {account}"),
        fields=("nominator", "fields"),
        refs=WHO,
        visible=concerned,
        tone="idle",
        icon="edit",
        silent=True,
    ),
    Topic(
        "nomination.owner_asked",
        _("{owner} was asked whether {account} is still a happy customer"),
        fields=("nominator", "owner"),
        refs={**WHO, "owner": "person"},
        visible=concerned,
        tone="wait",
        icon="clock",
    ),
    Topic(
        "nomination.owner_answered",
        _("{actor} said about {account}: {answer}"),
        fields=("nominator", "owner", "answer"),
        refs={**WHO, "owner": "person"},
        words={"answer": dict(OwnerAnswer.choices)},
        visible=concerned,
        tone="ok",
        icon="check",
        silent=True,
    ),
    Topic(
        "nomination.ready",
        _("{account} came into the screening queue"),
        fields=("nominator", "answer"),
        refs=WHO,
        visible=concerned,
        tone="info",
        icon="inbox",
    ),
    Topic(
        "nomination.approved",
        _("{actor} approved the nomination of {account}"),
        fields=(*FACTS, "contact", "invited"),
        refs={**WHO, "contact": "contact"},
        visible=concerned,
        tone="ok",
        icon="check",
    ),
    Topic(
        "nomination.decided",
        _("{actor} decided about the nomination of {account}: {decision}"),
        fields=("nominator", "decision", "target"),
        refs=WHO,
        words={"decision": dict(NominationState.choices)},
        visible=concerned,
        tone="rest",
        icon="scale",
    ),
    Topic(
        "nomination.withdrawn",
        _("{actor} withdrew the nomination of {account}"),
        fields=("nominator", "target"),
        refs=WHO,
        visible=concerned,
        tone="rest",
        icon="x",
        silent=True,
    ),
    Topic(
        "nomination.enrolled",
        _("{account} was enrolled as a reference, nominated by {nominator}"),
        fields=FACTS,
        refs=WHO,
        visible=colleagues,
        tone="ok",
        icon="trophy",
    ),
    Topic(
        "nomination.first_act",
        _("{account} did something for us for the first time, nominated by {nominator}"),
        fields=FACTS,
        refs=WHO,
        visible=colleagues,
        tone="ok",
        icon="trophy",
    ),
    Topic(
        "nomination.drafted",
        _("A nomination of {account} was drafted for {nominator}: {signal}"),
        fields=("nominator", "signal"),
        refs=WHO,
        words={"signal": dict(Signal.choices)},
        visible=concerned,
        tone="info",
        icon="star",
    ),
    Topic(
        "nomination.queued",
        _("The nomination of {account} waits for its turn"),
        fields=("nominator", "expected_on"),
        refs=WHO,
        visible=concerned,
        tone="rest",
        icon="clock",
    ),
    Topic(
        "nomination.recheck_due",
        _("{asked} was asked whether it still holds about {account}"),
        fields=("nominator", "asked"),
        refs={**WHO, "asked": "person"},
        visible=concerned,
        tone="wait",
        icon="clock",
    ),
    Topic(
        "nomination.merged",
        _("The nomination of {account} by {nominator} was joined to the one by {first}"),
        fields=("nominator", "first", "into", "percent", "credits", "target"),
        refs={**WHO, "first": "person"},
        visible=concerned,
        tone="rest",
        icon="link",
    ),
    Topic(
        "nomination.invited",
        _("The customer may be written to now: {account} is invited"),
        fields=("nominator", "contact"),
        refs={**WHO, "contact": "contact"},
        visible=concerned,
        tone="info",
        icon="mail",
    ),
]
