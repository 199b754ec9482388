"""A wave or a message in a pilot reaches the pilot's people alone, then everybody, or nobody."""

import pytest

from nominations.campaigns import services as campaigns
from nominations.campaigns.enums import MessageChannel
from nominations.models import CampaignMessage, CohortMember, MessageSend, Wave
from nominations.waves import services as waves
from nominations.waves.enums import WaveState
from nominations.waves.selectors.people import turn_of
from refprogram.governance.pilots import services as pilots
from refprogram.governance.pilots.enums import PilotState
from refprogram.kernel.errors import InvalidInput
from tests.factories.campaigns import CampaignFactory, MessageFactory, WaveFactory, started, under_way
from tests.factories.pilots import blessed, judged, planned, running
from tests.factories.references import ReferenceFactory

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-02 09:00Z"


@pytest.fixture(autouse=True)
def _on_a_monday(time_machine):
    time_machine.move_to(MONDAY)


def asked(wave):
    waves.go_by_the_calendar(wave_id=wave.pk)
    return set(CohortMember.objects.filter(wave=wave).values_list("user__person__name", flat=True))


def reached(message):
    campaigns.send_due()
    rows = MessageSend.objects.filter(message=message, sent_at__isnull=False)
    return set(rows.values_list("person__name", flat=True))


def decided(pilot, by, to):
    pilots.decide(pilot=judged(pilot, by), to=to, because="As it was", by=by)


# ---------------------------------------------------------------- waves


def _wave(marketer):
    return WaveFactory(actor=marketer, parts=1)


def test_a_wave_asks_the_few_then_everybody(marketer, manager, rep, support):
    wave = _wave(marketer)
    pilot = blessed(planned(marketer, [rep], kind="wave", thing=wave.public_id), manager, marketer)
    under_way(wave)
    assert (asked(wave), turn_of(wave, rep)) == (set(), None)
    pilots.begin(pilot=pilot, by=marketer)
    assert (asked(wave), turn_of(wave, support)) == ({rep.name}, None)
    decided(pilot, marketer, PilotState.ROLLED_OUT)
    assert {rep.name, support.name, marketer.name} <= asked(wave)


def test_a_stopped_wave_ends_and_a_planned_one_stays_planned(marketer, manager, rep):
    wave = _wave(marketer)
    pilots.cancel(pilot=planned(marketer, [rep], kind="wave", thing=wave.public_id), by=marketer)
    wave.refresh_from_db()
    assert wave.state == WaveState.PLANNED
    pilot = blessed(planned(marketer, [rep], kind="wave", thing=wave.public_id), manager, marketer)
    pilots.begin(pilot=pilot, by=marketer)
    under_way(wave)
    decided(pilot, marketer, PilotState.STOPPED)
    assert Wave.objects.get().state == WaveState.ENDED


def test_a_wave_under_way_cannot_be_tried(marketer, rep):
    wave = under_way(_wave(marketer))
    with pytest.raises(InvalidInput, match="under way"):
        planned(marketer, [rep], kind="wave", thing=wave.public_id)


# ---------------------------------------------------------------- messages


def test_a_message_goes_to_the_few_then_to_the_rest_and_to_nobody_twice(marketer, rep, support):
    campaign = CampaignFactory(actor=marketer)
    message = MessageFactory(campaign=campaign)
    pilot = planned(marketer, [rep], kind="message", thing=message.public_id)
    started(campaign)
    assert reached(message) == set()
    pilots.settle(pilot=pilot, by=marketer)
    pilots.begin(pilot=pilot, by=marketer)
    assert reached(message) == {rep.name}
    assert CampaignMessage.objects.get().sent_at is None
    decided(pilot, marketer, PilotState.ROLLED_OUT)
    assert reached(message) == {rep.name, support.name, marketer.name}
    assert MessageSend.objects.filter(person=rep.person_id).count() == 1
    assert CampaignMessage.objects.get().sent_at is not None


def test_a_stopped_message_is_sent_to_nobody_more(marketer, rep, support):
    campaign = CampaignFactory(actor=marketer)
    message = MessageFactory(campaign=campaign)
    pilot = running(marketer, [rep], kind="message", thing=message.public_id)
    started(campaign)
    reached(message)
    decided(pilot, marketer, PilotState.STOPPED)
    assert reached(message) == {rep.name}
    assert CampaignMessage.objects.get().sent_at is not None


def test_a_message_to_customers_goes_to_those_of_the_few_after_sales_agreed(marketer, manager, rep, support):
    ReferenceFactory(name="Ana", owner=rep)
    ReferenceFactory(name="Bea", owner=support)
    campaign = CampaignFactory(actor=marketer)
    message = MessageFactory(campaign=campaign, channel=MessageChannel.CUSTOMERS)
    pilot = planned(marketer, [rep], kind="message", thing=message.public_id)
    started(campaign)
    assert pilot.touches_customers
    pilot = blessed(pilot, manager, marketer)
    assert reached(message) == set()
    pilots.begin(pilot=pilot, by=marketer)
    reached(message)
    rows = MessageSend.objects.filter(sent_at__isnull=False)
    assert list(rows.values_list("person__contacts__account__name", flat=True)) == ["Ana"]
