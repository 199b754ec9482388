"""The kinds of notices that this room sends."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind(
        "references.invitation",
        _("Invitation to the reference program"),
        _("a colleague of ours proposed you as a reference"),
        required=True,
        customers=True,
    ),
    Kind(
        "references.welcome",
        _("Welcome to the reference program"),
        _("you agreed to take part in our reference program"),
        required=True,
        customers=True,
    ),
    Kind(
        "references.still_true",
        _("Is what we know of your account still true?"),
        _("you answer for this account"),
    ),
    Kind(
        "references.recovered",
        _("A customer has recovered from a problem"),
        _("you helped this customer"),
    ),
]
