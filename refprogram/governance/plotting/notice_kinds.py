"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

KINDS = [
    Kind(
        "plotted.redirected",
        _("A request was passed on to you"),
        _("the reference program says that you can help with it"),
    ),
    Kind(
        "plotted.settled",
        _("What became of a request that was passed on"),
        _("you look after the reference program"),
        roles=(Role.MARKETER, Role.ADMIN),
    ),
]
