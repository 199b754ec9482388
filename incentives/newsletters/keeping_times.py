"""How long it is kept who got an issue and opened it; how many did stays."""

from django.utils.translation import gettext_lazy as _

from incentives.newsletters.enums import IssueState
from incentives.newsletters.models import NewsletterCopy
from refprogram.kernel.retention import Policy

POLICIES = [
    Policy(
        "newsletter_copies",
        _("Who got a newsletter, and opened it"),
        90,
        _("Until nobody opens it any more. How many did is kept."),
        lambda before: NewsletterCopy.objects.filter(newsletter__state=IssueState.SENT, newsletter__sent_at__lt=before),
    ),
]
