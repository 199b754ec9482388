"""What the edits of stories are called."""

from django.utils.translation import gettext_lazy as _

from references.content.models import Asset
from references.content.selectors import visible_to, with_people
from refprogram.kernel.edit_history.nouns import EditNoun, Part

ASSET = EditNoun(
    title=_("Story"),
    path="/stories",
    visible=lambda user: with_people(visible_to(user)),
    parts=(
        Part(
            Asset,
            words={
                "owner": _("Looked after by"),
                "summary": _("In a few sentences"),
                "use_cases": _("Use cases"),
                "due_on": _("Due"),
                "refresh_on": _("Look at it again on"),
                "disclosure": _("What readers are told of what the customer got"),
            },
        ),
    ),
)
