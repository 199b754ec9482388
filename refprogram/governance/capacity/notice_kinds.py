"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.capacity import policy
from refprogram.notices.kinds import Kind

KINDS = [
    Kind(
        "capacity.short",
        _("A month lacks hours"),
        _("you run or back the reference program"),
        roles=policy.HEAR,
    ),
]
