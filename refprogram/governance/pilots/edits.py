"""What the edits of pilots are called."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.pilots import selectors
from refprogram.governance.pilots.models import Pilot
from refprogram.kernel.edit_history.nouns import EditNoun, Part

PILOT = EditNoun(
    title=_("Pilot"),
    path="/pilots",
    visible=selectors.visible_to,
    parts=(
        Part(
            Pilot,
            words={
                "label": _("What is tried"),
                "hypothesis": _("What is expected"),
                "starts_on": _("From"),
                "ends_on": _("Until"),
                "owner": _("Run by"),
                "because": _("Why it was decided so"),
                "decided_by": _("Decided by"),
                "decided_at": _("Decided"),
                "begun_at": _("Began"),
                "ended_at": _("Ended"),
                "touches_customers": _("Touches customers"),
            },
            silent=("kind", "thing", "made_by", "repeats"),
        ),
    ),
)
