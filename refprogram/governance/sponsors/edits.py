"""What the edits of promises are called."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.sponsors import selectors
from refprogram.governance.sponsors.models import SponsorPledge
from refprogram.kernel.edit_history.nouns import EditNoun, Part

PLEDGE = EditNoun(
    title=_("Promise"),
    path="/pledges",
    visible=selectors.visible_to,
    parts=(
        Part(
            SponsorPledge,
            words={
                "words": _("What exactly"),
                "channel": _("Where"),
                "audience": _("To whom"),
                "due_on": _("By"),
                "every_weeks": _("Again every so many weeks"),
                "until": _("Again until"),
                "done_on": _("Done"),
                "proof": _("What happened"),
                "because": _("Why"),
                "noted_by": _("Noted by"),
            },
        ),
    ),
)
