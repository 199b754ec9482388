"""What the field is told of contests."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

FIELD = "awards.field"

KINDS = [
    Kind(
        FIELD,
        _("Customers of yours who could enter a contest"),
        _("you look after customers who could enter"),
        roles=(Role.REP, Role.SUPPORT, Role.MANAGER, Role.MARKETER, Role.SALES_HEAD),
    ),
]
