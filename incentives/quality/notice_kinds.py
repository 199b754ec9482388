"""What this room tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind("quality", _("Your records in the CRM"), _("you look after these records")),
]
