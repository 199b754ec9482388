"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

KINDS = [
    Kind("stakeholder.pulse", _("One question about the program"), _("you have a stake in the reference program")),
    Kind(
        "stakeholder.answered",
        _("An answer about the program"),
        _("you asked a stakeholder how well the program serves them"),
        roles=(Role.MARKETER, Role.ADMIN),
    ),
]
