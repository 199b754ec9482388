"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

HAVE_FUNDS = (Role.MARKETER, Role.MANAGER, Role.SALES_HEAD, Role.EXECUTIVE, Role.FINANCE, Role.ADMIN)

KINDS = [
    Kind(
        "budget_alert",
        _("A budget runs out"),
        _("you own this fund, or look after the money of the program"),
        roles=HAVE_FUNDS,
    ),
    Kind("fund_decided", _("What became of your fund"), _("you own this fund"), roles=HAVE_FUNDS),
    Kind("money_there", _("The money you waited for is there"), _("you asked for money from a fund"), roles=HAVE_FUNDS),
]
