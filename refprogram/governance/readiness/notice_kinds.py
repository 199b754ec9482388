"""What this room tells people of."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind("change.step_late", _("A step of a change is overdue"), _("you see to a step by which people are made ready")),
]
