"""What the edits of signal rules are called."""

from django.utils.translation import gettext_lazy as _

from nominations.models import SignalRule
from nominations.signals import selectors
from refprogram.kernel.edit_history.nouns import EditNoun, Part

SIGNAL = EditNoun(
    title=_("Signal"),
    path="/nomination-signals",
    visible=selectors.rules_visible_to,
    parts=(
        Part(
            SignalRule,
            words={
                "least": _("Lowest score, or days that must have passed"),
                "quiet_days": _("Days between two drafts for the same customer"),
                "live": _("On"),
            },
        ),
    ),
)
