"""The kinds of notices that this room sends."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind(
        "references.my_page",
        _("Your own page"),
        _("you take part in our reference program"),
        required=True,
        customers=True,
    ),
]
