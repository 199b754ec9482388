"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.charter.enums import ASKED
from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

KINDS = [
    Kind("charter.opinion", _("Your opinion of the charter is wanted"), _("you were asked to comment on a draft")),
    Kind(
        "charter.commented",
        _("Comments on the charter"),
        _("you look after the program’s charter"),
        roles=(Role.MARKETER, Role.ADMIN),
    ),
    Kind("charter.published", _("The charter changed"), _("the program asks you to know its charter"), roles=ASKED),
]
