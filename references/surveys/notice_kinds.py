"""The kinds of notices that this room sends."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

SURVEY = "references.survey"

KINDS = [
    Kind(
        SURVEY,
        _("Surveys"),
        _("we work together, and your opinion helps us to do better"),
        customers=True,
    ),
    Kind(
        "references.low_score",
        _("A customer of yours is not happy"),
        _("you own the account"),
    ),
]
