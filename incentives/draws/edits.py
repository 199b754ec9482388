"""What the edits of draws are called."""

from django.utils.translation import gettext_lazy as _

from incentives.draws import selectors
from incentives.draws.models import Draw
from refprogram.kernel.edit_history.nouns import EditNoun, Part

DRAW = EditNoun(
    title=_("Draw"),
    path="/draws",
    visible=selectors.run_by,
    parts=(
        Part(Draw, words={"closes_at": _("Ends"), "places": _("Prizes"), "drawn_at": _("Drawn")}, money=("value",)),
    ),
)
