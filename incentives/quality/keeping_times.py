"""How long it is kept what was wrong with records."""

from django.utils.translation import gettext_lazy as _

from incentives.quality.models import Fault
from refprogram.kernel.retention import Policy

POLICIES = [
    Policy(
        "mended_faults",
        _("What was wrong with records and is mended"),
        730,
        _("Closed months keep their own figures; two years back, what a record once lacked helps nobody."),
        lambda before: Fault.objects.filter(mended_at__lt=before),
    ),
]
