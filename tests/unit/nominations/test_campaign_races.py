"""Several at the same moment: one room for two nominations, two workers that send, two clocks that open a cohort."""

from typing import Any

import pytest

from nominations.campaigns import services as campaigns
from nominations.enums import NominationState
from nominations.models import CohortMember, MessageSend, Nomination
from nominations.waves import services as waves
from refprogram.kernel.errors import DomainError
from refprogram.kernel.models import Event
from refprogram.notices.models import Mail
from refprogram.people.enums import Role
from tests.factories.campaigns import CampaignFactory, MessageFactory, WaveFactory, started, under_way
from tests.factories.nominations import NominationFactory
from tests.factories.people import UserFactory
from tests.factories.references import AccountFactory
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _on_a_monday(time_machine: Any) -> None:
    time_machine.move_to("2026-11-02 09:00Z")


def test_the_last_room_in_screening_is_taken_once() -> None:
    under_way(WaveFactory(in_work=1))
    people, accounts = UserFactory.create_batch(2), AccountFactory.create_batch(2)

    at_once(
        *(
            lambda user=user, account=account: NominationFactory(nominator=user, account=account)
            for user, account in zip(people, accounts, strict=True)
        )
    )

    states = sorted(Nomination.objects.values_list("state", flat=True))
    assert states == sorted([NominationState.QUEUED, NominationState.SCREENING])


def test_two_that_let_in_at_once_fill_the_room_and_no_more() -> None:
    wave = under_way(WaveFactory(in_work=1))
    for _number in range(4):
        NominationFactory()
    waves.change_wave(wave=wave, actor=wave.owner, in_work=2)

    at_once(waves.admit, waves.admit)

    assert Nomination.objects.filter(state=NominationState.SCREENING).count() == 2


def test_two_clocks_open_a_cohort_once() -> None:
    UserFactory.create_batch(5)
    wave = WaveFactory(parts=1)
    waves.start_wave(wave=wave, actor=wave.owner)

    at_once(*[lambda: waves.go_by_the_calendar(wave_id=wave.pk)] * 2)

    assert CohortMember.objects.count() == 6
    assert Event.objects.filter(topic="cohort.opened").count() == 1


def test_two_workers_tell_everybody_once() -> None:
    UserFactory.create_batch(5)
    under_way(WaveFactory(parts=1))

    at_once(waves.tell_members, waves.tell_members)

    assert Mail.objects.filter(kind="nominations.your_turn").count() == 6


def test_two_workers_send_each_copy_once() -> None:
    readers = UserFactory.create_batch(6, role=Role.REP)
    campaign = CampaignFactory(actor=UserFactory(role=Role.MARKETER), roles=[Role.REP])
    MessageFactory(campaign=campaign)
    started(campaign)

    at_once(campaigns.send_due, campaigns.send_due)
    campaigns.send_due()

    assert MessageSend.objects.filter(sent_at__isnull=False).count() == len(readers)
    written = Mail.objects.filter(kind="nominations.campaign").values_list("person_id", flat=True)
    assert sorted(written) == sorted(reader.person_id for reader in readers)


def test_of_two_waves_started_at_once_one_runs() -> None:
    first, second = WaveFactory(), WaveFactory()

    answers = at_once(*(lambda wave=wave: waves.start_wave(wave=wave, actor=wave.owner) for wave in (first, second)))

    assert [isinstance(answer, DomainError) for answer in answers].count(True) == 1
