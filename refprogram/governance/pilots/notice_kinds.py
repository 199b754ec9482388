"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

KINDS = [
    Kind(
        "pilot.consult",
        _("A pilot that touches customers: sales is asked"),
        _("you were asked for sales about a pilot"),
        roles=(Role.MANAGER, Role.SALES_HEAD),
    ),
    Kind("pilot.member", _("A pilot that you are in"), _("you are one of the people of this pilot")),
    Kind("pilot.run", _("A pilot that you run"), _("you run this pilot, or asked sales about it")),
]
