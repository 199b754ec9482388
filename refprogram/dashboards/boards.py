"""The dashboards there are, and which of them somebody may open."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from refprogram.people.models import User


@dataclass(frozen=True)
class Board:
    """One dashboard: its address by name, what it is called, who may open it."""

    page: str
    name: Any
    permission: str


BOARDS: Final = (
    Board("dashboards:executive", _("Executive"), "dashboards.view"),
    Board("dashboards:program", _("Program"), "dashboards.see_metrics"),
    Board("dashboards:sales", _("Sales"), "dashboards.see_sales"),
    Board("dashboards:support", _("Support"), "dashboards.see_support"),
    Board("dashboards:jury", _("Jury"), "dashboards.see_jury"),
    Board("dashboards:dictionary", _("Metrics"), "dashboards.see_metrics"),
    Board("dashboards:snapshots", _("Kept"), "dashboards.see_metrics"),
    Board("dashboards:mails", _("Mails"), "dashboards.plan_mails"),
)


def tabs_for(user: User, page: str) -> list[dict[str, Any]]:
    """Return the dashboards as tabs, with the present one marked; no tab alone."""
    seen = [board for board in BOARDS if user.has_perm(board.permission)]
    if len(seen) < 2:
        return []
    return [
        {"name": board.name, "url": reverse(board.page), "count": None, "current": board.page == page} for board in seen
    ]
