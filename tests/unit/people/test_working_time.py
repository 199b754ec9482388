"""Working time, counted by hand: across weekends, holidays, and both changes of the clocks."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refprogram.people.calendars.working_time import NeverOpen, WorkingTime

OFFICE = ((dt.time(9), dt.time(12, 30)), (dt.time(13), dt.time(17, 30)))  # eight hours with lunch
AMSTERDAM = WorkingTime(
    zone=ZoneInfo("Europe/Amsterdam"),
    week=(OFFICE,) * 5 + ((),) * 2,
    days={dt.date(2026, 4, 27): (), dt.date(2026, 12, 24): ((dt.time(9), dt.time(12)),)},  # King's Day; half a day
)
# People who work at night: Saturday 22:00 to midnight, Sunday midnight to 6:00.
NIGHT = WorkingTime(
    zone=ZoneInfo("Europe/Amsterdam"),
    week=((),) * 5 + (((dt.time(22), dt.time(0)),), ((dt.time(0), dt.time(6)),)),
)
NEW_YORK = WorkingTime(zone=ZoneInfo("America/New_York"), week=(((dt.time(9), dt.time(17)),),) * 5 + ((),) * 2)


def at(text: str, zone: str = "Europe/Amsterdam") -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def hours(number: float) -> dt.timedelta:
    return dt.timedelta(hours=number)


@pytest.mark.parametrize(
    ("start", "time", "end"),
    [
        ("2026-11-23 10:00", hours(2), "2026-11-23 12:00"),
        ("2026-11-23 10:00", hours(4), "2026-11-23 14:30"),  # lunch does not count
        ("2026-11-23 09:00", hours(8), "2026-11-23 17:30"),  # a whole day ends that evening, not the next morning
        ("2026-11-23 15:00", hours(4), "2026-11-24 10:30"),
        ("2026-11-20 16:30", hours(2), "2026-11-23 10:00"),  # Friday evening, Monday morning
        ("2026-11-21 12:00", hours(1), "2026-11-23 10:00"),  # handed in on a Saturday
        ("2026-11-23 12:45", hours(0), "2026-11-23 13:00"),  # no time at all, during lunch
        ("2026-11-23 17:30", hours(0), "2026-11-24 09:00"),
        ("2026-04-24 16:30", hours(2), "2026-04-28 10:00"),  # the Monday is King's Day
        ("2026-12-23 16:30", hours(5), "2026-12-25 10:00"),  # 1 h, 3 h of the half day, 1 h
        ("2026-03-27 16:30", hours(2), "2026-03-30 10:00"),  # the clocks go forward on the Sunday between
        ("2026-10-23 16:30", hours(2), "2026-10-26 10:00"),  # and back
    ],
)
def test_adding_working_time(start, time, end):
    assert AMSTERDAM.add(at(start), time) == at(end)
    assert AMSTERDAM.between(at(start), at(end)) == time


def test_the_night_on_which_the_clocks_go_forward_is_an_hour_shorter():
    # 28 to 29 March 2026: 22:00-24:00, then 0:00-6:00 without the hour from 2 to 3.
    assert NIGHT.between(at("2026-03-28 00:00"), at("2026-03-29 12:00")) == hours(7)
    assert NIGHT.add(at("2026-03-28 22:00"), hours(5)) == at("2026-03-29 04:00")


def test_the_night_on_which_the_clocks_go_back_is_an_hour_longer():
    # 24 to 25 October 2026: the hour from 2 to 3 comes twice.
    assert NIGHT.between(at("2026-10-24 00:00"), at("2026-10-25 12:00")) == hours(9)
    second_two_o_clock = at("2026-10-25 02:00").replace(fold=1).astimezone(dt.UTC)
    assert NIGHT.add(at("2026-10-24 22:00"), hours(5)) == second_two_o_clock
    assert NIGHT.between(at("2026-10-25 01:30"), at("2026-10-25 03:30")) == hours(3)


def test_a_span_that_begins_in_the_missing_hour_keeps_its_length():
    early = WorkingTime(zone=ZoneInfo("Europe/Amsterdam"), week=(((dt.time(2, 30), dt.time(4)),),) * 7)
    assert early.between(at("2026-03-29 00:00"), at("2026-03-29 12:00")) == hours(0.5)  # 3:30 to 4:00
    ends = WorkingTime(zone=ZoneInfo("Europe/Amsterdam"), week=(((dt.time(1), dt.time(2, 30)),),) * 7)
    assert ends.between(at("2026-03-29 00:00"), at("2026-03-29 12:00")) == hours(1.5)


def test_a_place_counts_by_its_own_clock():
    handed_in = at("2026-11-23 23:30", "Europe/Amsterdam")  # 17:30 in New York: over for today
    assert NEW_YORK.add(handed_in, hours(1)) == at("2026-11-24 10:00", "America/New_York")
    assert not NEW_YORK.open_at(handed_in)
    assert NEW_YORK.open_at(at("2026-11-23 22:00", "Europe/Amsterdam"))


def test_working_days():
    friday = dt.date(2026, 4, 24)
    assert AMSTERDAM.add_days(friday, 1) == dt.date(2026, 4, 28)  # weekend and King's Day between
    assert AMSTERDAM.add_days(dt.date(2026, 4, 25), 0) == dt.date(2026, 4, 28)
    assert AMSTERDAM.days_between(dt.date(2026, 4, 20), dt.date(2026, 4, 30)) == 8
    assert AMSTERDAM.day_length() == hours(8)


def test_a_place_that_never_opens_is_said_and_not_searched_forever():
    closed = WorkingTime(zone=ZoneInfo("UTC"), week=((),) * 7)
    with pytest.raises(NeverOpen):
        closed.add(at("2026-11-23 10:00"), hours(1))
    with pytest.raises(NeverOpen):
        closed.add_days(dt.date(2026, 11, 23), 1)


def test_time_is_not_counted_backwards():
    with pytest.raises(ValueError, match="backwards"):
        AMSTERDAM.add(at("2026-11-23 10:00"), hours(-1))


instants = st.datetimes(
    min_value=dt.datetime(2026, 1, 1),
    max_value=dt.datetime(2027, 12, 31),
    timezones=st.sampled_from([ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/New_York"), dt.UTC]),
)
places = st.sampled_from([AMSTERDAM, NIGHT, NEW_YORK])


@given(places, instants, st.integers(0, 60 * 200))
def test_what_was_added_lies_between(place, start, minutes):
    time = dt.timedelta(minutes=minutes)
    end = place.add(start, time)
    assert place.between(start, end) == time


@given(places, instants, instants, instants)
def test_stretches_of_time_add_up(place, a, b, c):
    assert place.between(a, b) + place.between(b, c) == place.between(a, c)
    assert place.between(a, b) == -place.between(b, a)
