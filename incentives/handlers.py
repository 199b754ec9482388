"""What this room does when others' events arrive."""

from incentives import selectors, services
from refprogram.kernel.models import Event
from refprogram.kernel.stream import lane


@lane("rules")
def apply_rules(event: Event) -> None:
    """Pay for an event by every rule that was on when it happened."""
    for rule in selectors.rules_for(event):
        services.apply_rule(rule=rule, event=event)
