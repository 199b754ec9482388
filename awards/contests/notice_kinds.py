"""What contests tell people."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

PLAN = "awards.plan"
QUESTION = "awards.question"
ANSWER = "awards.answer"

KINDS = [
    Kind(PLAN, _("Something to do for a contest"), _("a line of a contest’s plan is yours")),
    Kind(QUESTION, _("Questions about a contest"), _("you run the contest, or asked about it")),
    Kind(ANSWER, _("Answers to your questions about a contest"), _("you asked a question"), customers=True),
]
