"""What the judging room tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

INVITATION = "awards.judge_invitation"
DOOR = "awards.judge_link"
WORK = "awards.judging"
RECEIPT = "awards.judge_receipt"
RUNNING = "awards.judging_run"

KINDS = [
    Kind(INVITATION, _("You are asked to judge"), _("you were asked to judge a contest"), required=True),
    Kind(DOOR, _("Your link into the judging room"), _("you judge a contest"), required=True),
    Kind(WORK, _("Entries to score"), _("you judge a contest")),
    Kind(RECEIPT, _("What you scored"), _("you judge a contest"), required=True),
    Kind(RUNNING, _("How judging goes"), _("you run a contest")),
]
