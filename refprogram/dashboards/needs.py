"""What we need from you: approvals that wait for this colleague, targets that nobody set."""

from collections.abc import Collection
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.dashboards.metrics.registry import EIGHT
from refprogram.governance.approvals import selectors as approvals
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.people.models import User

SHOWN: Final = 5


def needs_of(user: User, goals: Collection[str]) -> list[DeskItem]:
    """Return what waits for this colleague's decision, the most urgent first; `goals` are the numbers with a target."""
    found = [*approvals.desk_items(user), *_without_targets(user, goals)]
    return sorted(found, key=lambda item: (item.urgency, item.since))[:SHOWN]


def _without_targets(user: User, goals: Collection[str]) -> list[DeskItem]:
    """Ask who sets targets for those of the eight that have none this quarter."""
    if not user.has_perm("dashboards.set_targets"):
        return []
    missing = len(set(EIGHT) - set(goals))
    if not missing:
        return []
    action = DeskAction(_("Set targets"), reverse("dashboards:targets"))
    return [
        DeskItem(
            title=_("%(n)d of the eight numbers have no target this quarter") % {"n": missing},
            detail=_("Executives read each number beside what it should be."),
            tone="info",
            icon="flag",
            actions=(action,),
            since=timezone.now(),
            urgency=8,
        )
    ]
