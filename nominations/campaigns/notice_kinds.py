"""What campaigns tell people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

COLLEAGUES = "nominations.campaign"
CUSTOMERS = "nominations.campaign_customer"
KICKOFF = "nominations.kickoff"

KINDS = [
    Kind(COLLEAGUES, _("Campaigns for nominations"), _("your company looks for customers who speak for it")),
    Kind(CUSTOMERS, _("News of the reference program"), _("you take part in the program"), customers=True),
    Kind(KICKOFF, _("Something to settle before a campaign begins"), _("you were asked to settle it")),
]
