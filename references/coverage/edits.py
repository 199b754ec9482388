"""What the edits of recruiting targets and plans are called."""

from django.utils.translation import gettext_lazy as _

from references.coverage import selectors
from references.coverage.models import CellTarget, RecruitingTarget, TargetPlan
from refprogram.kernel.edit_history.nouns import EditNoun, Part

RECRUITING = EditNoun(
    title=_("Recruiting target"),
    path="/recruiting-targets",
    visible=selectors.targets_visible_to,
    parts=(
        Part(
            RecruitingTarget,
            words={
                "cell": _("Cell of the map"),
                "wanted": _("New references wanted"),
                "gained": _("New references won"),
                "due_on": _("Until"),
                "owner": _("Whose target"),
                "reason": _("Why now"),
            },
        ),
        Part(
            CellTarget,
            rows=selectors.cell_targets_of,
            words={"wanted": _("Free references wanted in the cell")},
            silent=("key", "cell", "set_by"),
        ),
    ),
)

PLAN = EditNoun(
    title=_("Plan for a customer"),
    path="/target-plans",
    visible=selectors.plans_visible_to,
    parts=(
        Part(
            TargetPlan,
            words={
                "reason": _("Why them"),
                "asks": _("What we would ask"),
                "offer": _("What they get"),
                "owner": _("Whose plan"),
                "due_on": _("Until"),
                "won_at": _("Won"),
                "target": _("For the target"),
            },
        ),
    ),
)
