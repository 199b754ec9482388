"""What this room tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

KINDS = [
    Kind("quota", _("Your share of a quota"), _("you have a share of this quota")),
    Kind(
        "quota_team",
        _("Quotas of your team"),
        _("you lead people who have a share of this quota"),
        roles=(Role.MANAGER, Role.SALES_HEAD),
    ),
]
