"""The demo's charter: one that holds, the next one being read, who knows it, and what was asked of the program."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils import timezone

from refprogram.governance.capacity.services import demand_of, record_all
from refprogram.governance.charter import selectors
from refprogram.governance.charter.enums import CharterState, Horizon, MarkKind
from refprogram.governance.charter.models import (
    Acknowledgement,
    CharterOpening,
    CharterOpinion,
    CharterVersion,
    PlanStep,
    RoadMark,
    ScopeLine,
)
from refprogram.governance.charter.services import make_link
from refprogram.governance.plotting.enums import Place, PlotState
from refprogram.governance.plotting.models import PlottedRequest
from refprogram.ops.demo.company import Company
from refprogram.ops.demo.maker import Maker, bulk
from refprogram.people.demo import address
from refprogram.people.models import User

MISSION: Final = (
    "We bring happy customers and the people who want to hear from them together. "
    "No customer is asked more often than they enjoy, and everybody who helps is thanked."
)
SHORT: Final = "Every open deal above 100,000 gets a matching reference within two working days."
LONG: Final = "Half of new business is won with a customer in the room; customers ask us when they may speak again."
# in scope, name, kind, words, hours, why
LINES: Final = (
    (True, "Reference call", "call", ("call", "reference"), "1", ""),
    (True, "Group call", "group-call", ("group call", "panel call"), "2", ""),
    (True, "Case study", "case-study", ("case study", "success story", "story"), "24", "Once they have agreed."),
    (True, "Video", "video", ("video", "film"), "32", "Two a quarter, from the fund."),
    (True, "Speaker for an event", "speaker", ("speaker", "talk", "keynote"), "12", "Asked six weeks ahead."),
    (True, "Site visit", "site-visit", ("site visit", "visit"), "8", ""),
    (
        False, "Names for the board", "board-names", ("board name", "board member", "advisory board"), "3.67",
        "Executives know whom they want beside them: they ask themselves, and we look up who is resting.",
    ),
    (
        False, "Support escalation", "escalation", ("escalation", "outage", "complaint"), "6",
        "An unhappy customer needs support, not a reference program.",
    ),
    (
        False, "List of all customers", "customer-list", ("customer list", "all customers", "logo wall"), "10",
        "A list shows who has not agreed to be shown.",
    ),
    (
        False, "Market survey", "survey-market", ("market survey", "benchmark", "poll"), "16",
        "Product marketing has the panel and the tool.",
    ),
    (True, "New reference won", "recruiting", ("recruiting", "new reference"), "2.5", "Until consent is on file."),
)  # fmt: skip
# horizon, name, months from the start (None: a driver), reached
MARKS: Final = (
    (Horizon.SHORT, "Deals wait a week for a reference", None, False),
    (Horizon.SHORT, "Eight customers are asked for everything", None, False),
    (Horizon.LONG, "Buyers believe peers, not vendors", None, False),
    (Horizon.SHORT, "Consent of every reference on file", 2, True),
    (Horizon.SHORT, "Answer within two working days", 5, True),
    (Horizon.SHORT, "A reference in every industry we sell to", 9, False),
    (Horizon.LONG, "First awards night with customers", 7, True),
    (Horizon.LONG, "Customers choose their own stage", 12, False),
    (Horizon.LONG, "Half of new business with a reference", 17, False),
)
# months from the start, what, who, done
PLAN: Final = (
    (0, "Accounts and contacts come from the CRM every night", "admin", True),
    (1, "Every consent is on file, with its words", "marketer", True),
    (3, "Requests are matched, with a reason for each name", "marketer", True),
    (5, "Nominations from the phone", "marketer", True),
    (6, "Points are paid by rule", "admin", False),
    (9, "Customers have a page of their own", "marketer", False),
    (12, "Forecast of demand by industry", "marketer", False),
    (15, "Executives publish their time", "executive", False),
)


@dataclass(frozen=True)
class Plot:
    """Something that was asked: its words, who asks, its line, how many, how long ago, and what became of it."""

    text: str
    asker: str
    line: int | None
    count: int
    days: int
    state: PlotState
    to: str = ""
    outcome: str = ""
    worth: int | None = None


P = PlotState
ASKED: Final = (
    Plot("24 board names for the annual meeting", "Chief of staff", 6, 24, 12, P.REDIRECTED, "executive"),
    Plot("Customer list for the investor deck", "Finance", 8, 1, 33, P.SETTLED, "finance",
         "Twelve logos that had agreed were used instead."),
    Plot("Somebody to calm a customer after the outage", "Sales, North", 7, 1, 26, P.SETTLED, "support",
         "Support took over the same day; the account is frozen.", 180_000),
    Plot("Benchmark of our customers’ cloud spend", "Product", 9, 1, 19, P.DECLINED),
    Plot("Two videos for the autumn launch", "Product marketing", 3, 2, 15, P.TAKEN),
    Plot("Keynote speaker for the user day", "Events", 4, 1, 9, P.TAKEN),
    Plot("Poll of customers about the new prices", "Sales, Americas", 9, 1, 6, P.REDIRECTED, "sales-head"),
    Plot("Three success stories from hospitals", "Sales, EMEA", 2, 3, 2, P.PLOTTED, worth=420_000),
    Plot("Help with the office move", "People", None, 1, 1, P.PLOTTED),
)  # fmt: skip
HAD, NEEDED = 126, 118  # hours of the month in which it was asked


def build(maker: Maker, company: Company) -> None:
    """Make the charter, its readers, and what was asked."""
    mine = maker.apart("charter")
    held = _version(mine, company, number=1, months_ago=8, state=CharterState.PUBLISHED)
    following = _version(mine, company, number=2, months_ago=0, state=CharterState.CONSULT)
    _asked_for_opinions(mine, following)
    _known(mine, held)
    _asked(mine, company, held)
    link = make_link(label="Board, this quarter", days=90, by=company.marketer)
    CharterOpening.objects.bulk_create(CharterOpening(link=link, at=mine.moment(mine.day_ago(6))) for _ in range(4))


def _user(local: str) -> User:
    return User.objects.select_related("person").get(email=address(local))


def _later(month: dt.date, months: int) -> dt.date:
    at = month.year * 12 + month.month - 1 + months
    return dt.date(at // 12, at % 12 + 1, 1)


def _version(maker: Maker, company: Company, *, number: int, months_ago: int, state: CharterState) -> CharterVersion:
    starts_on = _later(maker.today.replace(day=1), -months_ago)
    begun = maker.moment(max(starts_on, maker.today - dt.timedelta(days=250)))
    row = CharterVersion(
        number=number, state=state, mission=MISSION, short_strategy=SHORT, long_strategy=LONG, starts_on=starts_on,
        made_by=company.marketer, created_at=begun, revision=3,
    )  # fmt: skip
    if state == CharterState.PUBLISHED:
        row.published_at = begun
    else:
        row.consult_until = maker.today + dt.timedelta(days=6)
    bulk(maker, [row])
    if state == CharterState.PUBLISHED:
        by = company.marketer.person_id
        maker.tell("charter.published", row, begun, account_id=None, actor_id=by, number=number)
    _lines(maker, row)
    first = _later(maker.today.replace(day=1), -8)
    bulk(maker, [_mark(row, first, facts) for facts in MARKS])
    bulk(maker, [_step(row, first, facts) for facts in PLAN if _later(first, facts[0]) >= starts_on])
    return row


def _lines(maker: Maker, version: CharterVersion) -> None:
    helpers = {6: "executive", 7: "support", 8: "finance", 9: "sales-head"}
    bulk(
        maker,
        [
            ScopeLine(
                version=version, inside=inside, name=name, kind=kind, words=list(words), because=because,
                hours=Decimal(hours), redirect_to=_user(helpers[place]) if place in helpers else None,
            )
            for place, (inside, name, kind, words, hours, because) in enumerate(LINES)
        ],
    )  # fmt: skip
    if version.number > 1:
        line = ScopeLine(version=version, name="Podcast", kind="podcast", words=["podcast"], hours=Decimal(6))
        bulk(maker, [line])


def _mark(version: CharterVersion, first: dt.date, facts: tuple[Horizon, str, int | None, bool]) -> RoadMark:
    horizon, name, at, reached = facts
    month = None if at is None else _later(first, at)
    kind = MarkKind.DRIVER if month is None else MarkKind.MILESTONE
    return RoadMark(
        version=version, horizon=horizon, kind=kind, name=name, month=month, reached_on=month if reached else None
    )


def _step(version: CharterVersion, first: dt.date, facts: tuple[int, str, str, bool]) -> PlanStep:
    at, name, owner, done = facts
    month = _later(first, at)
    return PlanStep(
        version=version, month=month, name=name, owner=_user(owner), done_on=month if done else None
    )  # fmt: skip


def _asked_for_opinions(maker: Maker, version: CharterVersion) -> None:
    asked = timezone.now() - dt.timedelta(days=4)
    said = {
        "sales-head": "Fine for sales. Say what happens when a deal needs an answer on the same day.",
        "manager": "My team will miss the customer list. The words why it is out of scope are good.",
    }
    CharterOpinion.objects.bulk_create(
        CharterOpinion(
            version=version, user=_user(name), asked_at=asked, text=said.get(name, ""),
            said_at=asked + dt.timedelta(days=1) if name in said else None, revision=3 if name in said else None,
        )
        for name in ("sales-head", "manager", "executive", "support")
    )  # fmt: skip


def _known(maker: Maker, version: CharterVersion) -> None:
    questions = len(selectors.questions_of(version))
    people = list(User.objects.filter(is_active=True).exclude(role="judge").order_by("pk"))
    knows = [one for one in people if one.email != address("executive") and maker.chance.random() < 0.7]
    rows = []
    for one in knows:
        first = [maker.chance.random() < 0.8 for _ in range(questions)]
        at = maker.moment(maker.day_ago(100, 20))
        tries = 1 if all(first) else 2
        rows.append(Acknowledgement(version=version, user=one, first=first, tries=tries, acknowledged_at=at))
    Acknowledgement.objects.bulk_create(rows)


def _asked(maker: Maker, company: Company, version: CharterVersion) -> None:
    lines = list(version.lines.order_by("pk"))
    rows = [_plotted(maker, company, lines, plot) for plot in ASKED]
    bulk(maker, rows)
    taken = [row for row in rows if row.state == P.TAKEN]
    record_all(
        demand_of(subject=row, kind=row.kind, name=row.line_name, hours=row.hours, on=row.month) for row in taken
    )
    for row in rows:
        maker.tell(
            "plotted.kept", row, row.created_at, account_id=None, actor_id=company.marketer.person_id,
            place=row.place, hours=str(row.hours), to=row.redirect_to_id, asker=row.plotted_by_id, due_on=None,
        )  # fmt: skip


def _plotted(maker: Maker, company: Company, lines: list[ScopeLine], plot: Plot) -> PlottedRequest:
    line = None if plot.line is None else lines[plot.line]
    asked = maker.moment(maker.today - dt.timedelta(days=plot.days))
    decided = None if plot.state == P.PLOTTED else min(asked + dt.timedelta(days=1), timezone.now())
    said_no = plot.state not in (P.PLOTTED, P.TAKEN)
    hours = line.hours * plot.count if line else Decimal(4)
    # Of a month of 126 hours 118 were asked for, by calls of an hour: what goes beyond the rest pushes calls out.
    fallen = min(max(0, int(hours) - (HAD - NEEDED)), NEEDED)
    return PlottedRequest(
        text=plot.text, asked_by=plot.asker, line=line, line_name=line.name if line else "",
        kind=line.kind if line else "", count=plot.count, hours=hours,
        place=Place.OFF if line is None else Place.INSIDE if line.inside else Place.OUTSIDE,
        month=asked.date().replace(day=1), available=Decimal(HAD), needed=Decimal(NEEDED),
        displaced=[{"name": "Reference call", "hours": "1.00"}] * fallen, state=plot.state,
        because=line.because if line and said_no else "", redirect_to=_user(plot.to) if plot.to else None,
        due_on=asked.date() + dt.timedelta(days=10) if plot.to else None, outcome=plot.outcome,
        settled_at=decided if plot.state == P.SETTLED else None, value=plot.worth, created_at=asked,
        plotted_by=company.marketer, decided_by=company.marketer if decided else None, decided_at=decided,
    )  # fmt: skip
