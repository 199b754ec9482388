"""What winners are told after the announcement."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KIT = "awards.kit"
WORDS = "awards.words"

KINDS = [
    Kind(KIT, _("What you may use as a winner"), _("your entry won"), customers=True),
    Kind(WORDS, _("Words of yours to release"), _("your entry won, and we would like to quote you"), customers=True),
]
