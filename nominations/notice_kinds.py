"""What this room tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.enums import Channel
from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

KINDS = [
    Kind("owner_check", _("“Still a happy customer?”"), _("you answer for this account")),
    Kind("nomination_outcome", _("What became of your nominations"), _("you nominated this customer")),
    Kind("nomination_help", _("Nominations of yours that need a hand"), _("you nominated this customer")),
    Kind(
        "screening",
        _("Nominations that are ready to be screened"),
        _("you screen nominations"),
        roles=(Role.MARKETER, Role.ADMIN),
        default=Channel.DIGEST,
    ),
    Kind(
        "nomination_draft",
        _("Customers of yours to nominate, after good news"),
        _("you answer for this customer"),
        default=Channel.DIGEST,
    ),
    Kind(
        "screening_week",
        _("What waits to be screened, on Mondays"),
        _("you screen nominations"),
        roles=(Role.MARKETER, Role.ADMIN),
    ),
    Kind("weekly_standing", _("The week’s standing, on Mondays"), _("you, or your team, can nominate customers")),
]
