"""What the edits of what was asked of the program are called."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.plotting.models import PlottedRequest
from refprogram.governance.plotting.selectors import visible_to
from refprogram.kernel.edit_history.nouns import EditNoun, Part

PLOTTED = EditNoun(
    title=_("What was asked of us"),
    path="/plotted-requests",
    visible=visible_to,
    parts=(
        Part(
            PlottedRequest,
            words={
                "text": _("What is asked for"),
                "asked_by": _("Who asks"),
                "value": _("What it is worth"),
                "because": _("Because"),
                "redirect_to": _("Passed on to"),
                "due_on": _("Answer by"),
                "outcome": _("What came of it"),
            },
        ),
    ),
)
