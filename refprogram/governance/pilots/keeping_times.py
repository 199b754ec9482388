"""How long what a pilot's people wrote down is kept."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.pilots.models import PilotNote
from refprogram.kernel.retention import Policy

POLICIES = [
    Policy(
        "pilot_logs",
        _("Logs of pilots"),
        365,
        _("Long enough to learn from it a year after the decision; what was said in confidence is not kept for ever."),
        lambda before: PilotNote.objects.filter(pilot__decided_at__lt=before),
    ),
]
