"""The kinds of notices that this room sends."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind("references.given_way", _("What gave way when two entries became one"), _("you wanted it of this customer")),
]
