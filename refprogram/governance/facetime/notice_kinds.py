"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

ORGANISERS = (
    Role.MARKETER, Role.REP, Role.SUPPORT, Role.MANAGER, Role.SALES_HEAD, Role.EXECUTIVE, Role.ADMIN,
)  # fmt: skip
KINDS = [
    Kind(
        "facetime.asked",
        _("Somebody asks for an hour of yours"),
        _("your time, or the time of somebody you stand in for, was asked for"),
    ),
    Kind(
        "facetime.news",
        _("What became of a talk with an executive"),
        _("you asked for a talk with an executive, or give one"),
        roles=ORGANISERS,
    ),
    Kind(
        "facetime.feedback",
        _("A guest said how a talk was"),
        _("you asked for a talk with an executive, or gave it"),
        roles=ORGANISERS,
    ),
    Kind(
        "facetime.guest",
        _("A talk with one of our executives"),
        _("you are invited to a talk with one of our executives"),
        required=True,
        customers=True,
    ),
    Kind(
        "facetime.how_was_it",
        _("How a talk with one of our executives was"),
        _("you met one of our executives"),
        customers=True,
    ),
]
