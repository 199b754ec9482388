"""What the results room tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

SIGN = "awards.certify"
CODE = "awards.certify_code"
DECIDED = "awards.decided"
WINNER = "awards.winner"

KINDS = [
    Kind(SIGN, _("Results to certify"), _("you certify the results of a contest")),
    Kind(CODE, _("Your code to sign with"), _("you certify the results of a contest"), required=True),
    Kind(DECIDED, _("Results of contests you run"), _("you run a contest")),
    Kind(WINNER, _("You won"), _("you entered a contest"), required=True),
]
