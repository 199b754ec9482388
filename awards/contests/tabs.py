"""The tabs of a contest's pages, in groups: each room names its first page here, and who may open it."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.contests.enums import AFTER_PUBLICATION, Audience, ContestState
from awards.contests.models import Contest
from awards.contests.tables import STATES
from refprogram.kernel.addresses import address
from refprogram.people.models import User


@dataclass(frozen=True)
class Tab:
    """One page of a contest; `needs` is the permission, asked with the contest (empty: whoever sees it)."""

    name: str
    words: Any
    needs: str = ""
    customers_only: bool = False
    voted_only: bool = False
    over_only: bool = False

    def belongs_to(self, contest: Contest) -> bool:
        """Whether a contest of this kind, where it stands now, has such a page."""
        if self.customers_only and contest.audience != Audience.CUSTOMERS:
            return False
        if self.over_only and contest.state not in AFTER_PUBLICATION:
            return False
        return contest.people_choice or not self.voted_only


@dataclass(frozen=True)
class Group:
    """What belongs together: a tab, and its pages in a row below it (where one is left, its own words are the tab)."""

    words: Any
    pages: tuple[Tab, ...]


GROUPS: Final = (
    Group(gettext_lazy("Overview"), (Tab("awards:contest", gettext_lazy("Overview")),)),
    Group(
        gettext_lazy("Plan"),
        (
            Tab("awards:contest-plan", gettext_lazy("Plan and team"), "awards.work_on_contest"),
            Tab("awards:contest-concept", gettext_lazy("Concept"), "awards.work_on_contest"),
            Tab("awards:contest-settings", gettext_lazy("Settings"), "awards.run_contest"),
        ),
    ),
    Group(
        gettext_lazy("Entries"),
        (
            Tab("awards:entries", gettext_lazy("All entries")),
            Tab("awards:invites", gettext_lazy("Invitations"), customers_only=True),
            Tab("awards:contest-field", gettext_lazy("For account teams"), customers_only=True),
            Tab("awards:contest-questions", gettext_lazy("Questions")),
        ),
    ),
    Group(
        gettext_lazy("Judging"),
        (
            Tab("awards:contest-judging", gettext_lazy("Rounds and judges"), "awards.run_contest"),
            Tab("awards:votes", gettext_lazy("Public vote"), "awards.read_votes", customers_only=True, voted_only=True),
            Tab("awards:results", gettext_lazy("Results"), "awards.read_results"),
        ),
    ),
    Group(
        gettext_lazy("Winners"),
        (
            Tab("awards:prizes", gettext_lazy("Prizes"), "awards.run_contest"),
            Tab("awards:promotion", gettext_lazy("Promotion")),
            Tab("awards:closing", gettext_lazy("Afterwards"), "awards.run_contest", over_only=True),
        ),
    ),
)


def _rows(contest: Contest, user: User, current: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the tabs, and the pages beside the current one; each permission is asked once."""
    allowed: dict[str, bool] = {"": True}

    def opens(tab: Tab) -> bool:
        if not tab.belongs_to(contest):
            return False
        if tab.needs not in allowed:
            allowed[tab.needs] = user.has_perm(tab.needs, contest)
        return allowed[tab.needs]

    def row(words: Any, page: Tab, here: bool) -> dict[str, Any]:
        return {"name": words, "url": address(page.name, contest.slug), "current": here}

    tabs: list[dict[str, Any]] = []
    beside: list[dict[str, Any]] = []
    for group in GROUPS:
        pages = [page for page in group.pages if opens(page)]
        if not pages:
            continue
        here = any(page.name == current for page in pages)
        alone = len(pages) == 1
        tabs.append(row(pages[0].words if alone else group.words, pages[0], here))
        if here and not alone:
            beside = [row(page.words, page, page.name == current) for page in pages]
    return tabs, beside


def head_of(contest: Contest, user: User, current: str) -> dict[str, Any]:
    """Return what `awards/contests/page.html` needs for the head of any page of a contest.

    `current` is the name of its page in `GROUPS`; without one of its own it is that of its room's first page.
    """
    tabs, beside = _rows(contest, user, current)
    return {
        "contest": contest,
        "tabs": tabs,
        "beside": beside,
        "pill": STATES[ContestState(contest.state)],
        "facts": [contest.series, str(contest.year), _("for %(whom)s") % {"whom": contest.get_audience_display()}],
        "crumbs": [(_("Contests"), address("awards:contests")), (contest.name, "")],
    }
