"""The tabs of a contest's pages: each room names its first page here, and who may open it."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.contests.enums import Audience, ContestState
from awards.contests.models import Contest
from awards.contests.tables import STATES
from refprogram.people.models import User


@dataclass(frozen=True)
class Tab:
    """One page of a contest; `needs` is the permission, asked with the contest (empty: whoever sees it)."""

    name: str
    words: Any
    needs: str = ""
    customers_only: bool = False


TABS: Final = (
    Tab("awards:contest", gettext_lazy("Overview")),
    Tab("awards:contest-plan", gettext_lazy("Plan and team"), "awards.work_on_contest"),
    Tab("awards:contest-concept", gettext_lazy("Concept"), "awards.work_on_contest"),
    Tab("awards:contest-field", gettext_lazy("For account teams"), customers_only=True),
    Tab("awards:entries", gettext_lazy("Entries")),
    Tab("awards:contest-questions", gettext_lazy("Questions")),
    Tab("awards:contest-judging", gettext_lazy("Judging"), "awards.run_contest"),
    Tab("awards:results", gettext_lazy("Results"), "awards.read_results"),
    Tab("awards:contest-settings", gettext_lazy("Settings"), "awards.run_contest"),
)


def head_of(contest: Contest, user: User, current: str) -> dict[str, Any]:
    """Return what `awards/contests/page.html` needs for the head of any page of a contest.

    `current` is the name of the page's tab; without one of its own it is that of its room's first page.
    """
    allowed: dict[str, bool] = {}
    shown = [tab for tab in TABS if contest.audience == Audience.CUSTOMERS or not tab.customers_only]
    for tab in shown:
        if tab.needs not in allowed:
            allowed[tab.needs] = not tab.needs or user.has_perm(tab.needs, contest)
    tabs = [
        {"name": tab.words, "url": reverse(tab.name, args=[contest.slug]), "current": tab.name == current}
        for tab in shown
        if allowed[tab.needs]
    ]
    return {
        "contest": contest,
        "tabs": tabs,
        "pill": STATES[ContestState(contest.state)],
        "facts": [contest.series, str(contest.year), _("for %(whom)s") % {"whom": contest.get_audience_display()}],
        "crumbs": [(_("Contests"), reverse("awards:contests")), (contest.name, "")],
    }
