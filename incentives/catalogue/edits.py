"""What the edits of the catalogue are called."""

from django.utils.translation import gettext_lazy as _

from incentives.catalogue import selectors
from incentives.catalogue.models import Item
from refprogram.kernel.edit_history.nouns import EditNoun, Part

ITEM = EditNoun(
    title=_("Reward"),
    path="/rewards/catalogue",
    visible=selectors.items_run_by,
    parts=(
        Part(
            Item,
            words={
                "points": _("Points"),
                "cost": _("What one costs us"),
                "stock": _("How many there are"),
                "audience": _("For"),
                "regions": _("Where"),
                "roles": _("Roles"),
                "taxable": _("Tax office wants to know"),
                "is_gift": _("Falls under gift rules"),
                "is_auto": _("Small ones need nobody’s yes"),
                "road": _("Who agrees"),
                "offered": _("Offered"),
            },
            money=("cost",),
        ),
    ),
)
