"""Calendars of places, their public holidays, and the clocks that count by them."""

import datetime as dt

import pytest
import time_machine

from refprogram.kernel.errors import InvalidInput
from refprogram.people.calendars import clocks, hours, selectors, services, shown
from refprogram.people.models import BusinessCalendar
from tests.factories.people import BusinessCalendarFactory, RegionFactory, TeamFactory, UserFactory

pytestmark = pytest.mark.django_db
OFFICE = dict.fromkeys(range(5), "9:00-12:30, 13:00-17:30")


def open_amsterdam(actor, **facts):
    return services.open_calendar(
        actor=actor, **{"name": "Amsterdam", "time_zone": "Europe/Amsterdam", "country": "NL", "week": OFFICE, **facts}
    )


@time_machine.travel("2026-11-22 12:00Z")
def test_the_public_holidays_of_its_country_are_written_down(marketer):
    calendar = open_amsterdam(marketer)
    days = {day.on: day.hours for day in calendar.days.all()}
    assert days[dt.date(2026, 4, 27)] == []  # King's Day
    assert days[dt.date(2027, 3, 29)] == []  # Easter Monday of the next year
    assert {day.year for day in days} == {2026, 2027}


@time_machine.travel("2026-11-22 12:00Z")
def test_a_day_set_by_hand_stays_when_holidays_are_taken_again(marketer):
    calendar = open_amsterdam(marketer)
    services.set_day(calendar=calendar, on=dt.date(2026, 12, 25), name="We work", typed="10:00-14:00", actor=marketer)
    with time_machine.travel("2027-01-02 12:00Z"):
        services.take_all_holidays()
    day = calendar.days.get(on=dt.date(2026, 12, 25))
    assert (day.name, day.hours) == ("We work", [["10:00", "14:00"]])
    assert calendar.days.filter(on__year=2028).exists()


def test_a_colleague_follows_the_calendar_of_the_region_else_the_default(marketer):
    region = RegionFactory()
    calendar = open_amsterdam(marketer, regions=[region])
    region.refresh_from_db()
    there, nowhere = UserFactory(team=TeamFactory(region=region)), UserFactory()
    assert selectors.calendar_of(there) == calendar
    assert selectors.calendar_of(region) == calendar
    assert selectors.calendar_of(nowhere).is_default
    assert selectors.calendar_of(None).is_default


def test_another_default_takes_the_place_of_the_last(marketer):
    first = selectors.default_calendar()
    second = open_amsterdam(marketer, is_default=True)
    first.refresh_from_db()
    assert (first.is_default, second.is_default) == (False, True)
    services.change_calendar(
        calendar=second, actor=marketer, name="Amsterdam", time_zone="Europe/Amsterdam", week=OFFICE, is_default=False
    )
    assert BusinessCalendar.objects.get(is_default=True) == second  # there is always one


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": " "}, "name"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"country": "XX"}, "country"),
        ({"subdivision": "ZZ"}, "subdivision"),
        ({"week": {}}, "day_0"),
        ({"week": {2: "9-17"}}, "day_2"),
        ({"week": {2: "17:00-9:00"}}, "day_2"),
        ({"week": {2: "9:00-12:00, 11:00-17:00"}}, "day_2"),
        ({"week": {2: "9:00-25:00"}}, "day_2"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(marketer, facts, field):
    with pytest.raises(InvalidInput) as refused:
        open_amsterdam(marketer, **facts)
    assert list(refused.value.errors) == [field]


def test_hours_are_read_as_people_type_them():
    assert hours.parse("9:00 – 12.30; 13:00-24:00") == [["09:00", "12:30"], ["13:00", "00:00"]]
    assert hours.words(hours.parse("13:00-24:00")) == "13:00–24:00"
    assert hours.parse("  ") == []


def test_the_week_in_one_line(marketer):
    calendar = BusinessCalendarFactory.build(
        hours={**{str(day): [["09:00", "17:00"]] for day in range(4)}, "4": [["09:00", "13:00"]]}
    )
    assert shown.week_words(calendar) == "Mon–Thu 09:00–17:00 · Fri 09:00–13:00"


# ------------------------------------------------------------------------------------------------ clocks


def utc(text):
    return dt.datetime.fromisoformat(f"{text}:00+00:00")


@pytest.fixture
def place():
    return BusinessCalendarFactory()


def test_a_clock_is_due_after_so_much_working_time(place, rep):
    clock = clocks.start_clock(kind="answer", subject=rep, calendar=place, days=2, at=utc("2026-11-20 15:00"))
    assert clock.due_at == utc("2026-11-24 15:00")  # Friday 15:00, two days of eight hours, a weekend between


def test_a_pause_does_not_count_and_keeps_its_reason(place, rep, marketer):
    clocks.start_clock(kind="answer", subject=rep, calendar=place, minutes=480, at=utc("2026-11-23 10:00"))
    clocks.pause_clock(kind="answer", subject=rep, reason="We asked back", by=marketer, at=utc("2026-11-23 12:00"))
    clock = clocks.resume_clock(kind="answer", subject=rep, at=utc("2026-11-25 16:00"))
    assert clock.due_at == utc("2026-11-26 14:00")  # six hours were left: one that day, five the next
    assert clock.paused_minutes == (5 + 8 + 7) * 60
    stopped = clocks.stop_clock(kind="answer", subject=rep, at=utc("2026-11-26 11:00"))
    assert stopped.used_minutes == (2 + 1 + 2) * 60
    pause = clock.pauses.get()
    assert (pause.reason, pause.by, pause.ends_at) == ("We asked back", marketer, utc("2026-11-25 16:00"))


def test_a_clock_that_was_late_before_the_pause_stays_late(place, rep, marketer):
    started = clocks.start_clock(kind="answer", subject=rep, calendar=place, minutes=60, at=utc("2026-11-23 10:00"))
    clocks.pause_clock(kind="answer", subject=rep, reason="Late anyway", by=marketer, at=utc("2026-11-23 15:00"))
    clock = clocks.resume_clock(kind="answer", subject=rep, at=utc("2026-11-24 15:00"))
    assert clock.due_at == started.due_at


def test_each_verb_twice_does_it_once(place, rep, marketer):
    clocks.start_clock(kind="answer", subject=rep, calendar=place, minutes=480, at=utc("2026-11-23 09:00"))
    for hour in (10, 11):
        clocks.pause_clock(kind="answer", subject=rep, reason="why", by=marketer, at=utc(f"2026-11-23 {hour}:00"))
    for hour in (12, 13):
        clocks.resume_clock(kind="answer", subject=rep, at=utc(f"2026-11-23 {hour}:00"))
    for hour in (14, 15):
        clock = clocks.stop_clock(kind="answer", subject=rep, at=utc(f"2026-11-23 {hour}:00"))
    assert (clock.paused_minutes, clock.used_minutes, clock.pauses.count()) == (120, 180, 1)


def test_a_clock_stopped_while_it_stood_counts_until_the_pause(place, rep, marketer):
    clocks.start_clock(kind="answer", subject=rep, calendar=place, minutes=480, at=utc("2026-11-23 09:00"))
    clocks.pause_clock(kind="answer", subject=rep, reason="why", by=marketer, at=utc("2026-11-23 11:00"))
    clock = clocks.stop_clock(kind="answer", subject=rep, at=utc("2026-11-24 11:00"))
    assert (clock.used_minutes, clock.paused_at, clock.pauses.get().ends_at) == (120, None, utc("2026-11-24 11:00"))


def test_what_has_no_clock_is_left_alone(rep, marketer):
    assert clocks.pause_clock(kind="answer", subject=rep, reason="why", by=marketer) is None
    assert clocks.resume_clock(kind="answer", subject=rep) is None
    assert clocks.stop_clock(kind="answer", subject=rep) is None
