"""Two at the same moment, with real threads on the real database: an hour is had once, pledges are not overrun."""

from decimal import Decimal

import pytest

from refprogram.governance.facetime import services
from refprogram.governance.facetime.enums import TalkState, TalkTopic
from refprogram.governance.facetime.models import FaceTimeTalk
from refprogram.governance.facetime.proofs import proofs
from refprogram.governance.facetime.services.asking import SlotTaken
from refprogram.kernel.models import Event
from refprogram.people.enums import Role
from tests.factories.facetime import FaceTimeSlotFactory, about, asked, booked
from tests.factories.people import UserFactory
from tests.racing import at_once, results

pytestmark = pytest.mark.django_db(transaction=True)


def _wish(slot, by):
    whom = about()
    people = [one.person for one in whom.people]
    return lambda: services.request_talk(
        slot=slot, about=whom, people=people, topic=TalkTopic.ROADMAP, reason="They decide.", by=by
    )


def test_a_slot_is_taken_once_and_the_other_is_told_what_is_free_next():
    executive = UserFactory(role=Role.EXECUTIVE)
    slot, other = (FaceTimeSlotFactory(executive=executive, in_days=days) for days in (10, 20))
    outcomes = at_once(*(_wish(slot, UserFactory()) for _n in range(3)))
    refused = [one for one in outcomes if isinstance(one, SlotTaken)]
    assert [one.instead for one in refused] == [other, other]
    assert FaceTimeTalk.objects.count() == 1
    assert Event.objects.filter(topic="facetime.requested").count() == 1
    assert all(proof.holds for proof in proofs())


def test_two_slots_at_once_do_not_overrun_what_was_pledged():
    executive = UserFactory(role=Role.EXECUTIVE)
    services.set_terms(executive=executive, hours=Decimal(1), most_a_week=9, notice_days=0, by=executive)
    first = FaceTimeSlotFactory(executive=executive, length=40)
    second = FaceTimeSlotFactory(executive=executive, starts_at=first.ends_at, length=40)
    wishes = [_wish(slot, UserFactory()) for slot in (first, second)]
    assert results(*wishes) == ["done", "invalid"]


def test_agreed_and_called_off_at_once_is_one_or_the_other():
    talk = asked(UserFactory(), FaceTimeSlotFactory())
    results(
        lambda: services.agree(talk=talk, by=talk.slot.executive),
        lambda: services.cancel(talk=talk, by=talk.asked_by, why="Not needed"),
    )
    talk.refresh_from_db()
    assert talk.state == TalkState.CANCELLED
    assert all(proof.holds for proof in proofs())


def test_put_into_the_same_free_hour_at_once_one_gets_it():
    executive = UserFactory(role=Role.EXECUTIVE)
    first, second, free = (FaceTimeSlotFactory(executive=executive, in_days=days) for days in (10, 20, 30))
    one, two = booked(UserFactory(), first), booked(UserFactory(), second)
    found = results(
        lambda: services.move_talk(talk=one, to=free, by=executive),
        lambda: services.move_talk(talk=two, to=free, by=executive),
    )
    assert found == ["done", "invalid"]
    assert all(proof.holds for proof in proofs())
