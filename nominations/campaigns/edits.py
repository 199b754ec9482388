"""What the edits of campaigns are called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from nominations.campaigns import selectors
from nominations.models import Campaign
from refprogram.kernel.edit_history.nouns import EditNoun, Part


def _visible(user: Any) -> Any:
    return selectors.visible_to(user)


CAMPAIGN = EditNoun(
    title=_("Campaign"),
    path="/campaigns",
    visible=_visible,
    parts=(
        Part(
            Campaign,
            words={
                "name": _("Name"),
                "purpose": _("What it is for"),
                "goal": _("References it should bring"),
                "target": _("For which recruiting target?"),
                "roles": _("Only these roles"),
                "sponsor": _("Sponsor"),
                "sponsor_message": _("The sponsor’s word"),
                "owner": _("Run by"),
                "starts_on": _("First day"),
                "ends_on": _("Last day"),
                "budget": _("Budget"),
                "teams": _("Only these teams"),
                "regions": _("Only these regions"),
                "commitments": _("Costs"),
            },
            money=("budget",),
        ),
    ),
)
