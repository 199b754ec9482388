"""Two at once, with real threads on the real database: a promise is settled once, and its next one is made once."""

import pytest
import time_machine

from refprogram.governance.sponsors import services
from refprogram.governance.sponsors.enums import PledgeState
from refprogram.governance.sponsors.models import SponsorPledge, Sponsorship
from refprogram.kernel.errors import DomainError
from refprogram.people.enums import Role
from tests.factories.people import UserFactory
from tests.factories.sponsors import SponsorPledgeFactory, SponsorshipFactory
from tests.racing import at_once
from tests.unit.governance.conftest import MONDAY

pytestmark = pytest.mark.django_db(transaction=True)


def test_done_and_missed_by_the_clock_at_once():
    row = SponsorPledgeFactory(due_on=MONDAY.date().replace(month=10, day=20), every_weeks=4)
    with time_machine.travel(MONDAY, tick=False):
        at_once(
            lambda: services.finish(row=row, by=row.holder),
            services.miss_late,
            lambda: services.finish(row=row, by=row.holder),
            services.miss_late,
        )
    assert SponsorPledge.objects.get(pk=row.pk).state == PledgeState.DONE
    assert SponsorPledge.objects.filter(follows=row).count() == 1


def test_done_while_everything_is_handed_over():
    marketer, heir = UserFactory(role=Role.MARKETER), UserFactory(role=Role.EXECUTIVE)
    row = SponsorPledgeFactory(every_weeks=4)
    outcomes = at_once(
        lambda: services.finish(row=row, by=marketer),
        lambda: services.hand_over(row=row.sponsorship, to=heir, by=marketer),
    )
    assert isinstance(outcomes[1], Sponsorship)
    still_open = SponsorPledge.objects.filter(state__in=("promised", "handed", "unheld")).get()
    # whoever was first: done, and its next one needs a sponsor; or handed over, and not done
    assert (still_open.follows is None) == isinstance(outcomes[0], DomainError)
    assert still_open.state in (PledgeState.HANDED, PledgeState.UNHELD)


def test_two_hand_over_at_once():
    marketer = UserFactory(role=Role.MARKETER)
    first, second = UserFactory.create_batch(2, role=Role.EXECUTIVE)
    row = SponsorshipFactory()
    pledge = SponsorPledgeFactory(sponsorship=row)
    at_once(*(lambda to=to: services.hand_over(row=row, to=to, by=marketer) for to in (first, second)))
    pledge.refresh_from_db()
    assert pledge.state == PledgeState.HANDED
    assert pledge.holder in (first, second)
    assert not Sponsorship.objects.get(pk=row.pk).is_live


def test_one_colleague_named_twice_at_once():
    marketer, user = UserFactory(role=Role.MARKETER), UserFactory(role=Role.EXECUTIVE)
    facts = {"backs": "program", "starts_on": MONDAY.date()}
    at_once(*[lambda: services.name_sponsor(user=user, facts=facts, by=marketer) for _ in range(3)])
    assert Sponsorship.objects.count() == 1
