"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

KINDS = [
    Kind("pledge.due", _("A promise of yours falls due"), _("you promised this to the reference program")),
    Kind("pledge.handed", _("Promises that you take over"), _("you back the reference program as a sponsor")),
    Kind("sponsor.news", _("What becomes of your promises"), _("you back the reference program as a sponsor")),
    Kind(
        "sponsor.alert",
        _("A sponsor may be lost"),
        _("you run the reference program, or lead sales"),
        roles=(Role.MARKETER, Role.ADMIN, Role.SALES_HEAD),
    ),
    Kind(
        "sponsor.promises",
        _("Promises of sponsors that were missed or turned down"),
        _("you run the reference program"),
        roles=(Role.MARKETER, Role.ADMIN),
    ),
]
