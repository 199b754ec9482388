"""The kinds of notices that this room sends."""

from django.utils.translation import gettext_lazy as _

from refprogram.notices.kinds import Kind

KINDS = [
    Kind(
        "references.draft_review",
        _("Drafts to read"),
        _("we wrote about our work together, and nothing goes out that you have not read"),
        required=True,
        customers=True,
    ),
    Kind("references.draft_answered", _("A customer answered to a draft"), _("you sent it, or look after the story")),
    Kind("references.board_seen", _("A share page was looked at"), _("you made the page")),
]
