"""What the room of votes tells colleagues. Voters are mailed once, and are no persons of ours."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

AGREE = "awards.votes_agree"
COUNTED = "awards.votes_counted"
CLOSED = "awards.votes_closed"

KINDS = [
    Kind(AGREE, _("A public vote to agree to"), _("you chair a jury or certify the results of a contest")),
    Kind(COUNTED, _("A public vote was agreed to"), _("you run a contest")),
    Kind(CLOSED, _("A public vote is over"), _("you run a contest")),
]
