"""What the room tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

THANKS = "awards.thanks"
FEEDBACK = "awards.feedback"

KINDS = [
    Kind(THANKS, _("Thanks after a contest"), _("you took part in a contest"), customers=True),
    Kind(FEEDBACK, _("What judges said of your entry"), _("you entered a contest and asked what judges say"),
         customers=True),
]  # fmt: skip
