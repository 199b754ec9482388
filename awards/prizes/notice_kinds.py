"""What the room of prizes tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

OFFER = "awards.prize"
NEWS = "awards.prize_news"
HOST = "awards.prize_host"

KINDS = [
    Kind(OFFER, _("Your prize"), _("you won in a contest"), required=True, customers=True),
    Kind(NEWS, _("Prizes of contests you run"), _("you run a contest")),
    Kind(HOST, _("Prizes you host"), _("you are the host of a prize")),
]
