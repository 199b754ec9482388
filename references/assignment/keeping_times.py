"""How long assignments are kept."""

from django.utils.translation import gettext_lazy as _

from references.requests.models import AssignmentRun
from refprogram.kernel.retention import Policy

POLICIES = [
    Policy(
        "assignments",
        _("Assignments of open requests"),
        90,
        _("A proposal is of use while its requests are open; who was proposed is told at the request itself."),
        lambda before: AssignmentRun.objects.filter(created_at__lt=before),
    ),
]
