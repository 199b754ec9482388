"""What a rule can pay for: an event, and who of those it names gets the points. In words, as rules are read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Trigger:
    """One thing a rule can pay for: `beneficiary` is the payload field that holds the person's id."""

    topic: str
    beneficiary: str
    when: Any
    who: Any

    @property
    def key(self) -> str:
        """Its name in forms."""
        return f"{self.topic}:{self.beneficiary}"


# Every topic here is subscribed to `incentives.handlers.apply_rules` in settings; a test compares the two.
TRIGGERS = (
    Trigger("nomination.enrolled", "nominator", _("a nomination is enrolled"), _("the nominator")),
    Trigger("reference.delivered", "owner", _("a reference is delivered"), _("the account owner")),
    Trigger("reference.delivered", "requester", _("a reference is delivered"), _("who asked for it")),
    Trigger("request.submitted", "requester", _("a reference is asked for"), _("who asks")),
)
BY_KEY = {trigger.key: trigger for trigger in TRIGGERS}


def of(topic: str, beneficiary: str) -> Trigger:
    """Return the trigger of a rule; one that is no longer offered reads by its technical names."""
    known = BY_KEY.get(f"{topic}:{beneficiary}")
    return known or Trigger(topic, beneficiary, f"“{topic}”", f"“{beneficiary}”")
