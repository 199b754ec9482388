"""What the judging room tells people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

INVITATION = "awards.judge_invitation"
DOOR = "awards.judge_link"
WORK = "awards.judging"
RECEIPT = "awards.judge_receipt"
RUNNING = "awards.judging_run"
MASK = "awards.judging_mask"

KINDS = [
    Kind(INVITATION, _("You are asked to judge"), _("you were asked to judge a contest"), required=True),
    Kind(DOOR, _("Your link into the judging room"), _("you judge a contest"), required=True),
    Kind(WORK, _("Entries to score"), _("you judge a contest")),
    Kind(RECEIPT, _("What you scored"), _("you judge a contest"), required=True),
    Kind(RUNNING, _("How judging goes"), _("you run a contest")),
    Kind(
        MASK,
        _("Who runs a category, and who opened what was masked"),
        _("you run or certify this contest"),
        required=True,
    ),
]
