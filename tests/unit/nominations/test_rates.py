"""What the program's past says of how many nominations the screeners decide on a working day."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from nominations.models import Nomination
from nominations.waves.rates import ENOUGH_DAYS, learn
from refprogram.people.models import User
from tests.factories.nominations import NominationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_a_monday(time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z")


def decided(a_day: list[int]) -> None:
    """So many decisions on each of the last days."""
    for ago, number in enumerate(a_day, 1):
        for _one in range(number):
            nomination = NominationFactory()
            at = timezone.now() - dt.timedelta(days=ago)
            Nomination.objects.filter(pk=nomination.pk).update(decided_at=at)


def test_days_on_which_there_was_little_to_decide_say_nothing_of_what_can_be_done(rep: User) -> None:
    decided([6, 1, 1, 5, 1, 1, 4, 1, 5, 1])

    rates = learn()

    assert (rates.decided, rates.decided_days, rates.days_with_decisions) == (21, 5, ENOUGH_DAYS)
    assert rates.capacity(per_day=9) == 4.2  # 6 + 5 + 5 + 4 + 1 on the busier five


def test_too_few_days_leave_it_to_the_plan(rep: User) -> None:
    decided([6, 5])

    assert learn().capacity(per_day=9) == 9
