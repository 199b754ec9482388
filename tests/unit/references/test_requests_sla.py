"""The clocks of a request: working time of its requester's region, standing still when nobody owes anything."""

import datetime as dt

import pytest

from references.requests import services
from references.requests.services import clocks
from references.requests.services.clocks import AGREEMENT, REACTION
from refprogram.kernel.stream import subject_of
from refprogram.people.calendars import services as calendars
from refprogram.people.models import SlaClock
from tests.factories.people import RegionFactory, TeamFactory, UserFactory
from tests.factories.requests import accepted, in_review, request_of

pytestmark = pytest.mark.django_db
WEDNESDAY_NOON = dt.datetime(2026, 12, 23, 12, 0, tzinfo=dt.UTC)


def clock_of(request, kind=AGREEMENT):
    return SlaClock.objects.get(kind=kind, subject_type=subject_of(request).type, subject_id=request.pk)


def test_holidays_of_the_requesters_region_do_not_count(time_machine, marketer):
    time_machine.move_to(WEDNESDAY_NOON, tick=False)
    region = RegionFactory()
    calendars.open_calendar(
        actor=marketer,
        name="Hamburg",
        time_zone="Europe/Berlin",
        country="DE",
        week=dict.fromkeys(range(5), "9:00-17:00"),
        regions=[region],
    )
    request = request_of(UserFactory(team=TeamFactory(region=region)))
    # Wednesday 13:00 in Hamburg, 16 hours: 4 on Wednesday, 8 on Thursday; Friday is Christmas Day, then a weekend;
    # the last 4 on Monday until 13:00.
    assert request.due_at == dt.datetime(2026, 12, 28, 12, 0, tzinfo=dt.UTC)
    assert clock_of(request, REACTION).due_at == dt.datetime(2026, 12, 23, 16, 0, tzinfo=dt.UTC)


def test_the_first_reaction_is_given_by_the_first_proposal(time_machine):
    time_machine.move_to(WEDNESDAY_NOON, tick=False)
    candidate = in_review()
    assert clock_of(candidate.request, REACTION).stopped_at == WEDNESDAY_NOON


def test_a_lost_customer_lets_the_clock_run_on_with_what_was_left(time_machine, marketer):
    time_machine.move_to(WEDNESDAY_NOON, tick=False)
    candidate = accepted()  # at once: all of the two days are left
    time_machine.move_to(dt.datetime(2026, 12, 28, 12, 0, tzinfo=dt.UTC), tick=False)
    services.release(candidate=candidate, actor=marketer, reason="Ill")
    request = candidate.request
    request.refresh_from_db()
    assert request.due_at == dt.datetime(2026, 12, 30, 12, 0, tzinfo=dt.UTC)
    assert clock_of(request).pauses.get().reason == "A customer agreed"


def test_what_is_over_keeps_the_time_that_it_took(time_machine, marketer):
    time_machine.move_to(WEDNESDAY_NOON, tick=False)
    request = request_of()
    time_machine.shift(dt.timedelta(hours=3))
    services.refuse(request=request, reason="Off our list", actor=marketer)
    assert clock_of(request).used_minutes == 180


def without_clocks(request):
    SlaClock.objects.filter(subject_type=subject_of(request).type, subject_id=request.pk).delete()
    return request


def test_a_request_older_than_the_clocks_gets_them_and_keeps_what_was_promised(time_machine):
    time_machine.move_to(WEDNESDAY_NOON, tick=False)
    request = without_clocks(request_of())
    promised = request.due_at
    time_machine.move_to(WEDNESDAY_NOON + dt.timedelta(days=7), tick=False)

    assert [clocks.start_missing(), clocks.start_missing()] == [1, 0]

    assert (clock_of(request).started_at, clock_of(request).due_at) == (WEDNESDAY_NOON, promised)
    assert clock_of(request, REACTION).started_at == WEDNESDAY_NOON


def test_where_somebody_else_was_waited_for_the_late_clock_stands_still(time_machine):
    time_machine.move_to(WEDNESDAY_NOON, tick=False)
    request = without_clocks(accepted().request)

    clocks.start_missing()

    assert clock_of(request).paused_at == WEDNESDAY_NOON
    assert clock_of(request).pauses.get().reason == "A customer agreed"
    assert not SlaClock.objects.filter(kind=REACTION, subject_id=request.pk).exists()


def test_what_is_over_gets_no_clock(marketer):
    request = without_clocks(request_of())
    services.withdraw(request=request, actor=request.requester, reason="Lost")
    without_clocks(request)
    assert clocks.start_missing() == 0
