"""What the catalogue tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

NEWS = "incentives.reward"
QUEUE = "incentives.reward_queue"
LAPSE = "incentives.points_lapse"
CHOICE = "incentives.reward_choice"

KINDS = [
    Kind(NEWS, _("Your rewards"), _("you asked for a reward")),
    Kind(QUEUE, _("Rewards to look after"), _("you run the catalogue")),
    Kind(LAPSE, _("Points that lapse"), _("you have points"), required=True),
    Kind(CHOICE, _("A reward to choose"), _("we thank you"), required=True, customers=True),
]
