"""A worker dies while a wave opens, while its people are told, while a campaign sends: nothing twice, nothing lost."""

import datetime as dt

import pytest
from django.core.management import call_command

from nominations.campaigns import services as campaigns
from nominations.models import Cohort, CohortMember, MessageSend
from nominations.waves import services as waves
from refprogram.celery import app
from refprogram.kernel.models import Delivery, Event
from refprogram.notices.models import Mail, Notice
from refprogram.people.enums import Role
from refprogram.people.models import BusinessCalendar
from tests.factories.campaigns import CampaignFactory, MessageFactory, WaveFactory, started
from tests.factories.people import BusinessCalendarFactory, UserFactory
from tests.outside import blocked_sessions

pytestmark = pytest.mark.worker

EVERY_DAY = {str(day): [["09:00", "17:00"]] for day in range(7)}


@pytest.fixture
def _always_open(transactional_db):
    """Cohorts open on working days: here every day is one, for a worker of its own has the clock of the machine."""
    BusinessCalendar.objects.update(is_default=False)
    BusinessCalendarFactory(is_default=True, hours=EVERY_DAY)


def people(number):
    return UserFactory.create_batch(number, role=Role.REP)


def mailed(kind):
    """Return to whom mails of a kind were written, in order."""
    return sorted(Mail.objects.filter(kind=kind).values_list("person_id", flat=True))


def persons(users):
    return sorted(user.person_id for user in users)


def nothing_is_owed():
    return not Delivery.objects.filter(done_at__isnull=True).exists()


@pytest.mark.usefixtures("_always_open")
def test_a_worker_killed_while_a_cohort_opens_opens_it_once(cast, outside, eventually, drain, held):
    """It dies when the cohort is marked as open and its people are being written down: all of that is taken back."""
    users = [*people(5), cast.marketer]
    wave = WaveFactory(actor=cast.marketer, parts=1)
    drain()
    waves.start_wave(wave=wave, actor=cast.marketer)
    members = held("LOCK TABLE nominations_cohortmember IN SHARE MODE")
    doomed = outside.start_worker()

    app.send_task("nominations.run_waves")  # as beat does
    eventually(lambda: blocked_sessions() > 0)
    outside.kill(doomed)
    members()

    assert Cohort.objects.get(wave=wave).opened_at is None
    assert not CohortMember.objects.exists()
    outside.start_worker()
    app.send_task("nominations.run_waves")
    app.send_task("kernel.sweep")
    eventually(lambda: mailed("nominations.your_turn") == persons(users) and nothing_is_owed())
    assert CohortMember.objects.filter(cohort__wave=wave).count() == len(users)
    assert Event.objects.filter(topic="cohort.opened").count() == 1
    call_command("verify")


@pytest.mark.usefixtures("_always_open")
def test_a_worker_killed_while_it_tells_a_cohort_tells_each_of_them_once(cast, outside, eventually, drain, held):
    users = [*people(5), cast.marketer]
    wave = WaveFactory(actor=cast.marketer, parts=1)
    waves.start_wave(wave=wave, actor=cast.marketer)
    waves.go_by_the_calendar(wave_id=wave.pk)
    Delivery.objects.all().delete()  # what the opening leads to is done by the task below
    row = held(f"SELECT FROM people_user WHERE id = {users[3].pk} FOR NO KEY UPDATE")
    doomed = outside.start_worker()

    app.send_task("nominations.tell_cohorts")
    eventually(lambda: blocked_sessions() > 0)
    outside.kill(doomed)
    row()

    outside.start_worker()
    app.send_task("nominations.tell_cohorts")
    eventually(lambda: mailed("nominations.your_turn") == persons(users))
    told = Notice.objects.filter(kind="nominations.your_turn").values_list("person_id", flat=True)
    assert sorted(told) == persons(users)


def test_a_worker_killed_while_a_campaign_sends_sends_each_copy_once(cast, outside, eventually, drain, held):
    """It dies in the middle of one reader's copy, with others sent before and others still to come."""
    readers = people(6)
    campaign = CampaignFactory(actor=cast.marketer, roles=[Role.REP])
    message = MessageFactory(campaign=campaign)
    MessageFactory(campaign=campaign, send_on=campaign.starts_on + dt.timedelta(days=1), subject="Tomorrow")
    drain()
    row = held(f"SELECT FROM people_user WHERE id = {readers[3].pk} FOR NO KEY UPDATE")
    doomed = outside.start_worker()

    started(campaign)
    app.send_task("nominations.send_campaigns")  # as beat does
    eventually(lambda: sent(message) == 3 and blocked_sessions() > 0)
    outside.kill(doomed)
    row()

    assert (sent(message), mailed("nominations.campaign")) == (3, persons(readers[:3]))
    outside.start_worker()
    app.send_task("nominations.send_campaigns")
    app.send_task("kernel.sweep")
    eventually(lambda: sent(message) == len(readers) and nothing_is_owed())
    assert mailed("nominations.campaign") == persons(readers)
    eventually(lambda: Event.objects.filter(topic="campaign.message_sent").count() == 1)
    assert campaigns.send_due() == 0
    call_command("verify")


def sent(message):
    return MessageSend.objects.filter(message=message, sent_at__isnull=False).count()
