"""What the edits of badges are called."""

from django.utils.translation import gettext_lazy as _

from incentives.badges import selectors
from incentives.badges.models import Badge
from refprogram.kernel.edit_history.nouns import EditNoun, Part

BADGE = EditNoun(
    title=_("Badge"),
    path="/badges",
    visible=selectors.visible_to,
    parts=(
        Part(
            Badge,
            words={
                "slug": _("Short name"),
                "words": _("What for"),
                "picture": _("Picture"),
                "tone": _("Colour"),
                "often": _("How often one person can have it"),
                "a_month": _("At most a month"),
                "by_hand": _("Given by hand too"),
                "retired_at": _("Retired"),
            },
        ),
    ),
)
