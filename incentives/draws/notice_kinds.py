"""What draws tell people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

DRAW = "incentives.draw"

KINDS = [Kind(DRAW, _("Draws"), _("you hold a ticket"))]
