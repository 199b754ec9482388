"""What people are told of badges."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.enums import Channel
from refprogram.notices.kinds import Kind

BADGES = "incentives.badges"

KINDS = [Kind(BADGES, _("Your badges"), _("you got a badge, or one was taken back"), default=Channel.DIGEST)]
