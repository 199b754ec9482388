"""What we need from you: approvals that wait for this colleague, what they promised, targets that nobody set."""

from collections.abc import Collection, Iterable
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from refprogram.dashboards.metrics.registry import EIGHT
from refprogram.governance.approvals import selectors as approvals
from refprogram.governance.sponsors import desk as sponsors
from refprogram.kernel.desk import DeskAction, DeskItem
from refprogram.people.models import User

SHOWN: Final = 5
PROMISES: Final = 2  # of these; approvals are many, and what was promised must not vanish behind them


def needs_of(user: User, goals: Collection[str]) -> list[DeskItem]:
    """Return what waits for this colleague's decision, the most urgent first; `goals` are the numbers with a target."""
    promised = _first(sponsors.due_items(user), PROMISES)
    found = [*approvals.desk_items(user), *_without_targets(user, goals)]
    return _first([*promised, *_first(found, SHOWN - len(promised))], SHOWN)


def _first(items: Iterable[DeskItem], most: int) -> list[DeskItem]:
    return sorted(items, key=lambda item: (item.urgency, item.since))[:most]


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
