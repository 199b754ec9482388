"""Leave and stand-ins: who acts for whom on which day."""

import datetime as dt

import pytest
from django.utils import timezone

from refprogram.kernel.errors import DomainError, InvalidInput
from refprogram.people import leave, services
from refprogram.people.enums import LeaveKind
from refprogram.people.models import Delegation, Leave
from tests.factories.people import DelegationFactory, LeaveFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def trio():
    return UserFactory.create_batch(3)


def test_leave_holds_on_its_first_and_last_day(rep):
    first = timezone.localdate()
    LeaveFactory(user=rep, starts_on=first, ends_on=first + 2 * DAY)
    days = [leave.on_leave(rep, first + n * DAY) for n in range(-1, 4)]
    assert days == [False, True, True, True, False]


def test_nobody_named_is_nobody(rep):
    assert leave.stand_in_for(rep, timezone.localdate()) is None


def test_a_stand_in_who_has_one_passes_it_on(trio):
    first, second, third = trio
    DelegationFactory(principal=first, delegate=second)
    DelegationFactory(principal=second, delegate=third)
    today = timezone.localdate()
    assert leave.stand_in_for(first, today) == third
    assert leave.Roster(today).principals_of(third) == sorted([first.pk, second.pk])
    assert leave.Roster(today).principals_of(second) == []


def test_a_loop_leads_nowhere(trio):
    for one, other in zip(trio, [*trio[1:], trio[0]], strict=True):
        DelegationFactory(principal=one, delegate=other)
    assert [leave.stand_in_for(one, timezone.localdate()) for one in trio] == [None, None, None]


def test_a_stand_in_who_is_away_or_gone_is_nobody(trio):
    first, second, third = trio
    DelegationFactory(principal=first, delegate=third)
    DelegationFactory(principal=second, delegate=third)
    LeaveFactory(user=third)
    assert leave.stand_in_for(first, timezone.localdate()) is None
    Leave.objects.all().delete()
    assert leave.stand_in_for(first, timezone.localdate()) == third
    third.is_active = False
    third.save()
    assert leave.stand_in_for(first, timezone.localdate()) is None


def test_naming_each_other_is_refused_on_shared_days_only(trio):
    first, second, third = trio
    today = timezone.localdate()
    DelegationFactory(principal=first, delegate=second, starts_on=today, ends_on=today + 3 * DAY)
    DelegationFactory(principal=second, delegate=third, starts_on=today + 3 * DAY, ends_on=today + 9 * DAY)

    def set_third(day):
        return services.set_delegation(principal=third, delegate=first, starts_on=day, ends_on=day, actor=third)

    with pytest.raises(InvalidInput) as refused:
        set_third(today + 3 * DAY)
    assert "delegate" in refused.value.errors
    assert set_third(today + 4 * DAY).delegate == first


def test_days_away_with_a_stand_in(rep, support):
    today = timezone.localdate()
    noted = services.set_leave(
        user=rep, kind=LeaveKind.HOLIDAY, starts_on=today, ends_on=today + 5 * DAY, actor=rep, delegate=support
    )
    assert leave.stand_in_for(rep, today) == support
    with pytest.raises(InvalidInput):
        services.set_leave(user=rep, kind=LeaveKind.OTHER, starts_on=today, ends_on=today, actor=rep)
    services.end_leave(leave=noted, actor=rep)
    assert not leave.on_leave(rep, today)
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize(("first", "last"), [(3, 2), (-5, -1)])
def test_impossible_days_are_refused(rep, first, last):
    today = timezone.localdate()
    with pytest.raises(InvalidInput):
        services.set_leave(
            user=rep, kind=LeaveKind.HOLIDAY, starts_on=today + first * DAY, ends_on=today + last * DAY, actor=rep
        )


def test_leave_that_is_over_stays(rep):
    today = timezone.localdate()
    over = LeaveFactory(user=rep, starts_on=today - 5 * DAY, ends_on=today - DAY)
    with pytest.raises(DomainError):
        services.end_leave(leave=over, actor=rep)
    running = LeaveFactory(user=rep, starts_on=today - DAY, ends_on=today + DAY)
    services.end_leave(leave=running, actor=rep)
    running.refresh_from_db()
    assert running.ends_on == today - DAY
