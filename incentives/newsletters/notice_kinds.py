"""What people are told of newsletters."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

NEWSLETTER = "incentives.newsletter"

KINDS = [Kind(NEWSLETTER, _("The newsletter of the program"), _("you are a colleague"))]
