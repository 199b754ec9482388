"""The kinds of notices that this room sends."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind(
        "references.recruiting_ask",
        _("Customers are looked for whom you may know"),
        _("you know customers of the kind that is looked for"),
    ),
    Kind(
        "references.recruiting_over",
        _("A recruiting target of yours is met or over"),
        _("it is your target"),
    ),
    Kind(
        "references.plan_won",
        _("A customer that you planned for became a reference"),
        _("you took part in the plan"),
    ),
]
