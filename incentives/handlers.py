"""What this room does when others' events arrive."""

from incentives import selectors, services
from refprogram.kernel.models import Event
from refprogram.kernel.stream import lane
from refprogram.people.models import User


@lane("rules")
def apply_rules(event: Event) -> None:
    """Pay for an event by every rule that was on when it happened."""
    for rule in selectors.rules_for(event):
        services.apply_rule(rule=rule, event=event)


def start_approved(event: Event) -> None:
    """Switch on a rule as soon as it is approved."""
    facts = event.payload
    if facts["subject_type"] != "rule" or facts["verdict"] != "approve":
        return
    approver = User.objects.filter(person=event.actor_id or 0).first()
    if approver is not None:
        services.start_approved(rule_id=facts["subject_id"], approver=approver)
