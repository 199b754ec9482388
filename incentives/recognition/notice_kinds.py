"""What people are told of recognition."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.enums import Channel
from refprogram.notices.kinds import Kind
from refprogram.people.enums import Role

THANKS = "incentives.thanks"
LETTER = "incentives.letter"
LETTER_COPY = "incentives.letter_copy"
LETTER_DRAFT = "incentives.letter_draft"
FEED = "incentives.feed"

KINDS = [
    Kind(THANKS, _("Thanks from colleagues"), _("a colleague thanked you"), default=Channel.DIGEST),
    Kind(LETTER, _("Letters to you"), _("somebody who leads the company wrote to you")),
    Kind(
        LETTER_COPY, _("Letters to your people"), _("you lead the team of who was written to"),
        roles=(Role.MANAGER, Role.SALES_HEAD),
    ),
    Kind(
        LETTER_DRAFT, _("Letters drafted for you"), _("somebody drafted a letter in your name"),
        roles=(Role.EXECUTIVE, Role.SALES_HEAD),
    ),
    Kind(FEED, _("The feed, once a week"), _("you are a colleague"), default=Channel.DIGEST),
]  # fmt: skip
