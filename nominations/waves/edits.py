"""What the edits of waves are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from nominations.models import Wave
from nominations.waves import selectors
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _visible(user: Any) -> Any:
    return selectors.visible_to(user)


WAVE = EditNoun(
    title=_("Wave"),
    path="/waves",
    visible=_visible,
    parts=(
        Part(
            Wave,
            words={
                "name": _("Name"),
                "campaign": _("Campaign"),
                "cut": _("Divide colleagues by"),
                "roles": _("Only these roles"),
                "starts_on": _("First day"),
                "days_each": _("Days between two openings"),
                "in_work": _("At most in screening at once"),
                "per_day": _("Decisions on a working day"),
                "pause_after_days": _("Pause when the backlog is more than"),
                "pause_reason": _("Why it pauses"),
                "owner": _("Planned by"),
            },
        ),
    ),
)
