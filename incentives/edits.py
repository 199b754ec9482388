"""What the edits of rules are called."""

from django.utils.translation import gettext_lazy as _

from incentives import selectors
from incentives.models import Rule
from incentives.triggers import TRIGGERS
from refprogram.kernel.edit_history.nouns import EditNoun, Part

_WHEN = {trigger.topic: trigger.when for trigger in TRIGGERS}
_WHO = {trigger.beneficiary: trigger.who for trigger in TRIGGERS}

RULE = EditNoun(
    title=_("Rule"),
    path="/rules",
    visible=selectors.rules_visible_to,
    parts=(
        Part(
            Rule,
            words={
                "topic": _("When"),
                "beneficiary": _("Who gets them"),
                "cap_per_quarter": _("At most a quarter"),
                "live_since": _("Live since"),
                "stopped_at": _("Stopped"),
                "changed_by": _("Last changed by"),
                "approved_by": _("Approved by"),
                "created_by": _("Written by"),
            },
            say={
                "topic": lambda topic: str(_WHEN.get(topic, topic)),
                "beneficiary": lambda field: str(_WHO.get(field, field)),
            },
        ),
    ),
)
