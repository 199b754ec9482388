"""The kinds of notices that this room sends."""

from django.utils.translation import gettext_lazy as _

from references.accounts.rules import PROGRAM_PEOPLE
from refprogram.notices.kinds import Kind

KINDS = [
    Kind(
        "references.goodwill_week",
        _("How hard customers are asked, every Monday"),
        _("you run the reference program"),
        roles=tuple(sorted(PROGRAM_PEOPLE)),
    ),
]
