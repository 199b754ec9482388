"""What the edits of outcomes are called."""

from django.utils.translation import gettext_lazy as _

from references.profiles import selectors
from references.profiles.models import LinkedProgram, Outcome
from refprogram.kernel.edit_history.nouns import EditNoun, Part

PROGRAM = EditNoun(
    title=_("Linked program"),
    path="/linked-programs",
    visible=selectors.programs_visible_to,
    parts=(
        Part(
            LinkedProgram,
            words={
                "kind": _("Kind"),
                "terms": _("What members agree to"),
                "owner": _("Run by"),
                "cap_per_quarter": _("At most in three months"),
                "ended_on": _("Ended"),
            },
        ),
    ),
)

OUTCOME = EditNoun(
    title=_("Outcome"),
    path="/outcomes",
    visible=lambda user: selectors.with_around(selectors.outcomes_visible_to(user)),
    parts=(
        Part(
            Outcome,
            words={
                "metric": _("What was measured"),
                "direction": _("Which way is better"),
                "period": _("Over which time"),
                "contact": _("Who said it"),
                "evidence_url": _("Where it can be seen"),
                "recorded_by": _("Noted by"),
                "verified_at": _("Verified"),
                "verified_by": _("Verified by"),
            },
        ),
    ),
)
