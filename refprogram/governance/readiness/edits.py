"""What the edits of a change are called."""

from django.utils.translation import gettext_lazy as _

from refprogram.governance.readiness import selectors
from refprogram.governance.readiness.models import Audience, Change, ChangeStep
from refprogram.kernel.edit_history.nouns import EditNoun, Part

CHANGE = EditNoun(
    title=_("Change"),
    path="/changes",
    visible=selectors.visible_to,
    parts=(
        Part(
            Change,
            words={
                "name": _("What changes"),
                "kind": _("What it is"),
                "why": _("Why"),
                "starts_on": _("Starts"),
                "owner": _("Owner"),
                "state": _("State"),
                "support_channel": _("Where people ask"),
                "support_by": _("Who answers there"),
                "support_until": _("Until when"),
            },
        ),
        Part(
            Audience,
            rows=lambda row: Audience.objects.filter(change=row).values("pk"),
            words={
                "role": _("Role"),
                "team": _("Team"),
                "words": _("In words"),
                "current": _("What they do today"),
                "desired": _("What they do then"),
                "measure": _("How one sees it"),
                "metric_name": _("Figure"),
            },
            silent=("metric", "change"),
        ),
        Part(
            ChangeStep,
            rows=lambda row: ChangeStep.objects.filter(change=row).values("pk"),
            named_by="name",
            words={
                "name": _("What is done"),
                "channel": _("By which way"),
                "due_on": _("By which day"),
                "audience": _("For whom"),
                "owner": _("Who sees to it"),
                "who": _("Who comes"),
                "link": _("Material"),
                "done_on": _("Done"),
                "done_by": _("Done by"),
            },
            silent=("kind", "change"),
        ),
    ),
)
