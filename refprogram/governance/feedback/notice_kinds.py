"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind("fieldnote.given", _("Somebody says what hurts or helps"), _("you answer what is said about the program")),
    Kind("fieldnote.replied", _("Your feedback was answered"), _("you said something about the program")),
]
