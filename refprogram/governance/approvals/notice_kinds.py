"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

COLLEAGUES = tuple(role for role in Role if role != Role.JUDGE)

KINDS: list[Kind] = [
    Kind("approval.asked", _("Something waits for your approval"), _("your approval is asked for"), roles=COLLEAGUES),
    Kind("approval.answer", _("News of an approval you asked for"), _("you asked for an approval"), roles=COLLEAGUES),
    Kind(
        "approval.stuck",
        _("An approval that nobody can decide"),
        _("you administer the program"),
        roles=(Role.ADMIN,),
    ),
]
