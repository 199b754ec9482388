"""What pay tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

PAY = "incentives.pay"
PAY_WORK = "incentives.pay_work"
SPIFF = "incentives.spiff"

KINDS = [
    Kind(PAY, _("What you earn"), _("you earn by the incentives of the program")),
    Kind(PAY_WORK, _("Months of pay and questions about pay"), _("you answer for pay")),
    Kind(SPIFF, _("SPIFFs"), _("you take part in a SPIFF, or run it")),
]
