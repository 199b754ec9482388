"""What people are told of rules."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.enums import Channel
from refprogram.notices.kinds import Kind

RULES = "incentives.rules"
POTS = "incentives.pots"

KINDS = [
    Kind(RULES, _("Rules you wrote"), _("one was approved and could not be switched on"), default=Channel.DIGEST),
    Kind(POTS, _("Pots that run low"), _("you fill pots or look after rules"), default=Channel.DIGEST),
]
