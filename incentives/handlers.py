"""What this room does when others' events arrive."""

from incentives.rulebook import paying, services
from refprogram.kernel.models import Event
from refprogram.kernel.stream import in_batches, lane
from refprogram.people.models import User


@lane("rules")
@in_batches
def apply_rules(events: list[Event]) -> None:
    """Give for events by every rule that was on when they happened, and what was promised for them."""
    paying.pay(events)


@lane("rules")
def free_caps(event: Event) -> None:
    """What was taken back is free to be given again."""
    paying.free_caps(event)


def start_approved(event: Event) -> None:
    """Switch on a rule as soon as it is approved."""
    facts = event.payload
    if facts["subject_type"] != "rule" or facts["verdict"] != "approve":
        return
    approver = User.objects.filter(person=event.actor_id or 0).first()
    if approver is not None:
        services.start_approved(rule_id=facts["subject_id"], approver=approver, read_at=event.at)
