"""Calendars and work activity as pages, and one's own calendar behind its address."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar

from refprogram.people.calendars import feeds
from refprogram.people.models import BusinessCalendar
from refprogram.people.views.calendars import CalendarList
from refprogram.people.views.work import WorkList
from refprogram.people.work import services as work
from tests.contracts import FormContract, ListContract
from tests.factories.people import BusinessCalendarFactory, LeaveFactory, RegionFactory

pytestmark = pytest.mark.django_db


class TestCalendars(ListContract):
    view = CalendarList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        for calendar in BusinessCalendarFactory.create_batch(count):
            RegionFactory(calendar=calendar)


class TestWork(ListContract):
    view = WorkList
    reader = "marketer"

    @staticmethod
    def make(count, cast):
        rows = [
            {
                "external_ref": str(n),
                "person": cast.rep.email,
                "kind": "signed_in",
                "occurred_at": f"2026-01-{n + 1:02}",
            }
            for n in range(count)
        ]
        work.take_rows(source="crm", rows=rows)


class TestAddCalendar(FormContract):
    url, reader = "/calendars/new/", "marketer"
    good = {"name": "Lisbon", "time_zone": "Europe/Lisbon", "day_0": "9:00-18:00"}
    typed, broken = "Lisbon", {"day_0": "18:00-9:00"}

    @staticmethod
    def count():
        return BusinessCalendar.objects.count()


def test_a_work_file_with_wrong_columns_is_refused_beside_its_field(clients):
    file = SimpleUploadedFile("work.csv", b"when,who\n1,2\n")
    answer = clients["marketer"].post("/work-activity/bring/", {"source": "crm", "file": file})
    assert answer.status_code == 422
    assert "person (or email, owner" in answer.context["form"].errors["file"][0]


@time_machine.travel("2026-11-22 12:00Z")
def test_a_calendar_shows_its_holidays_and_gives_them_as_a_file(clients, budget):
    marketer = clients["marketer"]
    made = marketer.post(
        "/calendars/new/",
        {"name": "Munich", "time_zone": "Europe/Berlin", "country": "DE", "subdivision": "by", "day_0": "9:00-17:00"},
    )
    marketer.get(made.url)
    with budget("people:calendar"):
        page = marketer.get(made.url).content.decode()
    assert "Friday 25 December 2026" in page
    assert "Wednesday 6 January 2027" in page  # Epiphany, a holiday in Bavaria alone
    days = {(e["DTSTART"].dt, str(e["SUMMARY"])) for e in _events(marketer.get(f"{made.url}calendar.ics").content)}
    assert (dt.date(2026, 12, 25), "Christmas Day (closed)") in days


def test_my_calendar_opens_by_its_last_address_only(clients, rep):
    LeaveFactory(user=rep, starts_on="2026-12-01", ends_on="2026-12-03")
    first, second = feeds.new_address(user=rep), feeds.new_address(user=rep)
    stranger = clients["anonymous"]
    assert stranger.get(_path(first)).status_code == 410
    with time_machine.travel("2026-11-22 12:00Z"):
        (leave,) = _events(stranger.get(_path(second)).content)
    assert (leave["DTSTART"].dt, leave["DTEND"].dt) == (dt.date(2026, 12, 1), dt.date(2026, 12, 4))
    clients["rep"].post("/settings/calendar/", {"do": "close"})
    assert stranger.get(_path(second)).status_code == 410


def test_my_calendar_closes_when_i_leave(clients, rep):
    address = feeds.new_address(user=rep)
    rep.is_active = False
    rep.save()
    assert clients["anonymous"].get(_path(address)).status_code == 410


def _events(content):
    return Calendar.from_ical(content).walk("VEVENT")


def _path(address):
    return "/s/" + address.rsplit("/s/", 1)[1]
