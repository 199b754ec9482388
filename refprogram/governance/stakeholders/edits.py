"""What the edits of stakeholders, of the directory and of launches are called."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.stakeholders import selectors
from refprogram.governance.stakeholders.models import DirectoryEntry, Launch, Requirement, Stakeholder
from refprogram.kernel.edit_history.nouns import EditNoun, Part

STAKEHOLDER = EditNoun(
    title=_("Stakeholder"),
    path="/stakeholders",
    visible=selectors.visible_to,
    parts=(
        Part(
            Stakeholder,
            words={
                "user": _("Colleague"),
                "name": _("Name"),
                "part": _("What they are"),
                "group": _("Group"),
                "influence": _("Influence"),
                "interest": _("Interest"),
                "success": _("When they call it a success"),
                "keeper": _("Kept by"),
                "every_days": _("Spoken to every so many days"),
            },
        ),
        Part(
            Requirement,
            rows=lambda row: row.requirements.values_list("pk", flat=True),
            named_by="text",
            words={"text": _("What they need"), "due_on": _("Until"), "met_on": _("Met")},
            silent=("stakeholder",),
        ),
    ),
)

DIRECTORY = EditNoun(
    title=_("Directory"),
    path="/directory",
    visible=selectors.entries_for,
    parts=(
        Part(
            DirectoryEntry,
            words={
                "user": _("Colleague"),
                "knows": _("What they are"),
                "topics": _("What they know"),
                "reach": _("How they like to be asked"),
            },
        ),
    ),
)

LAUNCH = EditNoun(
    title=_("Launch"),
    path="/launches",
    visible=selectors.launches_for,
    parts=(
        Part(
            Launch,
            words={
                "name": _("What comes"),
                "product": _("Product"),
                "on": _("Day"),
                "references": _("How many references it needs"),
                "hours": _("Our working hours for each"),
            },
        ),
    ),
)
