"""The map: where something lies, what it costs, what falls off the month, what becomes of it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import pytest

from refprogram.governance.budgets.quarters import Quarter
from refprogram.governance.capacity.displacing import displace
from refprogram.governance.capacity.models import Demand
from refprogram.governance.capacity.staff import hours_available
from refprogram.governance.charter.models import ScopeLine
from refprogram.governance.plotting import selectors, services
from refprogram.governance.plotting.desk import desk_items
from refprogram.governance.plotting.enums import Place, PlotState
from refprogram.governance.plotting.mapping import count_in, find
from refprogram.governance.plotting.weighing import weigh
from refprogram.kernel.errors import IllegalMove, InvalidInput, NotAllowed
from refprogram.people.calendars.selectors import default_calendar
from refprogram.people.models import CalendarDay, Leave
from tests.factories.charter import holding, passed_on, plotted

NOVEMBER = dt.date(2026, 11, 1)


@dataclass(frozen=True)
class Job:
    """A piece of work."""

    name: str
    hours: Decimal
    done: bool = False


# ---------------------------------------------------------------- pure


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("24 board names for the meeting", 24),
        ("names for the 2026 report", 1),
        ("a case study worth $5000 for Q4", 1),
        ("Three calls before 12:30", 3),
        ("two videos by 14.11.", 2),
        ("a call", 1),
    ],
)
def test_how_many_are_asked_for_is_read_from_the_words(text, count):
    assert count_in(text) == count


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("24 Board names, please", "Board name"),
        ("can they take two calls?", "Reference call"),
        ("success stories for the fair", "Story"),
        ("who calls the board? one board name", "Board name"),
        ("recall the caller", None),
        ("lunch", None),
    ],
)
def test_a_request_lies_where_the_words_of_a_line_are(text, name):
    lines = [
        ScopeLine(name="Reference call", words=["call"]),
        ScopeLine(name="Board name", words=["board names"]),
        ScopeLine(name="Story", words=["success story"]),
    ]
    found = find(text, lines)
    assert (found.line.name if found else None) == name


def test_what_falls_off_is_the_latest_asked_for():
    jobs = [Job(name, Decimal(hours)) for name, hours in (("a", 10), ("b", 20), ("c", 5), ("d", 8))]
    found = displace(Decimal(40), jobs, Decimal(12))
    # 12 + 10 = 22, + 20 = 42 > 40: b, c and d fall; without the new one d (43 > 40) would not fit either.
    assert [job.name for job in found.falls] == ["c", "b"]
    assert [job.name for job in found.late] == ["d"]
    assert (found.left, found.freed, found.fits) == (Decimal(-15), Decimal(25), False)
    assert displace(Decimal(100), jobs, Decimal(12)).fits


def test_twenty_four_board_names_are_eleven_days_and_drop_nine():
    jobs = [Job(f"call {n}", Decimal(8)) for n in range(20)]
    found = displace(Decimal(176), jobs, Decimal("3.66") * 24)  # a month of 22 days
    assert round(found.cost / 8, 1) == 11
    assert [job.name for job in found.falls] == [f"call {n}" for n in range(19, 10, -1)]


# ---------------------------------------------------------------- weighed and decided

pytestmark = pytest.mark.django_db


def wanted(*hours):
    """Demand in November, in this order of asking."""
    at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    rows = [
        Demand(subject_type="thing", subject_id=n, kind="call", name="Reference call", month=NOVEMBER, hours=h)
        for n, h in enumerate(hours)
    ]
    Demand.objects.bulk_create(rows)
    for row in rows:
        Demand.objects.filter(pk=row.pk).update(recorded_at=at + dt.timedelta(hours=row.subject_id))


def test_hours_of_the_programs_people_are_working_days_less_leave_and_holidays(november, marketer):
    # November 2026 has 21 working days; at 30 hours a week each is 6 hours.
    assert hours_available([NOVEMBER]) == {NOVEMBER: Decimal(126)}
    Leave(user=marketer, starts_on=dt.date(2026, 10, 29), ends_on=dt.date(2026, 11, 3)).save()  # Monday, Tuesday
    CalendarDay(calendar=default_calendar(), on=dt.date(2026, 11, 16), name="Holiday").save()
    assert hours_available([NOVEMBER]) == {NOVEMBER: Decimal(108)}


def test_a_request_is_placed_and_says_what_it_displaces(november, marketer):
    holding()
    wanted(60, 40, 20)  # of 126
    found = weigh("4 board names", viewer=marketer)
    assert (found.place, found.line.name, found.count, found.cost) == (Place.OUTSIDE, "Board name", 4, 16)
    assert [(one.kind, one.hours) for one in found.falls] == [("Reference call", Decimal(20))]
    assert weigh("2 calls", viewer=marketer).place == Place.INSIDE
    assert not weigh("2 calls", viewer=marketer).falls
    off = weigh("paint the office", viewer=marketer, hours=Decimal(3), count=2)
    assert (off.place, off.cost) == (Place.OFF, 6)


def test_taken_on_it_counts_passed_on_it_counts_no_more(november, marketer, manager, rep, drain, mailoutbox):
    holding()
    row = plotted(by=rep, text="4 board names", asked_by="The board", value=Decimal(900))
    with pytest.raises(NotAllowed):
        services.take(row=row, by=rep)
    services.take(row=row, by=marketer)
    assert Demand.objects.get().hours == 16
    with pytest.raises(InvalidInput) as refusal:
        services.redirect(row=row, to=None, due_on=dt.date(2026, 11, 1), because=" ", by=marketer)
    assert set(refusal.value.errors) == {"to", "due_on", "because"}

    services.redirect(row=row, to=manager, due_on=dt.date(2026, 11, 6), because="Executives ask.", by=marketer)
    assert not Demand.objects.exists()
    drain()
    assert [mail.to for mail in mailoutbox] == [[f"{manager.name} <{manager.person.email}>"]]
    assert [item.title for item in desk_items(manager)] == ["4 board names"]
    assert desk_items(marketer) == []
    november.move_to(dt.datetime(2026, 11, 9, 9, tzinfo=dt.UTC))
    assert [item.title for item in desk_items(marketer)] == ["Late elsewhere: 4 board names"]

    services.settle(row=row, outcome="Two were found", by=manager)
    assert desk_items(manager) == desk_items(marketer) == []
    with pytest.raises(IllegalMove):
        services.decline(row=row, because="Too late", by=marketer)
    row.refresh_from_db()
    assert (row.state, row.outcome) == (PlotState.SETTLED, "Two were found")


def test_the_quarters_report_counts_by_line(november, marketer, manager):
    holding()
    plotted(by=marketer, text="3 calls")
    first = passed_on(by=marketer, to=manager, text="2 board names", value=Decimal(500))
    services.settle(row=first, outcome="Found", by=manager)
    services.decline(row=plotted(by=marketer, text="5 board names"), because="Too many", by=marketer)
    services.decline(row=plotted(by=marketer, text="lunch"), because="No", by=marketer)

    report = selectors.no_because(Quarter.named("2026-Q4"))

    assert [(one.name, one.times, one.hours, one.value, one.redirected, one.settled) for one in report.holes] == [
        ("Board name", 2, Decimal(28), Decimal(500), 1, 1),
        ("", 1, Decimal(1), None, 0, 0),
    ]
    assert (report.hours, report.value, report.asked, report.in_charter) == (Decimal(29), Decimal(500), 4, 0.25)
    empty = selectors.no_because(Quarter.named("2026-Q3"))
    assert (empty.value, empty.in_charter, empty.rows) == (None, None, [])
