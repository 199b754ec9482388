"""What the edits of quotas are called."""

from django.utils.translation import gettext_lazy as _

from nominations.quotas import selectors
from nominations.quotas.models import QuotaPlan
from refprogram.kernel.edit_history.nouns import EditNoun, Part

QUOTA = EditNoun(
    title=_("Quota"),
    path="/quotas",
    visible=selectors.plans_for,
    parts=(
        Part(
            QuotaPlan,
            words={
                "starts_on": _("First day"),
                "ends_on": _("Last day"),
                "roles": _("Whose people"),
                "teams": _("Only these teams"),
                "regions": _("Only these regions"),
                "target": _("How many"),
                "counts": _("What counts"),
                "gap_weight": _("One in a gap counts"),
                "new_hire_days": _("Days a newcomer owes nothing"),
                "grace_days": _("Days of grace"),
                "rungs": _("What follows"),
            },
        ),
    ),
)
