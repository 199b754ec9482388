"""The places of the program, and who is shown which: the side by role, and five of them for a thumb."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


# eq=False: both are keys of the caches below, and to compare them by value would translate every text on every page.
@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One place to go. `counter` names the span that `/nav/counts/` fills; `short` is the word of a tab.

    `view` is the state in which a list opens from here (a query string).
    """

    text: _StrPromise | str
    url: str
    icon: str
    counter: str = ""
    short: _StrPromise | str = ""
    key: str = ""
    current: bool = False
    view: str = ""

    @property
    def href(self) -> str:
        """Where a click leads."""
        return f"{self.url}?{self.view}" if self.view else self.url

    @property
    def tab_text(self) -> _StrPromise | str:
        """The word under the icon on a phone."""
        return self.short or self.text


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """A named group of places; the first one, with the desk alone, has no name."""

    title: _StrPromise | str
    items: tuple[Item, ...]


DESK: Final = Item(_("My desk"), "/", "desk", counter="desk", short=_("Desk"))
ACCOUNTS: Final = Item(_("Accounts"), "/accounts/", "building")
COVERAGE: Final = Item(_("Coverage"), "/coverage/", "map")
RECRUITING: Final = Item(_("Recruiting targets"), "/coverage/recruiting/", "target", short=_("Targets"))
PLANS: Final = Item(_("Plans for customers"), "/coverage/plans/", "flag", short=_("Plans"))
REQUESTS: Final = Item(_("Requests"), "/requests/", "inbox", counter="requests")
ASSIGNMENTS: Final = Item(_("Assignments"), "/assignments/", "scale")
BATCHES: Final = Item(_("Batches"), "/batches/", "copy")
ACTIVITIES: Final = Item(_("Activities"), "/activities/", "list")
ASKS: Final = Item(_("Ask calendar"), "/asks/", "calendar", short=_("Asks"))
LIBRARY: Final = Item(_("Library"), "/library/", "book")
CONTENT: Final = Item(_("Content"), "/content/", "doc")
CONSENTS: Final = Item(_("Consents"), "/consents/", "shield")
OUTCOMES: Final = Item(_("Outcomes"), "/outcomes/", "chart")
PROGRAMS: Final = Item(_("Linked programs"), "/linked-programs/", "users", short=_("Programs"))
CORRECTIONS: Final = Item(_("Corrections"), "/corrections/", "edit")
UNMASKINGS: Final = Item(_("Names shown"), "/unmaskings/", "eye")
SHARE_PAGES: Final = Item(_("Share pages"), "/content/boards/", "link", short=_("Shared"))
SURVEYS: Final = Item(_("Surveys"), "/surveys/", "chat")
NOMINATE: Final = Item(_("Nominate"), "/nominations/new/", "star", key="go")
NOMINATIONS: Final = Item(_("Nominations"), "/nominations/", "star", counter="nominations")
CAMPAIGNS: Final = Item(_("Campaigns"), "/campaigns/", "send")
WAVES: Final = Item(_("Waves"), "/waves/", "users")
QUOTAS: Final = Item(_("Quotas"), "/quotas/", "target")
CONTESTS: Final = Item(_("Contests"), "/contests/", "trophy")
JUDGING: Final = Item(_("Judging"), "/judging/", "scale")
STANDINGS: Final = Item(_("Standings"), "/standings/", "bars", short=_("Standing"))
LEADERBOARD: Final = Item(_("Leaderboard"), "/rewards/leaderboard/", "trophy", short=_("Leaders"))
REWARDS: Final = Item(_("Rewards"), "/rewards/", "gift")
CATALOGUE: Final = Item(_("Catalogue"), "/rewards/catalogue/", "tag")
DRAWS: Final = Item(_("Draws"), "/draws/", "trophy")
REWARD_QUEUE: Final = Item(_("Rewards asked for"), "/rewards/queue/", "gift", short=_("Wishes"))
LIABILITY: Final = Item(_("Owed in points"), "/rewards/liability/", "coins", short=_("Owed"))
RECOGNITION: Final = Item(_("My recognition"), "/recognition/", "star", short=_("Recognition"))
FEED: Final = Item(_("Feed"), "/feed/", "heart")
BADGES: Final = Item(_("Badges"), "/badges/", "star")
LETTERS: Final = Item(_("Letters"), "/letters/", "mail")
NEWSLETTERS: Final = Item(_("Newsletters"), "/newsletters/", "send")
EARNINGS: Final = Item(_("My earnings"), "/rewards/earnings/", "coins", short=_("Earnings"))
SPIFFS: Final = Item(_("SPIFFs"), "/spiffs/", "target")
ESCALATOR: Final = Item(_("Escalator"), "/escalators/", "up")
PAY: Final = Item(_("Pay"), "/pay/", "coins")
RULES: Final = Item(_("Rules"), "/rules/", "scale")
LEDGER: Final = Item(_("Ledger"), "/ledger/", "ledger")
QUALITY: Final = Item(_("Data quality"), "/quality/", "check", short=_("Records"))
EXCEPTIONS: Final = Item(_("Exception report"), "/quality/exceptions/", "alert", short=_("Exceptions"))
MY_ACTIVITY: Final = Item(_("My activity"), "/activity-rewards/", "coins", short=_("Activity"))
ADOPTION: Final = Item(_("Use of the CRM"), "/adoption/", "chart", short=_("Use"))
PRESENTATIONS: Final = Item(_("Presentations"), "/presentations/", "users")
CHARITY: Final = Item(_("Charity pots"), "/charity/", "heart", short=_("Charity"))
DASHBOARDS: Final = Item(_("Dashboards"), "/dashboards/", "chart", short=_("Figures"))
SUPPORT_BOARD: Final = Item(_("My customers"), "/dashboards/support/", "heart", short=_("Customers"))
IMPORTS: Final = Item(_("CRM import"), "/imports/", "download", short=_("Import"))
PEOPLE: Final = Item(_("People"), "/people/", "users")
TEAMS: Final = Item(_("Teams"), "/teams/", "user")
APPROVALS: Final = Item(_("Approvals"), "/approvals/", "check")
BUDGETS: Final = Item(_("Budgets"), "/budgets/", "coins")
CAPACITY: Final = Item(_("Work asked of us"), "/capacity/", "clock", short=_("Work"))
CHARTER: Final = Item(_("Charter"), "/charter/", "book")
ASKED_OF_US: Final = Item(_("What was asked of us"), "/charter/requests/", "map", short=_("Asked"))
FEEDBACK: Final = Item(_("What hurts or helps"), "/feedback/", "chat", short=_("Feedback"))
READINESS: Final = Item(_("Readiness"), "/readiness/", "flag")
STAKEHOLDERS: Final = Item(_("Stakeholders"), "/stakeholders/", "users")
SPONSORS: Final = Item(_("Sponsors"), "/sponsors/", "flag")
MY_PROMISES: Final = Item(_("My promises"), "/sponsors/mine/", "check", short=_("Promises"))
DIRECTORY: Final = Item(_("Who knows what"), "/directory/", "search", short=_("Who knows"))
FACE_TIME: Final = Item(_("Face time"), "/face-time/", "clock", view="state=free&view=free")
PILOTS: Final = Item(_("Pilots"), "/pilots/", "play")
GIFTS: Final = Item(_("Gifts"), "/fulfilments/", "gift")
CASES: Final = Item(_("Consequences"), "/consequences/", "scale", short=_("Cases"))
REVIEW: Final = Item(_("Review board"), "/consequences/review/", "scale", short=_("Review"))
POLICIES: Final = Item(_("Policies"), "/consequences/policies/", "flag")
TASKS: Final = Item(_("Tasks"), "/tasks/", "list")
CUSTOM_FIELDS: Final = Item(_("Added fields"), "/custom-fields/", "edit", short=_("Fields"))
PROGRAM_SETTINGS: Final = Item(_("Program settings"), "/settings/program/", "gear", short=_("Settings"))
CALENDARS: Final = Item(_("Business calendars"), "/calendars/", "calendar", short=_("Calendars"))
WORK: Final = Item(_("Work activity"), "/work-activity/", "list", short=_("Work"))
PRIVACY: Final = Item(_("Data kept"), "/privacy/", "shield")
STREAM: Final = Item(_("Stream"), "/stream/", "refresh")
MAIL: Final = Item(_("Mail sent"), "/dev/mail/", "mail")
STYLEGUIDE: Final = Item(_("Styleguide"), "/styleguide/", "book")

MY_ACCOUNTS: Final = replace(ACCOUNTS, text=_("My accounts"), short=_("Accounts"))
MY_NOMINATIONS: Final = replace(NOMINATIONS, text=_("My nominations"), icon="flag")
MY_APPROVALS: Final = replace(APPROVALS, view="waits=yes&view=waiting")
MY_CASES: Final = replace(CASES, text=_("Notices and appeals"), short=_("Notices"))

SECTIONS: Final[dict[str, tuple[Section, ...]]] = {
    "marketer": (
        Section(_("References"), (ACCOUNTS, COVERAGE, REQUESTS, BATCHES, ASSIGNMENTS, ASKS, SURVEYS, PROGRAMS)),
        Section(_("Stories"), (LIBRARY, CONTENT, OUTCOMES, SHARE_PAGES, CONSENTS)),
        Section(_("Recruiting"), (NOMINATIONS, CAMPAIGNS, WAVES, CONTESTS, RECRUITING, PLANS, QUOTAS, STANDINGS)),
        Section(
            _("Program"),
            (
                *(CHARTER, ASKED_OF_US, SPONSORS, STAKEHOLDERS, PILOTS, READINESS, DIRECTORY, FACE_TIME),
                *(MY_APPROVALS, BUDGETS, CAPACITY, GIFTS, REWARD_QUEUE, REVIEW, TASKS),
                *(LEADERBOARD, RULES, SPIFFS, ESCALATOR, LEDGER, LIABILITY, DASHBOARDS),
            ),
        ),
        Section(_("Recognition"), (FEED, BADGES, CATALOGUE, DRAWS, LETTERS, NEWSLETTERS, CHARITY)),
        Section(
            _("Data"),
            (
                *(IMPORTS, CORRECTIONS, EXCEPTIONS, ADOPTION, WORK, PEOPLE, TEAMS, CALENDARS, ACTIVITIES),
                *(CUSTOM_FIELDS, PROGRAM_SETTINGS, PRIVACY, UNMASKINGS, STREAM),
            ),
        ),
    ),
    "rep": (
        Section(
            _("My work"),
            (
                *(NOMINATE, MY_NOMINATIONS, CAMPAIGNS, CONTESTS, REQUESTS, BATCHES, LIBRARY, FACE_TIME),
                *(SHARE_PAGES, MY_ACCOUNTS, ASKS, APPROVALS, GIFTS, TASKS, CHARTER, PILOTS, READINESS, DIRECTORY),
            ),
        ),
        Section(
            _("My standing"),
            (
                *(QUOTAS, STANDINGS, LEADERBOARD, RECOGNITION, FEED, REWARDS, CATALOGUE),
                *(DRAWS, EARNINGS, SPIFFS, QUALITY, MY_ACTIVITY, MY_CASES),
            ),
        ),
    ),
    "support": (
        Section(
            _("My work"),
            (
                *(NOMINATE, MY_NOMINATIONS, CAMPAIGNS, CONTESTS, SUPPORT_BOARD, MY_ACCOUNTS, FACE_TIME),
                *(REQUESTS, LIBRARY, SHARE_PAGES, APPROVALS, GIFTS, TASKS, CHARTER, PILOTS, READINESS, DIRECTORY),
            ),
        ),
        Section(
            _("My standing"),
            (
                *(QUOTAS, STANDINGS, LEADERBOARD, RECOGNITION, FEED, REWARDS, CATALOGUE),
                *(DRAWS, EARNINGS, SPIFFS, QUALITY, MY_ACTIVITY, MY_CASES),
            ),
        ),
    ),
    "manager": (
        Section(
            _("My team"),
            (
                *(TEAMS, QUOTAS, STANDINGS, WORK, QUALITY, ADOPTION, CASES, TASKS, NOMINATIONS, CAMPAIGNS),
                *(WAVES, CONTESTS, REQUESTS, LIBRARY, ACCOUNTS, MY_APPROVALS, BUDGETS, GIFTS),
                *(CHARTER, PILOTS, READINESS, DIRECTORY, FACE_TIME),
            ),
        ),
        Section(_("Recognition"), (FEED, BADGES, LEADERBOARD, REWARDS, CATALOGUE, DRAWS, SPIFFS)),
        Section(_("Insight"), (DASHBOARDS, COVERAGE)),
    ),
    "sales_head": (
        Section(
            _("Sales"),
            (
                *(QUOTAS, STANDINGS, TEAMS, WORK, EXCEPTIONS, ADOPTION, REVIEW, TASKS, NOMINATIONS, FACE_TIME),
                *(CAMPAIGNS, WAVES, CONTESTS, REQUESTS, LIBRARY, ACCOUNTS, COVERAGE, CHARTER, PILOTS, DIRECTORY),
            ),
        ),
        Section(
            _("Incentives"),
            (MY_APPROVALS, BUDGETS, GIFTS, POLICIES, LEADERBOARD, RULES, SPIFFS, ESCALATOR, PAY, LEDGER),
        ),
        Section(_("Recognition"), (FEED, BADGES, CATALOGUE, DRAWS, LETTERS, NEWSLETTERS, CHARITY)),
        Section(_("Insight"), (DASHBOARDS, SPONSORS, READINESS)),
    ),
    "executive": (
        Section(
            _("Insight"),
            (
                *(DASHBOARDS, PRESENTATIONS, MY_PROMISES, CHARTER, SPONSORS, STAKEHOLDERS, PILOTS, READINESS),
                *(CAPACITY, QUOTAS, STANDINGS, LEADERBOARD, FACE_TIME),
            ),
        ),
        Section(
            _("References"),
            (ACCOUNTS, COVERAGE, REQUESTS, LIBRARY, CONTESTS, ASKS, SURVEYS, MY_APPROVALS, BUDGETS, GIFTS, LIABILITY),
        ),
        Section(_("Recognition"), (FEED, LETTERS, BADGES, CATALOGUE)),
    ),
    "finance": (
        Section(
            _("Program"),
            (
                *(MY_APPROVALS, BUDGETS, GIFTS, REWARD_QUEUE, LIABILITY, PAY, CONTESTS),
                *(LEDGER, RULES, ESCALATOR, LEADERBOARD, CHARTER),
            ),
        ),
        Section(_("Insight"), (DASHBOARDS, QUOTAS, STANDINGS)),
        Section(_("Recognition"), (FEED,)),
    ),
    "legal": (
        Section(
            _("References"),
            (ACCOUNTS, COVERAGE, REQUESTS, CONTENT, CONSENTS, NOMINATIONS, CONTESTS, MY_APPROVALS, GIFTS, CHARTER),
        ),
        Section(_("Insight"), (DASHBOARDS,)),
        Section(_("Data"), (PRIVACY, CHARITY)),
        Section(_("Recognition"), (FEED,)),
    ),
    "judge": (Section(_("Contests"), (JUDGING,)),),
    "admin": (
        Section(_("References"), (ACCOUNTS, COVERAGE, REQUESTS, BATCHES, ASSIGNMENTS, ASKS, SURVEYS, PROGRAMS)),
        Section(_("Stories"), (LIBRARY, CONTENT, OUTCOMES, SHARE_PAGES, CONSENTS)),
        Section(_("Recruiting"), (NOMINATIONS, CAMPAIGNS, WAVES, CONTESTS, RECRUITING, PLANS, QUOTAS, STANDINGS)),
        Section(
            _("Program"),
            (
                *(CHARTER, ASKED_OF_US, SPONSORS, STAKEHOLDERS, PILOTS, READINESS, DIRECTORY, FACE_TIME),
                *(APPROVALS, BUDGETS, GIFTS, REWARD_QUEUE, CASES, POLICIES),
                *(LEADERBOARD, RULES, SPIFFS, ESCALATOR, PAY, LEDGER, LIABILITY, DASHBOARDS),
            ),
        ),
        Section(_("Recognition"), (FEED, BADGES, CATALOGUE, DRAWS, LETTERS, NEWSLETTERS, CHARITY)),
        Section(
            _("Data"),
            (
                *(PEOPLE, TEAMS, CALENDARS, IMPORTS, CORRECTIONS, EXCEPTIONS, ADOPTION, WORK, ACTIVITIES),
                *(CUSTOM_FIELDS, PROGRAM_SETTINGS, PRIVACY, UNMASKINGS, STREAM),
            ),
        ),
    ),
}
_ADD: Final = replace(NOMINATE, icon="plus")
TABS: Final[dict[str, tuple[Item, ...]]] = {
    "marketer": (DESK, ACCOUNTS, _ADD, REQUESTS, DASHBOARDS),
    "rep": (DESK, REQUESTS, _ADD, STANDINGS, REWARDS),
    "support": (DESK, MY_ACCOUNTS, _ADD, REQUESTS, REWARDS),
    "manager": (DESK, STANDINGS, NOMINATIONS, REQUESTS, ACCOUNTS),
    "sales_head": (DESK, STANDINGS, NOMINATIONS, RULES, DASHBOARDS),
    "executive": (DESK, DASHBOARDS, STANDINGS, ACCOUNTS, LEADERBOARD),
    "finance": (DESK, MY_APPROVALS, BUDGETS, LEDGER, DASHBOARDS),
    "legal": (DESK, ACCOUNTS, REQUESTS, NOMINATIONS, DASHBOARDS),
    "judge": (DESK, JUDGING),
    "admin": (DESK, ACCOUNTS, REQUESTS, PEOPLE, DASHBOARDS),
}
