"""Deadlines of contests: zones, changes of the clocks, grace, own time, and what the minute hand does."""

import datetime as dt
import zoneinfo
from typing import Any

import pytest

from awards.contests import services, zones
from awards.contests.enums import ContestState
from awards.contests.services.clock import NEEDS_FIX, Dated
from awards.contests.tasks import contests_by_the_clock
from awards.entries.enums import EntryState
from awards.models import Contest, ContestEntry
from refprogram.kernel.errors import InvalidInput
from refprogram.kernel.models import Event
from tests.factories.contests import CategoryFactory, ContestFactory, moved, opened

pytestmark = pytest.mark.django_db
UTC = dt.UTC
BERLIN, KOLKATA = zoneinfo.ZoneInfo("Europe/Berlin"), zoneinfo.ZoneInfo("Asia/Kolkata")
MINUTE, SECOND = dt.timedelta(minutes=1), dt.timedelta(seconds=1)


def entry(state: str = EntryState.DRAFT, **facts: Any) -> ContestEntry:
    return ContestEntry(state=state, **facts)


def closing(zone: str, *wall: int) -> Contest:
    """Return an open contest whose deadline a clock in the zone shows as `wall`."""
    contest = ContestFactory(zone=zone)
    opened(contest)
    Contest.objects.filter(pk=contest.pk).update(
        closes_at=zones.instant(dt.datetime(*wall), zoneinfo.ZoneInfo(zone)),
        announce_at=dt.datetime(2030, 1, 1, tzinfo=UTC),
        event_at=dt.datetime(2030, 1, 1, tzinfo=UTC),
        opens_at=dt.datetime(2026, 1, 1, tzinfo=UTC),
    )
    contest.refresh_from_db()
    return contest


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        ("Europe/Berlin", (2027, 3, 27, 18, 0), "2027-03-27T17:00:00+00:00"),  # the day before clocks go forward
        ("Europe/Berlin", (2027, 3, 28, 18, 0), "2027-03-28T16:00:00+00:00"),
        ("Europe/Berlin", (2027, 10, 31, 2, 30), "2027-10-31T01:30:00+00:00"),  # comes twice: the later one
        ("Asia/Kolkata", (2027, 2, 5, 18, 0), "2027-02-05T12:30:00+00:00"),
        ("Asia/Kathmandu", (2027, 2, 5, 18, 0), "2027-02-05T12:15:00+00:00"),
        ("Australia/Lord_Howe", (2027, 7, 1, 12, 0), "2027-07-01T01:30:00+00:00"),  # puts its clocks by half an hour
        ("Australia/Lord_Howe", (2027, 12, 1, 12, 0), "2027-12-01T01:00:00+00:00"),
        ("UTC", (2027, 2, 5, 18, 0), "2027-02-05T18:00:00+00:00"),
    ],
)
def test_a_wall_clock_means_one_moment(zone: str, wall: tuple[int, ...], moment: str) -> None:
    found = zones.instant(dt.datetime(*wall), zoneinfo.ZoneInfo(zone))  # type: ignore[arg-type]

    assert found.isoformat() == moment


def test_a_time_that_clocks_jump_over_is_refused() -> None:
    with pytest.raises(InvalidInput) as refused:
        zones.instant(dt.datetime(2027, 3, 28, 2, 30), BERLIN, field="closes_at")

    assert "closes_at" in refused.value.errors


@pytest.mark.parametrize("wall", [dt.datetime(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59)])
def test_the_ends_of_time_are_refused(wall: dt.datetime) -> None:
    with pytest.raises(InvalidInput):
        zones.instant(wall, BERLIN, field="closes_at")


def test_zones_without_letters_are_called_by_their_distance() -> None:
    noon = dt.datetime(2027, 2, 5, 12, tzinfo=UTC)

    assert zones.short(noon, BERLIN) == "CET"
    assert zones.short(noon, zoneinfo.ZoneInfo("Asia/Kathmandu")) == "UTC+05:45"
    assert zones.said(noon, KOLKATA).endswith("17:30 IST")
    assert zones.said_for(noon, KOLKATA, KOLKATA) == zones.said_for(noon, KOLKATA, None) == zones.said(noon, KOLKATA)
    assert zones.said_for(noon, KOLKATA, zoneinfo.ZoneInfo("UTC")).endswith("12:00 UTC)")


@pytest.mark.parametrize(
    ("zone", "wall"),
    [("Europe/Berlin", (2027, 10, 31, 2, 30)), ("Asia/Kolkata", (2027, 2, 5, 18, 0)), ("UTC", (2027, 2, 5, 18, 0))],
)
def test_the_last_second_of_the_grace_is_in_time(zone: str, wall: tuple[int, ...]) -> None:
    contest = closing(zone, *wall)
    last = contest.closes_at + dt.timedelta(minutes=contest.grace_minutes)

    assert services.can_take_entries(contest, at=last)
    assert not services.can_take_entries(contest, at=last + SECOND)
    assert not services.can_take_entries(contest, at=contest.opens_at - SECOND)


def test_a_category_has_its_own_deadline() -> None:
    contest = closing("Europe/Berlin", 2027, 2, 5, 18, 0)
    later = CategoryFactory(contest=contest, closes_at=contest.closes_at + dt.timedelta(days=7))

    at = contest.closes_at + dt.timedelta(days=1)

    assert not services.can_take_entries(contest, at=at)
    assert services.can_take_entries(contest, later, at=at)


def test_own_time_counts_after_the_contest_has_closed_and_never_shortens() -> None:
    contest = moved(ContestFactory(), ContestState.SCREENING)
    until = contest.closes_at + dt.timedelta(days=3)

    extended = entry(extended_until=until)
    shorter = entry(extended_until=contest.closes_at - dt.timedelta(days=3))

    assert services.can_take_entries(contest, entry=extended, at=until)
    assert not services.can_take_entries(contest, entry=extended, at=until + dt.timedelta(minutes=16))
    assert services.deadline_of(contest, entry=shorter) == contest.closes_at


def test_what_was_sent_back_has_the_deadline_it_was_given() -> None:
    contest = moved(ContestFactory(), ContestState.SCREENING)
    until = contest.closes_at + dt.timedelta(days=5)

    fixing = entry(EntryState.NEEDS_FIX, fix_until=until)
    handed_in = entry(EntryState.SUBMITTED, fix_until=until)

    assert services.deadline_of(contest, entry=fixing) == until
    assert services.can_take_entries(contest, entry=fixing, at=until)
    assert services.deadline_of(contest, entry=handed_in) == contest.closes_at


def test_once_judging_begins_nobody_has_time_of_their_own() -> None:
    contest = moved(ContestFactory(), ContestState.JUDGING)

    own = entry(extended_until=contest.closes_at + dt.timedelta(days=30))

    assert not services.can_take_entries(contest, entry=own, at=contest.closes_at)


def test_a_request_begun_in_time_is_taken_although_the_clock_closed_meanwhile(time_machine: Any) -> None:
    contest = closing("Europe/Berlin", 2027, 2, 5, 18, 0)
    begun = services.last_moment_of(contest)
    time_machine.move_to(begun + SECOND)
    contests_by_the_clock()
    contest.refresh_from_db()

    assert contest.state == ContestState.CLOSED
    assert services.can_take_entries(contest, at=begun)
    assert not services.can_take_entries(contest, at=begun + SECOND)


def test_the_clock_opens_and_closes_once(time_machine: Any) -> None:
    contest = ContestFactory()
    CategoryFactory(contest=contest)
    services.announce(contest, by=contest.owner)

    for moment, state in [
        (contest.opens_at - SECOND, ContestState.ANNOUNCED),
        (contest.opens_at, ContestState.OPEN),
        (contest.closes_at + dt.timedelta(minutes=15), ContestState.OPEN),
        (contest.closes_at + dt.timedelta(minutes=15, seconds=1), ContestState.CLOSED),
    ]:
        time_machine.move_to(moment, tick=False)
        contests_by_the_clock()
        contests_by_the_clock()
        contest.refresh_from_db()
        assert contest.state == state

    topics = list(Event.objects.filter(topic__in=["contest.opened", "contest.closed"]).values_list("topic", flat=True))
    assert sorted(topics) == ["contest.closed", "contest.opened"]


def test_it_opens_by_itself_before_the_clock_comes_by() -> None:
    contest = ContestFactory()
    CategoryFactory(contest=contest)
    announced = services.announce(contest, by=contest.owner)

    assert services.can_take_entries(announced, at=announced.opens_at)
    assert not services.can_take_entries(announced, at=announced.opens_at - SECOND)


def test_a_category_with_a_later_deadline_keeps_the_contest_open(time_machine: Any) -> None:
    contest = opened(ContestFactory())
    later = CategoryFactory(contest=contest, closes_at=contest.closes_at + dt.timedelta(days=2))

    time_machine.move_to(contest.closes_at + dt.timedelta(days=1))
    assert services.by_the_clock(contest.closes_at + dt.timedelta(days=1)) == 0

    assert later.closes_at is not None
    assert services.by_the_clock(later.closes_at + dt.timedelta(minutes=16)) == 1


def test_another_zone_keeps_what_the_clock_shows() -> None:
    contest = ContestFactory(zone="Europe/Berlin")
    wall = contest.closes_at.astimezone(BERLIN).replace(tzinfo=None)
    CategoryFactory(contest=contest, name="Late", closes_at=contest.closes_at + dt.timedelta(days=1))

    changed = services.change(contest, by=contest.owner, zone="America/New_York")

    assert changed.closes_at.astimezone(changed.tz).replace(tzinfo=None) == wall
    category = changed.categories.get()
    assert category.closes_at is not None
    assert category.closes_at.astimezone(changed.tz).replace(tzinfo=None) == wall + dt.timedelta(days=1)


def test_another_zone_does_not_take_back_an_announced_deadline() -> None:
    contest = ContestFactory(zone="Europe/Berlin")
    CategoryFactory(contest=contest)
    services.announce(contest, by=contest.owner)

    with pytest.raises(InvalidInput) as refused:
        services.change(contest, by=contest.owner, zone="Asia/Kolkata")

    assert "closes_at" in refused.value.errors
    later = services.change(contest, by=contest.owner, zone="America/New_York")
    assert later.closes_at > contest.closes_at


def test_an_announced_deadline_only_becomes_later() -> None:
    contest = opened(ContestFactory())

    with pytest.raises(InvalidInput):
        services.change(contest, by=contest.owner, closes_at=contest.closes_at - MINUTE)
    with pytest.raises(InvalidInput):
        services.change(contest, by=contest.owner, grace_minutes=0)

    later = services.change(contest, by=contest.owner, closes_at=contest.closes_at + MINUTE)
    assert later.closes_at == contest.closes_at + MINUTE


def test_this_room_and_that_of_entries_mean_the_same_state() -> None:
    dated: Dated = ContestEntry()

    assert dated.fix_until is None
    assert EntryState.NEEDS_FIX.value == NEEDS_FIX
