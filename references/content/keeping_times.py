"""How long it is kept that somebody looked at a share page."""

from django.utils.translation import gettext_lazy as _

from references.content.models import BoardView
from refprogram.kernel.retention import Policy

POLICIES = [
    Policy(
        "share_page_looks",
        _("Looks at share pages"),
        365,
        _("Long enough to compare with last year. No person is known, and the count stays."),
        lambda before: BoardView.objects.filter(at__lt=before),
    ),
]
