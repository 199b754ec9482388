"""The kinds of notices that this room sends."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind(
        "references.release",
        _("Releases"),
        _("we would like to show something that you said or made with us"),
        required=True,
        customers=True,
    ),
    Kind("references.release_answered", _("A release was answered"), _("you asked for the release")),
    Kind("references.terms_end", _("A consent ends soon"), _("you look after the customer")),
    Kind("references.terms_revoked", _("A customer took consent back"), _("you look after the customer")),
]
